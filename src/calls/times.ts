import { tzOffset } from '@date-fns/tz';

const WALL_TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The instant (epoch ms) that a wall time `yyyy-MM-dd HH:mm:ss` names in an IANA zone.
 *
 * - A wall time that the clock skipped is read with the offset before the change: 02:30 in a spring night is 03:30.
 * - Of the two instants of a wall time that the clock repeated it is the first, unless that is before `notBefore`
 *   (epoch ms) and the second is not: a call does not end before it began.
 *
 * Throws RangeError for another form of text or an unknown zone; the message does not repeat the text.
 */
export function fromWallTime(
  wallTime: string,
  timeZone: string,
  notBefore = Number.NEGATIVE_INFINITY,
): number {
  const [, year, month, day, hour, minute, second] = WALL_TIME.exec(wallTime)?.map(Number) ?? [];
  if (year === undefined || month === undefined)
    throw new RangeError('A time is not of the form yyyy-MM-dd HH:mm:ss');
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  if (timeZone === 'UTC') return asUtc;
  // No zone is a day away from UTC, and none changes its clock twice within two days: these are the offsets on both sides.
  const before = offsetMs(timeZone, asUtc - DAY_MS);
  const after = offsetMs(timeZone, asUtc + DAY_MS);
  if (before === after) return asUtc - before;
  const early = asUtc - Math.max(before, after);
  const late = asUtc - Math.min(before, after);
  const exists = (at: number) => at + offsetMs(timeZone, at) === asUtc;
  if (exists(early) && exists(late)) return early < notBefore && late >= notBefore ? late : early;
  if (exists(early)) return early;
  return exists(late) ? late : asUtc - before;
}

/** An instant as the contact centre's requests want it: UTC `yyyy-MM-dd HH:mm:ss`, cut to the second. */
export const toUtcWallTime = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. Throws RangeError for an unknown zone. */
export function offsetMs(timeZone: string, at: number): number {
  const minutes = tzOffset(timeZone, new Date(at));
  if (Number.isNaN(minutes)) throw new RangeError(`${timeZone} is not an IANA time zone`);
  return Math.round(minutes * MINUTE_MS);
}
