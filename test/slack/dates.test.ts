import { describe, expect, it } from 'vitest';
import {
  clockTime,
  datedMomentToken,
  dayOf,
  dayWords,
  momentToken,
  shiftDay,
  slackDate,
} from '../../src/slack/dates.ts';

const ZONE = 'Asia/Shanghai';
const at = Date.parse('2022-11-17T00:13:43+08:00');

describe('times in a zone', () => {
  it('are on the 24-hour clock, midnight as 00', () => {
    expect(clockTime(at, ZONE)).toBe('00:13');
    expect(clockTime(at, 'UTC')).toBe('16:13');
  });
  it('have a day of their own', () => {
    expect(dayOf(at, ZONE)).toBe('2022-11-17');
    expect(dayOf(at, 'UTC')).toBe('2022-11-16');
  });
});

describe('shiftDay', () => {
  it('goes over months and leap days', () => {
    expect(shiftDay('2024-03-01', -1)).toBe('2024-02-29');
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
  });
});

describe('dayWords', () => {
  it('leaves the year out while it is this one', () => {
    expect(dayWords(at, ZONE, 'en', at)).toBe('Thu 17 Nov');
    expect(dayWords(at, ZONE, 'zh-CN', at)).toBe('11月17日周四');
  });
  it('says the year when it is another', () => {
    expect(dayWords(at, ZONE, 'en', Date.UTC(2026, 0, 5))).toBe('Thu 17 Nov 2022');
  });
});

describe('slackDate', () => {
  it('is whole seconds, the pattern and a fallback', () => {
    expect(slackDate(1_668_048_253_999, '{time}', '02:44')).toBe('<!date^1668048253^{time}|02:44>');
  });
  it('keeps the fallback inside', () => {
    expect(slackDate(0, '{time}', 'a|b>c')).toBe('<!date^0^{time}|a b&gt;c>');
  });
});

describe('momentToken', () => {
  it('has the date, as no day is the same everywhere', () => {
    expect(momentToken(at, ZONE)).toBe('<!date^1668615223^{date_short_pretty} {time}|2022-11-17 00:13>');
  });
});

describe('datedMomentToken', () => {
  it('names the zone, which the message around it does not', () => {
    expect(datedMomentToken(at)).toBe('<!date^1668615223^{date_short_pretty} {time}|2022-11-16 16:13 UTC>');
    expect(datedMomentToken(at, ZONE)).toContain('|2022-11-17 00:13 Asia/Shanghai>');
  });
});
