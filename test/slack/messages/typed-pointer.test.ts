import { expect, it } from 'vitest';
import { typedPointer } from '../../../src/slack/messages/typed-pointer.ts';

function point(text: string, word: string) {
  const start = word === '' ? text.length : text.indexOf(word);
  return typedPointer(text, { start, end: start + word.length })
    .split('\n')
    .slice(1, -1);
}

it('stands under the word', () => {
  expect(point('vdn 159 tody open', 'tody')).toEqual(['vdn 159 tody open', '        ^^^^']);
});

it('stands where something is missing, one space on', () => {
  expect(point('vdn 159 last', '')).toEqual(['vdn 159 last', '             ^']);
  expect(point('', '')).toEqual(['', '^']);
});

it('shows of a long text what stands around the word, as a phone breaks long lines', () => {
  const [shown = '', mark = ''] = point(`${'a '.repeat(50)}tody ${'b '.repeat(50)}`, 'tody');
  expect(shown).toBe('…a a a a a a a a a tody b b b b…');
  expect(shown.indexOf('tody')).toBe(mark.indexOf('^'));
});

it('cuts a word that is too long itself', () => {
  expect(point('1'.repeat(10_000), '1'.repeat(10_000))).toEqual([`${'1'.repeat(18)}…`, '^'.repeat(19)]);
});

it('counts a wide character as the two columns that it takes', () => {
  expect(point('北京 tody', 'tody')).toEqual(['北京 tody', '     ^^^^']);
  expect(point('１５９ tody', '１５９')).toEqual(['１５９ tody', '^^^^^^']);
});

it("does not show Slack's markup around a word", () => {
  expect(point('caller <tel:88880990|88880990> x', '|88880990'.slice(1))).toEqual([
    'caller 88880990 x',
    '       ^^^^^^^^',
  ]);
});

it('cannot be ended by backticks', () => {
  expect(point('a ``` tody', 'tody')).toEqual(["a ''' tody", '      ^^^^']);
});
