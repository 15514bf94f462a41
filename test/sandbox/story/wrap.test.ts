import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../src/sandbox/story/wrap.ts';

describe('wrapping', () => {
  it('breaks lines at spaces, and keeps their indentation', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('  one two three', 8)).toEqual(['  one', '  two', '  three']);
  });

  it('keeps the lines that there are, empty ones too', () => {
    expect(wrapped('one\n\ntwo', 20)).toEqual(['one', '', 'two']);
  });

  it('leaves words alone that are wider than the line, and what several spaces align', () => {
    expect(wrapped('a incomprehensible b', 6)).toEqual(['a', 'incomprehensible', 'b']);
    expect(wrapped('+44 20 7946  [Claim]', 12)).toEqual(['+44 20', '7946  [Claim]']);
  });

  it('counts Chinese characters as the two columns that they take', () => {
    expect(wrapped('未接 来电', 8)).toEqual(['未接', '来电']);
    expect(wrapped('未接 来电', 9)).toEqual(['未接 来电']);
  });
});
