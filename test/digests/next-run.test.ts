import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTimeAt } from '../../src/calls/wall-time.ts';
import { neverRuns, nextRunAfter, slotStart } from '../../src/digests/next-run.ts';
import type { Schedule } from '../../src/digests/schedule.ts';
import { clockChanges, oddTimeZones, timeZones } from '../calls/clock-changes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

const schedule = (every: Schedule['every'], more: Partial<Schedule> = {}): Schedule => ({
  every,
  weekdays: false,
  hours: null,
  allClear: false,
  ...more,
});
const hourly = schedule({ minutes: 60 });
const dailyAt = (hour: number, minute = 0) => schedule({ dailyAt: { hour, minute } });

function runs(one: Schedule, from: string, timeZone: string, count: number): string[] {
  const list: string[] = [];
  let at = utc(from);
  for (let index = 0; index < count; index += 1) {
    at = nextRunAfter(one, at, timeZone);
    list.push(iso(at));
  }
  return list;
}

describe('the next run', () => {
  it('is the next full hour, by the clock of a zone that is half an hour off too', () => {
    expect(runs(hourly, '2026-11-23T14:03:00', 'UTC', 2)).toEqual(['2026-11-23T15:00', '2026-11-23T16:00']);
    expect(runs(hourly, '2026-11-23T14:03:00', 'Asia/Kolkata', 1)).toEqual(['2026-11-23T14:30']);
  });

  it('is after the present one, not it', () => {
    expect(runs(hourly, '2026-11-23T14:00:00', 'UTC', 1)).toEqual(['2026-11-23T15:00']);
    expect(nextRunAfter(hourly, utc('2026-11-23T14:00:00') - 1, 'UTC')).toBe(utc('2026-11-23T14:00:00'));
  });

  it('counts from midnight', () => {
    const every4h = schedule({ minutes: 240 });
    expect(runs(every4h, '2026-11-23T15:00:00', 'UTC', 3)).toEqual([
      '2026-11-23T16:00',
      '2026-11-23T20:00',
      '2026-11-24T00:00',
    ]);
  });

  it('is within the hours, the last one included', () => {
    const office = schedule({ minutes: 60 }, { hours: { from: 9, to: 18 } });
    expect(runs(office, '2026-11-23T16:30:00', 'UTC', 3)).toEqual([
      '2026-11-23T17:00',
      '2026-11-23T18:00',
      '2026-11-24T09:00',
    ]);
    const often = schedule({ minutes: 15 }, { hours: { from: 9, to: 18 } });
    expect(runs(often, '2026-11-23T17:50:00', 'UTC', 2)).toEqual(['2026-11-23T18:00', '2026-11-24T09:00']);
  });

  it('leaves the weekend out', () => {
    const office = schedule({ minutes: 60 }, { hours: { from: 9, to: 18 }, weekdays: true });
    expect(runs(office, '2026-11-20T18:00:00', 'UTC', 1)).toEqual(['2026-11-23T09:00']);
    // It is Friday in UTC and Saturday in Shanghai.
    expect(
      runs(schedule({ minutes: 60 }, { weekdays: true }), '2026-11-20T16:30:00', 'Asia/Shanghai', 1),
    ).toEqual(['2026-11-22T16:00']);
  });

  it('of a slot that the clock skips is at the next valid instant', () => {
    expect(runs(dailyAt(2, 30), '2026-03-28T12:00:00', 'Europe/Berlin', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(runs(dailyAt(0), '2018-11-03T12:00:00', 'America/Sao_Paulo', 1)).toEqual(['2018-11-04T03:00']);
  });

  it('of several slots that the clock skips is one', () => {
    expect(runs(schedule({ minutes: 15 }), '2026-03-29T00:40:00', 'Europe/Berlin', 3)).toEqual([
      '2026-03-29T00:45',
      '2026-03-29T01:00',
      '2026-03-29T01:15',
    ]);
  });

  it('of a slot that the clock repeats is once a day, and both times hourly', () => {
    expect(runs(dailyAt(2, 30), '2026-10-24T12:00:00', 'Europe/Berlin', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(runs(hourly, '2026-10-24T23:30:00', 'Europe/Berlin', 4)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
    ]);
    expect(runs(schedule({ minutes: 120 }), '2026-10-24T23:30:00', 'Europe/Berlin', 2)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T03:00',
    ]);
  });

  it('follows the clock back across midnight', () => {
    // 24:00 became 23:00: there were two 23:00s on that Saturday.
    expect(runs(hourly, '2026-04-05T01:30:00', 'America/Santiago', 4)).toEqual([
      '2026-04-05T02:00',
      '2026-04-05T03:00',
      '2026-04-05T04:00',
      '2026-04-05T05:00',
    ]);
  });

  it('does not exist for a schedule whose hours hold no slot', () => {
    const never = schedule({ minutes: 240 }, { hours: { from: 9, to: 11 } });
    expect(neverRuns(never)).toBe(true);
    expect(neverRuns(hourly)).toBe(false);
    expect(() => nextRunAfter(never, 0, 'UTC')).toThrow(RangeError);
    expect(() => slotStart(never, 0, 'UTC')).toThrow(RangeError);
  });
});

describe('the start of the current slot', () => {
  it('is the last run that was due', () => {
    expect(iso(slotStart(hourly, utc('2026-11-23T14:03:00'), 'UTC'))).toBe('2026-11-23T14:00');
    expect(iso(slotStart(hourly, utc('2026-11-23T14:00:00'), 'UTC'))).toBe('2026-11-23T14:00');
    expect(iso(slotStart(dailyAt(9), utc('2026-11-23T08:59:00'), 'UTC'))).toBe('2026-11-22T09:00');
  });

  it('reaches back over night and weekend', () => {
    const office = schedule({ minutes: 60 }, { hours: { from: 9, to: 18 }, weekdays: true });
    expect(iso(slotStart(office, utc('2026-11-23T08:00:00'), 'UTC'))).toBe('2026-11-20T18:00');
  });
});

describe('in every zone, around every change of its clocks', () => {
  const from = Date.UTC(2015, 0, 1);
  const to = Date.UTC(2028, 0, 1);
  const changes = clockChanges(timeZones, from, to);
  const odd = [
    ...clockChanges(oddTimeZones, from, to),
    { timeZone: 'Pacific/Apia', at: utc('2011-12-30T10:00:00') },
  ];
  const zoneAndTime = fc.oneof(fc.constantFrom(...changes), fc.constantFrom(...odd));
  const anySchedule: fc.Arbitrary<Schedule> = fc
    .record({
      every: fc.oneof(
        fc.record({
          minutes: fc.constantFrom(15 as const, 30 as const, 60 as const, 120 as const, 240 as const),
        }),
        fc.record({ dailyAt: fc.record({ hour: fc.nat(23), minute: fc.constantFrom(0, 1, 15, 30, 59) }) }),
        fc.record({ dailyAt: fc.record({ hour: fc.nat(3), minute: fc.constantFrom(0, 1, 15, 30, 59) }) }),
      ),
      weekdays: fc.boolean(),
      hours: fc.option(
        fc.constantFrom({ from: 9, to: 18 }, { from: 0, to: 2 }, { from: 1, to: 3 }, { from: 22, to: 24 }),
      ),
      allClear: fc.constant(false),
    })
    .filter((one) => !neverRuns(one));

  /** The same rules, told minute by minute: what the clock shows now, and what it showed a minute ago. */
  function minuteByMinute(one: Schedule, timeZone: string, begin: number, end: number): number[] {
    const isSlot = (wall: number) => {
      const minute = Math.floor(wall / MINUTE) % 1440;
      const weekday = new Date(wall).getUTCDay();
      if (one.weekdays && (weekday === 0 || weekday === 6)) return false;
      if (one.hours && (minute < one.hours.from * 60 || minute > one.hours.to * 60)) return false;
      return 'minutes' in one.every
        ? minute % one.every.minutes === 0
        : minute === one.every.dailyAt.hour * 60 + one.every.dailyAt.minute;
    };
    const twice = 'minutes' in one.every && one.every.minutes <= 60;
    const list: number[] = [];
    // An earlier showing of what is repeated at the beginning must have been seen.
    let latest = wallTimeAt(begin - 3 * HOUR, timeZone);
    for (let at = begin - 3 * HOUR + MINUTE; at <= end; at += MINUTE) {
      const before = wallTimeAt(at - MINUTE, timeZone);
      const wall = wallTimeAt(at, timeZone);
      let due = isSlot(wall) && (twice || wall > latest);
      for (let skipped = before + MINUTE; skipped < wall; skipped += MINUTE) due ||= isSlot(skipped);
      if (due && at > begin) list.push(at);
      latest = Math.max(latest, wall);
    }
    return list;
  }

  it('the runs are those that a watcher of the clock would make', () => {
    fc.assert(
      fc.property(
        zoneAndTime,
        anySchedule,
        fc.integer({ min: -30, max: 30 }),
        ({ timeZone, at }, one, hours) => {
          const begin = at + hours * HOUR - 24 * HOUR;
          const end = begin + 2 * DAY;
          const list: number[] = [];
          for (
            let run = nextRunAfter(one, begin, timeZone);
            run <= end;
            run = nextRunAfter(one, run, timeZone)
          ) {
            list.push(run);
          }
          expect(list.map(iso)).toEqual(minuteByMinute(one, timeZone, begin, end).map(iso));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('a slot lasts from one run to the next', () => {
    const offset = fc.oneof(
      fc.integer({ min: -2 * DAY, max: 2 * DAY }),
      fc.constantFrom(-1, 0, 1, HOUR, -HOUR),
    );
    fc.assert(
      fc.property(zoneAndTime, anySchedule, offset, (change, one, ms) => {
        const { timeZone } = change;
        const at = change.at + ms;
        const start = slotStart(one, at, timeZone);
        const next = nextRunAfter(one, at, timeZone);
        expect(start).toBeLessThanOrEqual(at);
        expect(next).toBeGreaterThan(at);
        expect(nextRunAfter(one, start, timeZone)).toBe(next);
        expect(slotStart(one, next, timeZone)).toBe(next);
        expect(slotStart(one, next - 1, timeZone)).toBe(start);
        expect(nextRunAfter(one, next - 1, timeZone)).toBe(next);
      }),
      { numRuns: 500 },
    );
  });

  it('a daily run is never left out and never made twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.nat(23), fc.nat(59), ({ timeZone, at }, hour, minute) => {
        const daily = dailyAt(hour, minute);
        let run = nextRunAfter(daily, at - 4 * DAY, timeZone);
        for (let day = 0; day < 8; day += 1) {
          const next = nextRunAfter(daily, run, timeZone);
          // Clocks move by three hours at most (Antarctica/Casey).
          expect(Math.abs(next - run - DAY)).toBeLessThanOrEqual(3 * HOUR);
          run = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});
