import {
  DAY_MS,
  firstInstantOf,
  HOUR_MS,
  instantsOf,
  MINUTE_MS,
  startOfDay,
  type WallTime,
  wallTimeAt,
  weekdayOf,
} from '../calls/wall-time.ts';
import type { Schedule } from './schedule.ts';

// A weekend, and a day that a zone left out, and the day before and after: no schedule that runs at all pauses longer.
const MOST_DAYS_APART = 7;

/**
 * The first run (epoch ms) after `at`. Slots are wall times of `timeZone` counted from 00:00: one that the clock skips
 * runs at the next valid instant, one that it repeats runs once, or both times where runs are an hour or less apart.
 * Throws RangeError for a schedule that never runs (`neverRuns`).
 */
export function nextRunAfter(schedule: Schedule, at: number, timeZone: string): number {
  const today = startOfDay(wallTimeAt(at, timeZone));
  let next: number | undefined;
  // From yesterday on, as the clock may fall back across midnight; and one day beyond the first hit, for the same reason.
  for (let day = -1; day <= MOST_DAYS_APART; day += 1) {
    const hit = next !== undefined;
    for (const run of runsOf(schedule, today + day * DAY_MS, timeZone)) {
      if (run > at && (next === undefined || run < next)) next = run;
    }
    if (hit) break;
  }
  if (next === undefined) throw new RangeError('The schedule never runs');
  return next;
}

/** The last run (epoch ms) at or before `at`, where its current slot starts. Throws RangeError for a schedule that never runs. */
export function slotStart(schedule: Schedule, at: number, timeZone: string): number {
  const today = startOfDay(wallTimeAt(at, timeZone));
  let latest: number | undefined;
  for (let day = 1; day >= -MOST_DAYS_APART; day -= 1) {
    const hit = latest !== undefined;
    for (const run of runsOf(schedule, today + day * DAY_MS, timeZone)) {
      if (run <= at && (latest === undefined || run > latest)) latest = run;
    }
    if (hit) break;
  }
  if (latest === undefined) throw new RangeError('The schedule never runs');
  return latest;
}

/** Whether no slot lies within the schedule's hours: `daily 20:00 9-18`, `every 4h 9-11`. */
export const neverRuns = (schedule: Schedule): boolean => slotsOf(schedule).length === 0;

/** The instants of one day's slots; `day` is its 00:00. */
function runsOf(schedule: Schedule, day: WallTime, timeZone: string): number[] {
  if (schedule.weekdays && weekdayOf(day) > 5) return [];
  const bothTimes = 'minutes' in schedule.every && schedule.every.minutes <= HOUR_MS / MINUTE_MS;
  return slotsOf(schedule).flatMap((slot) => {
    const [first, ...again] = instantsOf(day + slot, timeZone);
    if (first === undefined) return [firstInstantOf(day + slot, timeZone)];
    return bothTimes ? [first, ...again] : [first];
  });
}

/** A day's slots, as milliseconds that the clock shows since 00:00. */
function slotsOf({ every, hours }: Schedule): number[] {
  const slots: number[] = [];
  if ('dailyAt' in every) {
    slots.push(every.dailyAt.hour * HOUR_MS + every.dailyAt.minute * MINUTE_MS);
  } else {
    for (let slot = 0; slot < DAY_MS; slot += every.minutes * MINUTE_MS) slots.push(slot);
  }
  if (hours === null) return slots;
  return slots.filter((slot) => slot >= hours.from * HOUR_MS && slot <= hours.to * HOUR_MS);
}
