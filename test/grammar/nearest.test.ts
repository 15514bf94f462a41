import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/grammar/nearest.ts';

const words = ['today', 'yesterday', 'last', 'this', 'since', 'caller', 'callee', 'open', 'North desk'];

describe('the nearest word', () => {
  it.each([
    ['toady', 'today'],
    ['TODAI', 'today'],
    ['yesteday', 'yesterday'],
    ['lats', 'last'],
    ['yest', 'yesterday'],
    ['nroth desk', 'North desk'],
    ['opne', 'open'],
  ])('of %s is %s', (typed, expected) => {
    expect(nearest(typed, words)).toBe(expected);
  });

  it.each(['xyzzy', 'be', 'q', '', 'hippopotamus', 'x'.repeat(5000)])('of %s is none', (typed) => {
    expect(nearest(typed, words)).toBeUndefined();
  });

  it('does not complete a beginning that several words have', () => {
    expect(nearest('call', words)).toBeUndefined();
  });

  it('is never a word that shares no letter', () => {
    expect(nearest('159', ['x', 'ab', 'on'])).toBeUndefined();
  });
});

describe('the edit distance', () => {
  it('counts a swap of neighbours as one', () => {
    expect(editDistance('toady', 'today')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is symmetric, and zero for the same word alone', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
