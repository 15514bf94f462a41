import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addOpenMs,
  type BusinessHours,
  isOpen,
  nextOpening,
  type OpenInterval,
} from '../../src/calls/business-hours.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/calls/wall-time.ts';
import { type ClockChange, clockChanges, oddTimeZones } from './clock-changes.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const hour = (hours: number) => hours * 60;
const from9to18: OpenInterval = { from: hour(9), to: hour(18) };
const morning: OpenInterval = { from: hour(9), to: hour(13) };
const allDay: OpenInterval = { from: 0, to: hour(24) };
const night: OpenInterval = { from: hour(22), to: hour(30) };

const daily = (...open: OpenInterval[]) => Array.from({ length: 7 }, () => open);
const office: BusinessHours = {
  timeZone: 'Asia/Shanghai',
  week: [[from9to18], [from9to18], [from9to18], [from9to18], [from9to18], [morning], []],
  holidays: [],
};
const closed: BusinessHours = { timeZone: 'UTC', week: daily(), holidays: [] };

describe('business hours', () => {
  // Monday 23 November 2026; Shanghai is 8 hours ahead.
  const monday = (time: string) => utc(`2026-11-23T${time}`) - 8 * HOUR_MS;

  it('are open from the first minute until just before the last', () => {
    expect(isOpen(office, monday('08:59:59.999'))).toBe(false);
    expect(isOpen(office, monday('09:00:00'))).toBe(true);
    expect(isOpen(office, monday('17:59:59.999'))).toBe(true);
    expect(isOpen(office, monday('18:00:00'))).toBe(false);
  });

  it('open next when they next open, and at once while they are open', () => {
    expect(nextOpening(office, monday('12:00:00'))).toBe(monday('12:00:00'));
    expect(nextOpening(office, monday('18:00:00'))).toBe(monday('09:00:00') + DAY_MS);
    const saturdayAfternoon = monday('13:00:00') + 5 * DAY_MS;
    expect(nextOpening(office, saturdayAfternoon)).toBe(monday('09:00:00') + 7 * DAY_MS);
  });

  it('let open time run on after the night, and end at the moment of closing', () => {
    expect(addOpenMs(office, monday('17:30:00'), 30 * MINUTE_MS)).toBe(monday('18:00:00'));
    expect(addOpenMs(office, monday('17:30:00'), 31 * MINUTE_MS)).toBe(monday('09:01:00') + DAY_MS);
    expect(addOpenMs(office, monday('03:00:00'), HOUR_MS)).toBe(monday('10:00:00'));
    expect(addOpenMs(office, monday('03:00:00'), 0)).toBe(monday('03:00:00'));
  });

  it('have 49 hours in a week of five days and a morning', () => {
    const saturday = monday('13:00:00') + 5 * DAY_MS;
    expect(addOpenMs(office, monday('00:00:00'), 49 * HOUR_MS)).toBe(saturday);
    expect(addOpenMs(office, monday('00:00:00'), 98 * HOUR_MS)).toBe(saturday + 7 * DAY_MS);
  });

  it('go by the date on a holiday, closed or with other hours', () => {
    const holidays = [
      { date: '2026-11-25', open: [{ from: hour(10), to: hour(12) }] },
      { date: '2026-11-24', open: [] },
    ];
    const withHolidays = { ...office, holidays };
    expect(nextOpening(withHolidays, monday('18:00:00'))).toBe(monday('10:00:00') + 2 * DAY_MS);
    expect(addOpenMs(withHolidays, monday('17:00:00'), 4 * HOUR_MS)).toBe(monday('10:00:00') + 3 * DAY_MS);
  });

  it('belong to the day that they begin on when they cross midnight', () => {
    const nights = { ...closed, week: [[night], ...daily().slice(1)] };
    expect(isOpen(nights, utc('2026-11-23T05:00:00'))).toBe(false);
    expect(isOpen(nights, utc('2026-11-23T23:00:00'))).toBe(true);
    expect(isOpen(nights, utc('2026-11-24T05:59:59'))).toBe(true);
    expect(isOpen(nights, utc('2026-11-24T06:00:00'))).toBe(false);
    expect(addOpenMs(nights, utc('2026-11-23T21:00:00'), 3 * HOUR_MS)).toBe(utc('2026-11-24T01:00:00'));
  });

  it('end at midnight where a holiday begins, and go on into the day after it', () => {
    const nights = { ...closed, week: daily(night), holidays: [{ date: '2026-12-25', open: [night] }] };
    expect(isOpen(nights, utc('2026-12-24T23:59:59'))).toBe(true);
    expect(isOpen(nights, utc('2026-12-25T00:00:00'))).toBe(false);
    expect(isOpen(nights, utc('2026-12-26T05:00:00'))).toBe(true);
  });

  it('count what overlaps once, and know no pause at 24:00', () => {
    const overlapping = { ...closed, week: daily(allDay, from9to18, night) };
    expect(addOpenMs(overlapping, utc('2026-11-23T00:00:00'), 3 * DAY_MS)).toBe(utc('2026-11-26T00:00:00'));
  });

  it('lose the hour that the clock skips, and have the one that it repeats twice', () => {
    const berlin = { timeZone: 'Europe/Berlin', week: daily({ from: hour(1), to: hour(4) }), holidays: [] };
    expect(addOpenMs(berlin, utc('2026-03-28T23:00:00'), 2 * HOUR_MS)).toBe(utc('2026-03-29T02:00:00'));
    expect(addOpenMs(berlin, utc('2026-10-24T22:00:00'), 4 * HOUR_MS)).toBe(utc('2026-10-25T03:00:00'));
    expect(addOpenMs(berlin, utc('2026-10-24T23:00:00'), 3 * HOUR_MS)).toBe(utc('2026-10-25T02:00:00'));
  });

  it('open at the instant of the skip when the clock skips their beginning', () => {
    const berlin = {
      timeZone: 'Europe/Berlin',
      week: daily({ from: hour(2) + 30, to: hour(4) }),
      holidays: [],
    };
    expect(nextOpening(berlin, utc('2026-03-29T00:00:00'))).toBe(utc('2026-03-29T01:00:00'));
  });

  it('never end where there are none', () => {
    expect(isOpen(null, 0)).toBe(true);
    expect(nextOpening(null, 5)).toBe(5);
    expect(addOpenMs(null, 5, 10)).toBe(15);
  });

  it('never begin where nothing is open, or only more than a year away', () => {
    const at = utc('2026-11-23T00:00:00');
    const oneDay = (date: string) => ({ ...closed, holidays: [{ date, open: [from9to18] }] });
    expect(nextOpening(closed, at)).toBeNull();
    expect(addOpenMs(closed, at, 1)).toBeNull();
    expect(addOpenMs(closed, at, 0)).toBe(at);
    expect(nextOpening(oneDay('2027-11-23'), at)).toBe(utc('2027-11-23T09:00:00'));
    expect(nextOpening(oneDay('2028-11-23'), at)).toBeNull();
    expect(addOpenMs(oneDay('2026-11-24'), at, 10 * HOUR_MS)).toBeNull();
  });
});

const changes = clockChanges(oddTimeZones, Date.UTC(2016, 0, 1), Date.UTC(2028, 0, 1));

const interval = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([from, length]) => ({ from, to: from + length }));
const open = fc.array(interval, { maxLength: 3 });
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Hours in a zone, with holidays on the days around, and an instant up to three days before a change of its clocks. */
const scene = fc
  .record({
    change: fc.constantFrom<ClockChange>(
      ...changes,
      { timeZone: 'Asia/Kolkata', at: Date.UTC(2026, 10, 23), beforeMs: 0, afterMs: 0 },
      { timeZone: 'UTC', at: Date.UTC(2026, 1, 28), beforeMs: 0, afterMs: 0 },
    ),
    week: fc.array(open, { minLength: 7, maxLength: 7 }),
    holidays: fc.uniqueArray(fc.record({ day: fc.integer({ min: -3, max: 3 }), open }), {
      maxLength: 2,
      selector: ({ day }) => day,
    }),
    beforeMinutes: fc.integer({ min: 0, max: 3 * 1440 }),
  })
  .map(({ change, week, holidays, beforeMinutes }) => ({
    at: change.at - beforeMinutes * MINUTE_MS,
    hours: {
      timeZone: change.timeZone,
      week,
      holidays: holidays.map(({ day, open }) => ({ date: dateOf(change.at + day * DAY_MS), open })),
    } satisfies BusinessHours,
  }));
const minutes = fc.integer({ min: 0, max: 5 * 1440 });

/** What the zone's clock shows, as Intl says: a second opinion. */
function shown(timeZone: string, at: number): { date: string; minute: number } {
  const [date = '', time = ''] = clockOf(timeZone).format(at).split(', ');
  const [hours = 0, minute = 0] = time.split(':').map(Number);
  return { date, minute: hours * 60 + minute };
}
const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  // Canada writes its dates as ISO does.
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** Whether it is open, said as simply as it can be. */
function openByTheClock({ timeZone, week, holidays }: BusinessHours, at: number): boolean {
  const { date, minute } = shown(timeZone, at);
  const beginningOn = (day: string) =>
    holidays.find((holiday) => holiday.date === day)?.open ?? week[(new Date(day).getUTCDay() + 6) % 7] ?? [];
  const yesterday = dateOf(Date.parse(date) - DAY_MS);
  const isHoliday = holidays.some((holiday) => holiday.date === date);
  return (
    beginningOn(date).some(({ from, to }) => from <= minute && minute < to) ||
    (!isHoliday && beginningOn(yesterday).some(({ to }) => minute + 1440 < to))
  );
}

describe('business hours, whatever they are and whatever the clocks do', () => {
  it('agree with a count of the minutes', () => {
    fc.assert(
      fc.property(scene, minutes, ({ hours, at }, length) => {
        let counted = 0;
        let firstOpen: number | null = null;
        let lastEnd = at;
        for (let minute = 0; minute < length; minute += 1) {
          const now = at + minute * MINUTE_MS;
          const isOpenNow = openByTheClock(hours, now);
          if (minute % 97 === 0) expect(isOpen(hours, now)).toBe(isOpenNow);
          if (!isOpenNow) continue;
          firstOpen ??= now;
          counted += MINUTE_MS;
          lastEnd = now + MINUTE_MS;
        }
        expect(addOpenMs(hours, at, counted)).toBe(lastEnd);
        if (firstOpen !== null) expect(nextOpening(hours, at)).toBe(firstOpen);
      }),
      { numRuns: 150 },
    );
  });

  it('never go back as time goes on, and add up from part to part', () => {
    const part = fc.integer({ min: 0, max: 90_000_000 });
    const oddMs = fc.integer({ min: 0, max: 59_999 });
    fc.assert(
      fc.property(scene, oddMs, part, part, ({ hours, at }, odd, first, second) => {
        const from = at + odd;
        const middle = addOpenMs(hours, from, first);
        const end = addOpenMs(hours, from, first + second);
        expect(middle === null ? null : addOpenMs(hours, middle, second)).toBe(end);
        if (middle !== null && end !== null) expect(end).toBeGreaterThanOrEqual(middle);
        const opening = nextOpening(hours, from);
        if (opening !== null) {
          expect(isOpen(hours, opening)).toBe(true);
          expect(addOpenMs(hours, from, first + 1)).toBe(addOpenMs(hours, opening, first + 1));
        }
      }),
    );
  });
});
