import { offsetMs } from './zone-offset.ts';

/**
 * What a zone's clock on the wall shows, as a number: the milliseconds since the epoch at which a clock in UTC would show
 * the same. A day of it always has 24 hours, so calendar arithmetic is plain arithmetic; only `instants` know of DST.
 *
 * Of @date-fns/tz only tzOffset is used. TZDate goes from wall time to instant by way of the machine's own zone, and
 * misses by an hour at DST edges when that is not UTC (seen with 1.5.0 under TZ=Europe/Berlin for America/Anchorage).
 */
export type WallTime = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

// Offsets lie within −12…+14 h, so every instant that could show a wall time lies between these two.
const BEFORE_MS = 15 * HOUR_MS;
const AFTER_MS = 13 * HOUR_MS;

/** What the clock in `timeZone` (IANA) shows at `at`. */
export function wallTimeAt(at: number, timeZone: string): WallTime {
  return at + offsetMs(timeZone, at);
}

/** The instants at which the clock shows `wall`, earliest first: one; none when it is skipped; two when it is repeated. */
export function instantsOf(wall: WallTime, timeZone: string): number[] {
  const before = offsetMs(timeZone, wall - BEFORE_MS);
  const after = offsetMs(timeZone, wall + AFTER_MS);
  const candidates = before === after ? [wall - before] : [wall - before, wall - after];
  return candidates.filter((at) => wallTimeAt(at, timeZone) === wall).sort((a, b) => a - b);
}

/** The first instant at which the clock shows `wall`; where it skips it, the instant of the skip: the next valid one. */
export function firstInstantOf(wall: WallTime, timeZone: string): number {
  return instantsOf(wall, timeZone)[0] ?? skipOver(wall, timeZone);
}

/** The last instant at which the clock shows `wall`; where it skips it, the instant of the skip. */
export function lastInstantOf(wall: WallTime, timeZone: string): number {
  return instantsOf(wall, timeZone).at(-1) ?? skipOver(wall, timeZone);
}

/** 00:00 of the day. */
export const startOfDay = (wall: WallTime): WallTime => Math.floor(wall / DAY_MS) * DAY_MS;

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (wall: WallTime): number => new Date(wall).getUTCDay() || 7;

/** Whether `name` is a zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  // Known without asking, which takes a tenth of a second the first time: the desk starts with it, by default.
  if (name === 'UTC') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The instant at which the clock jumps over `wall`. */
const skipOver = (wall: WallTime, timeZone: string): number =>
  clockChangeBetween(wall - BEFORE_MS, wall + AFTER_MS, timeZone);

/**
 * The instant at which the clock is put forward or back, of the only such one after `from` and not after `to`: by halving,
 * to the second, which is as fine as such instants are.
 */
export function clockChangeBetween(from: number, to: number, timeZone: string): number {
  let before = Math.floor(from / 1000);
  let after = Math.ceil(to / 1000);
  const offsetBefore = offsetMs(timeZone, before * 1000);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(timeZone, middle * 1000) === offsetBefore) before = middle;
    else after = middle;
  }
  return after * 1000;
}
