import { TZDate } from '@date-fns/tz';
import { addDays, addHours, isAfter, set, startOfHour } from 'date-fns';

const MORNING = { hours: 9, minutes: 0, seconds: 0, milliseconds: 0 };

/** The next full hour after `at` (epoch ms) on the clocks of a zone. */
export const nextHour = (at: number, timeZone: string): number =>
  addHours(startOfHour(new TZDate(at, timeZone)), 1).getTime();

/** 9:00 on the day after `at` in a zone. */
export const nextMorning = (at: number, timeZone: string): number =>
  set(addDays(new TZDate(at, timeZone), 1), MORNING).getTime();

/** The next moment after `at` at which a zone's clocks show this time. */
export function nextTimeOfDay(at: number, timeZone: string, hours: number, minutes: number): number {
  const today = set(new TZDate(at, timeZone), { hours, minutes, seconds: 0, milliseconds: 0 });
  return (isAfter(today, at) ? today : addDays(today, 1)).getTime();
}
