import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWeek } from '../../../src/grammar/business-hours.ts';
import { hoursWords } from '../../../src/slack/messages/hours-words.ts';
import { chinese, english } from './examples.ts';

const hours = (from: number, to: number) => ({ from: from * 60, to: to * 60 });
const office = [hours(9, 12), hours(13.5, 18)];
const week = [office, office, office, office, office, [hours(22, 30)], []];

it('says hours as they are typed, in both languages', () => {
  expect(hoursWords(week, english)).toBe('Mon-Fri 09:00-12:00, 13:30-18:00, Sat 22:00-06:00');
  expect(hoursWords(week, chinese)).toBe('周一至周五 09:00-12:00，13:30-18:00，周六 22:00-06:00');
});

it('says so where it never opens', () => {
  expect(hoursWords([], english)).toBe('closed');
  expect(hoursWords([], chinese)).toBe('休息');
});

const interval = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 }))
  .map(([from, length]) => ({ from, to: from + length }));
const day = fc
  .array(interval, { maxLength: 3 })
  .map((open) => open.toSorted((a, b) => a.from - b.from || a.to - b.to));

it('says what is read again as the same', () => {
  fc.assert(
    fc.property(
      fc.array(day, { minLength: 7, maxLength: 7 }),
      fc.constantFrom(english, chinese),
      (open, context) => {
        expect(parseWeek(hoursWords(open, context))).toEqual({ ok: true, value: open });
      },
    ),
  );
});
