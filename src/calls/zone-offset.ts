import { tzOffset } from '@date-fns/tz';

const MINUTE_MS = 60_000;

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. Throws RangeError for an unknown zone. */
export function offsetMs(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0;
  const minutes = tzOffset(timeZone, new Date(at));
  if (Number.isNaN(minutes)) throw new RangeError(`${timeZone} is not an IANA time zone`);
  return Math.round(minutes * MINUTE_MS);
}
