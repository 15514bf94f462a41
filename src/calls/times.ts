import { firstInstantOf, instantsOf } from './wall-time.ts';

const WALL_TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/**
 * The instant (epoch ms) that a wall time `yyyy-MM-dd HH:mm:ss` names in an IANA zone.
 *
 * - A wall time that the clock skips is the instant of the skip.
 * - Of the two instants of a wall time that the clock repeats it is the first, unless that is before `notBefore`
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
  if (year === undefined || month === undefined) {
    throw new RangeError('A time is not of the form yyyy-MM-dd HH:mm:ss');
  }
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const instants = instantsOf(wall, timeZone);
  return instants.find((at) => at >= notBefore) ?? instants[0] ?? firstInstantOf(wall, timeZone);
}
