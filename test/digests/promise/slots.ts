import type { Schedule } from '../../../src/digests/schedule.ts';
import { DAY, HOUR, MINUTE } from './history.ts';

/**
 * When a schedule runs, by looking at the clock on the wall every minute: nothing of src is used, so that one mistake is
 * not made twice.
 */

/** The last run at or before `at`. */
export function lastSlot(schedule: Schedule, at: number, timeZone: string): number {
  for (let minute = Math.floor(at / MINUTE) * MINUTE; minute > at - 8 * DAY; minute -= MINUTE) {
    if (runsAt(schedule, minute, timeZone)) return minute;
  }
  throw new RangeError('The schedule has not run for a week');
}

/** The first run at or after `at`. */
export function slotFrom(schedule: Schedule, at: number, timeZone: string): number {
  for (let minute = Math.ceil(at / MINUTE) * MINUTE; minute < at + 8 * DAY; minute += MINUTE) {
    if (runsAt(schedule, minute, timeZone)) return minute;
  }
  throw new RangeError('The schedule does not run for a week');
}

/** Whether any minute of a day is a slot. */
export const everRuns = (schedule: Schedule): boolean => {
  for (let wall = 0; wall < DAY; wall += MINUTE) if (isSlotOfDay(schedule, wall)) return true;
  return false;
};

function runsAt(schedule: Schedule, minute: number, timeZone: string): boolean {
  const offset = offsetAt(minute, timeZone);
  const wall = minute + offset;
  if (isSlot(schedule, wall)) {
    const often = 'minutes' in schedule.every && schedule.every.minutes <= 60;
    if (often || !isSecondTime(minute, timeZone)) return true;
  }
  // The clock has just been put forward: what it left out runs now.
  for (let skipped = offsetAt(minute - MINUTE, timeZone) + minute; skipped < wall; skipped += MINUTE) {
    if (isSlot(schedule, skipped)) return true;
  }
  return false;
}

/** The clock has been put back, and shows what it has shown before. */
const isSecondTime = (minute: number, timeZone: string): boolean =>
  [30 * MINUTE, HOUR].some((back) => offsetAt(minute - back, timeZone) - offsetAt(minute, timeZone) === back);

function isSlot(schedule: Schedule, wall: number): boolean {
  const dayOfWeek = new Date(wall).getUTCDay();
  if (schedule.weekdays && (dayOfWeek === 0 || dayOfWeek === 6)) return false;
  return isSlotOfDay(schedule, ((wall % DAY) + DAY) % DAY);
}

function isSlotOfDay({ every, hours }: Schedule, sinceMidnight: number): boolean {
  if (hours && (sinceMidnight < hours.from * HOUR || sinceMidnight > hours.to * HOUR)) return false;
  if ('minutes' in every) return sinceMidnight % (every.minutes * MINUTE) === 0;
  return sinceMidnight === every.dailyAt.hour * HOUR + every.dailyAt.minute * MINUTE;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far the zone is ahead of UTC: what a clock there shows, by the machine's own calendar. Zones change at quarters of an hour. */
function offsetAt(at: number, timeZone: string): number {
  const quarter = Math.floor(at / (15 * MINUTE)) * 15 * MINUTE;
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(quarter)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  offsets.set(key, wall - quarter);
  return wall - quarter;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', calendar: 'gregory' },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric },
  });
  formats.set(timeZone, format);
  return format;
}

/** `2026-11-23 09:00:00`, as a clock in the zone shows it. */
export const wallText = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 19).replace('T', ' ');
