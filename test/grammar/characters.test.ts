import { describe, expect, it } from 'vitest';
import { charactersOf } from '../../src/grammar/characters.ts';

const read = (text: string) =>
  charactersOf(text)
    .map((character) => character.text)
    .join('');

describe('the characters of a command', () => {
  it('are plain, whatever keyboard typed them', () => {
    expect(read('ＶＤＮ　１５９：＞')).toBe('vdn 159:>');
    expect(read('9–18 9—18 9−18')).toBe('9-18 9-18 9-18');
    expect(read('“North desk” «x»')).toBe('"north desk" "x"');
    expect(read('2022-11-17…2022-11-19')).toBe('2022-11-17...2022-11-19');
    expect(read('`today`\tnow\n')).toBe(' today  now ');
  });

  it('lose the invisible marks that copied numbers carry', () => {
    expect(read('\u202a88880990\u202c')).toBe('88880990');
  });

  it('are what Slack escaped', () => {
    expect(read('wait&gt;30s R&amp;D &lt;')).toBe('wait>30s r&d <');
  });

  it('point into the text as it was typed', () => {
    expect(charactersOf('a&gt;１')).toEqual([
      { text: 'a', start: 0, end: 1 },
      { text: '>', start: 1, end: 5 },
      { text: '1', start: 5, end: 6 },
    ]);
    expect(charactersOf('x e\u0301', 2)).toEqual([{ text: 'é', start: 2, end: 4 }]);
    expect(charactersOf('ﬁ')).toEqual([
      { text: 'f', start: 0, end: 1 },
      { text: 'i', start: 0, end: 1 },
    ]);
  });
});
