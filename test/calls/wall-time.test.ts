import { describe, expect, it } from 'vitest';
import {
  firstInstantOf,
  instantsOf,
  isTimeZone,
  lastInstantOf,
  startOfDay,
  wallTimeAt,
  weekdayOf,
} from '../../src/calls/wall-time.ts';
import { clockChanges, timeZones } from './clock-changes.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const changes = clockChanges(timeZones, Date.UTC(2015, 0, 1), Date.UTC(2028, 0, 1));

describe('the clock on the wall', () => {
  it('shows the time of its zone', () => {
    expect(wallTimeAt(utc('2026-11-23T06:03:00'), 'Asia/Shanghai')).toBe(utc('2026-11-23T14:03:00'));
    expect(wallTimeAt(utc('2026-11-23T06:03:00'), 'Asia/Kathmandu')).toBe(utc('2026-11-23T11:48:00'));
    expect(wallTimeAt(utc('2026-11-23T01:00:00'), 'America/New_York')).toBe(utc('2026-11-22T20:00:00'));
  });

  it('shows a skipped time never, and the next valid instant stands for it', () => {
    const skipped = utc('2026-03-29T02:30:00');
    expect(instantsOf(skipped, 'Europe/Berlin')).toEqual([]);
    expect(firstInstantOf(skipped, 'Europe/Berlin')).toBe(utc('2026-03-29T01:00:00'));
    expect(lastInstantOf(skipped, 'Europe/Berlin')).toBe(utc('2026-03-29T01:00:00'));
  });

  it('shows a repeated time twice', () => {
    const repeated = utc('2026-10-25T02:30:00');
    expect(instantsOf(repeated, 'Europe/Berlin')).toEqual([
      utc('2026-10-25T00:30:00'),
      utc('2026-10-25T01:30:00'),
    ]);
    expect(firstInstantOf(repeated, 'Europe/Berlin')).toBe(utc('2026-10-25T00:30:00'));
    expect(lastInstantOf(repeated, 'Europe/Berlin')).toBe(utc('2026-10-25T01:30:00'));
  });

  it('begins a day whose midnight is skipped at its first instant', () => {
    expect(firstInstantOf(utc('2018-11-04T00:00:00'), 'America/Sao_Paulo')).toBe(utc('2018-11-04T03:00:00'));
  });

  it('was ahead by a day at once in Samoa', () => {
    expect(instantsOf(utc('2011-12-30T12:00:00'), 'Pacific/Apia')).toEqual([]);
    expect(firstInstantOf(utc('2011-12-30T12:00:00'), 'Pacific/Apia')).toBe(utc('2011-12-30T10:00:00'));
  });

  it('agrees with every change of the clocks in every zone', () => {
    expect(changes.length).toBeGreaterThan(3000);
    const wrong = changes.filter(({ timeZone, at, beforeMs, afterMs }) => {
      const [earlier, later] = [at + Math.min(beforeMs, afterMs), at + Math.max(beforeMs, afterMs)];
      const middle = (earlier + later) / 2;
      const forward = afterMs > beforeMs;
      return !(
        instantsOf(earlier - 1, timeZone).length === 1 &&
        instantsOf(middle, timeZone).length === (forward ? 0 : 2) &&
        instantsOf(later, timeZone).length === 1 &&
        firstInstantOf(middle, timeZone) === (forward ? at : middle - beforeMs) &&
        lastInstantOf(middle, timeZone) === (forward ? at : middle - afterMs)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('gives back the instant that it was read at, in every zone', () => {
    const wrong = changes.filter(({ timeZone, at }) =>
      [-90, -30, 0, 30, 90].some((minutes) => {
        const instant = at + minutes * 60_000;
        return !instantsOf(wallTimeAt(instant, timeZone), timeZone).includes(instant);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('knows days and weekdays', () => {
    expect(startOfDay(utc('2026-11-23T14:03:00'))).toBe(utc('2026-11-23T00:00:00'));
    expect(weekdayOf(utc('2026-11-23T14:03:00'))).toBe(1);
    expect(weekdayOf(utc('2026-11-22T23:59:59'))).toBe(7);
  });

  it('tells zones from other words', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Mars/Base')).toBe(false);
  });
});
