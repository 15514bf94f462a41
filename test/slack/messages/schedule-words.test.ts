import { expect, it } from 'vitest';
import type { Schedule } from '../../../src/digests/schedule.ts';
import { scheduleWords } from '../../../src/slack/messages/schedule-words.ts';
import { chinese, english } from './examples.ts';

const hourly: Schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };

it.each<[string, Partial<Schedule>]>([
  ['every hour', {}],
  ['every 15 min', { every: { minutes: 15 } }],
  ['every 4 hours', { every: { minutes: 240 } }],
  ['daily at 09:05', { every: { dailyAt: { hour: 9, minute: 5 } } }],
  ['every hour, Monday to Friday, from 09:00 to 18:00', { weekdays: true, hours: { from: 9, to: 18 } }],
  ['every hour, with an all-clear when nothing is new', { allClear: true }],
])('says "%s"', (words, schedule) => expect(scheduleWords({ ...hourly, ...schedule }, english)).toBe(words));

it('says it in Chinese', () => {
  expect(scheduleWords({ ...hourly, weekdays: true, allClear: true }, chinese)).toBe(
    '每 1 小时，周一至周五，没有新来电时也报平安',
  );
});
