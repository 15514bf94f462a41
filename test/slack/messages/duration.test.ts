import { expect, it } from 'vitest';
import { durationWords } from '../../../src/slack/messages/duration.ts';
import { chinese, english } from './examples.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [0, '0 s', '0 秒'],
  [12_500, '13 s', '13 秒'],
  [42 * SECOND, '42 s', '42 秒'],
  [59.6 * SECOND, '1 min', '1 分钟'],
  [3 * MINUTE + 5 * SECOND, '3 min 5 s', '3 分 5 秒'],
  [HOUR, '1 h', '1 小时'],
  [HOUR + 12 * MINUTE + 59 * SECOND, '1 h 12 min', '1 小时 12 分'],
  [2 * DAY, '2 d', '2 天'],
  [2 * DAY + 3 * HOUR, '2 d 3 h', '2 天 3 小时'],
  [-1, '0 s', '0 秒'],
])('says %d ms as "%s" and "%s"', (ms, inEnglish, inChinese) => {
  expect(durationWords(ms, english)).toBe(inEnglish);
  expect(durationWords(ms, chinese)).toBe(inChinese);
});
