import { TZDate } from '@date-fns/tz';
import { addDays, addHours, format, isAfter, parse, set, startOfHour } from 'date-fns';

const MORNING = { hours: 9, minutes: 0, seconds: 0, milliseconds: 0 };

/** What an input for a date and a time holds at this moment (epoch seconds): `2026-11-23T10:40` on the clocks of a zone. */
export const inputTime = (seconds: number, timeZone: string): string =>
  format(new TZDate(seconds * 1000, timeZone), "yyyy-MM-dd'T'HH:mm");

/** The moment (epoch seconds) that such an input means in a zone. */
export const inputMoment = (text: string, timeZone: string): number =>
  parse(text, "yyyy-MM-dd'T'HH:mm", new TZDate(0, timeZone)).getTime() / 1000;

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
