import { describe, expect, it } from 'vitest';
import { rangeWords, type SpokenRange } from '../../../src/slack/messages/range-words.ts';
import { at, chinese, english, ZONE } from './examples.ts';

const say = (fromAt: number, toAt: number, more: Partial<SpokenRange> = {}, context = english) =>
  rangeWords({ fromAt, toAt, timeZone: ZONE, ...more }, context);
const askedAt = at('14:03');

describe('rangeWords', () => {
  it.each([
    [
      'today, until now',
      at('00:00'),
      at('00:00', '2026-11-24'),
      'Today, Mon 23 Nov, 00:00–14:03 Asia/Shanghai',
    ],
    ['all of yesterday', at('00:00', '2026-11-22'), at('00:00'), 'Yesterday, Sun 22 Nov Asia/Shanghai'],
    [
      'part of a day',
      at('09:00', '2026-11-20'),
      at('18:00', '2026-11-20'),
      'Fri 20 Nov, 09:00–18:00 Asia/Shanghai',
    ],
    [
      'a day of another year',
      at('00:00', '2022-11-17'),
      at('00:00', '2022-11-18'),
      'Thu 17 Nov 2022 Asia/Shanghai',
    ],
    [
      'whole days',
      at('00:00', '2026-11-16'),
      at('00:00', '2026-11-21'),
      'Mon 16 Nov – Fri 20 Nov Asia/Shanghai',
    ],
    ['a night', at('22:00', '2026-11-22'), at('06:00'), 'Sun 22 Nov 22:00 – Mon 23 Nov 06:00 Asia/Shanghai'],
  ])('says %s', (_, fromAt, toAt, words) => expect(say(fromAt, toAt, { askedAt })).toBe(words));

  it('calls no day "today" when nobody asked: a digest is read tomorrow too', () => {
    expect(say(at('09:00'), at('10:00'))).toBe('Mon 23 Nov, 09:00–10:00 Asia/Shanghai');
  });

  it('says whose zone it is where that may be in doubt', () => {
    const ofDay = (zoneOf: 'vdn' | 'asker' | 'you') => say(at('09:00'), at('10:00'), { zoneOf });
    expect(ofDay('vdn')).toMatch(/\(the VDN's time\)$/);
    expect(ofDay('asker')).toMatch(/\(the asker's time\)$/);
    expect(ofDay('you')).toMatch(/\(your time\)$/);
  });

  it('takes "today" for the day of the zone, not of the machine', () => {
    const kiritimati = { timeZone: 'Pacific/Kiritimati', askedAt };
    expect(
      say(Date.parse('2026-11-23T00:00:00+14:00'), Date.parse('2026-11-24T00:00:00+14:00'), kiritimati),
    ).toContain('Today, Mon 23 Nov, 00:00–20:03');
  });

  it('says it in Chinese', () => {
    expect(say(at('00:00'), at('00:00', '2026-11-24'), { askedAt, zoneOf: 'vdn' }, chinese)).toBe(
      '今天，11月23日周一 00:00–14:03 Asia/Shanghai（VDN 的时间）',
    );
  });
});
