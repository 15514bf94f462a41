import {
  clockChangeBetween,
  DAY_MS,
  MINUTE_MS,
  startOfDay,
  type WallTime,
  wallTimeAt,
  weekdayOf,
} from './wall-time.ts';
import { offsetMs } from './zone-offset.ts';

/**
 * Open from `from` until just before `to`, in minutes of the wall's clock since 00:00 of the day that it begins on.
 * `from` is 0 to 1439. `to` is above `from`: up to 1440 (24:00) it ends that day, up to 2879 it goes on into the next one.
 */
export interface OpenInterval {
  from: number;
  to: number;
}

/** A date that is not like its weekday. It is ruled whole: what began on the evening before ends at its 00:00. */
export interface Holiday {
  /** `yyyy-MM-dd`. */
  date: string;
  /** What begins on that date instead; none: closed. */
  open: readonly OpenInterval[];
}

/**
 * When a VDN is open: at every instant at which its clock shows a time within its intervals. So an hour that the clock
 * skips is no open time, and one that it repeats is open twice. Intervals may overlap; holidays come in any order.
 */
export interface BusinessHours {
  /** IANA. */
  timeZone: string;
  /** What begins on each of the seven weekdays, Monday's first. */
  week: readonly (readonly OpenInterval[])[];
  holidays: readonly Holiday[];
}

/** Whether the VDN is open at `at`. Hours of null: it is always open, here and below. */
export function isOpen(hours: BusinessHours | null, at: number): boolean {
  if (hours === null) return true;
  const wall = wallTimeAt(at, hours.timeZone);
  const minute = (wall - startOfDay(wall)) / MINUTE_MS;
  return openOn(hours, startOfDay(wall)).some(({ from, to }) => from <= minute && minute < to);
}

/** The first instant from `at` on at which it is open: `at` itself while it is; null when it does not open within a year. */
export function nextOpening(hours: BusinessHours | null, at: number): number | null {
  return hours === null ? at : (nextStretch(hours, at)?.startAt ?? null);
}

/**
 * The first instant at which `ms` of open time have passed since `fromAt`: the moment of closing rather than the next
 * opening, and `fromAt` itself for 0. Null when it closes before and does not open again within a year.
 */
export function addOpenMs(hours: BusinessHours | null, fromAt: number, ms: number): number | null {
  if (hours === null) return fromAt + ms;
  let at = fromAt;
  for (let left = ms; left > 0; ) {
    const open = nextStretch(hours, at);
    if (open === null) return null;
    at = Math.min(open.startAt + left, open.endAt);
    left -= at - open.startAt;
  }
  return at;
}

/** Who has not opened for so long does not open: the longest that a holiday a year away can hold. */
const YEAR_MS = 366 * DAY_MS;

/** Open from `startAt` until just before `endAt`, where another stretch may follow without a gap. */
interface Stretch {
  startAt: number;
  endAt: number;
}

/** What is left of the stretch at `at`, or the next one. Goes from day to day, and within a day from one clock change to the next. */
function nextStretch(hours: BusinessHours, at: number): Stretch | null {
  const { timeZone } = hours;
  for (let from = at; from - at <= YEAR_MS; ) {
    const offset = offsetMs(timeZone, from);
    const day = startOfDay(from + offset);
    const dayEndAt = day + DAY_MS - offset;
    const until =
      offsetMs(timeZone, dayEndAt - 1) === offset ? dayEndAt : clockChangeBetween(from, dayEndAt, timeZone);
    for (const open of openOn(hours, day)) {
      const startAt = Math.max(from, day + open.from * MINUTE_MS - offset);
      const endAt = Math.min(until, day + open.to * MINUTE_MS - offset);
      if (startAt < endAt) return { startAt, endAt };
    }
    from = until;
  }
  return null;
}

/** What is open of one day, in minutes from 0 to 1440, earliest first, with what comes over from the evening before. `day` is its 00:00. */
function openOn(hours: BusinessHours, day: WallTime): OpenInterval[] {
  const overnight = holidayOn(hours, day) ? [] : beginningOn(hours, day - DAY_MS);
  const minutes = DAY_MS / MINUTE_MS;
  return [
    ...overnight.filter(({ to }) => to > minutes).map(({ to }) => ({ from: 0, to: to - minutes })),
    ...beginningOn(hours, day).map(({ from, to }) => ({ from, to: Math.min(to, minutes) })),
  ].sort((a, b) => a.from - b.from);
}

function beginningOn(hours: BusinessHours, day: WallTime): readonly OpenInterval[] {
  return holidayOn(hours, day)?.open ?? hours.week[weekdayOf(day) - 1] ?? [];
}

function holidayOn({ holidays }: BusinessHours, day: WallTime): Holiday | undefined {
  if (holidays.length === 0) return undefined;
  const date = new Date(day).toISOString().slice(0, 'yyyy-MM-dd'.length);
  return holidays.find((holiday) => holiday.date === date);
}
