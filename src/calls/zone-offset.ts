import { tzOffset } from '@date-fns/tz';

const MINUTE_MS = 60_000;

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. Throws RangeError for an unknown zone. */
export function offsetMs(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0;
  if (at < ON_THE_MINUTE_SINCE) return askedOffsetMs(timeZone, at);
  const minute = Math.floor(at / MINUTE_MS);
  const known = remembered.get(timeZone)?.get(minute);
  return known ?? remember(timeZone, minute, askedOffsetMs(timeZone, at));
}

function askedOffsetMs(timeZone: string, at: number): number {
  const minutes = tzOffset(timeZone, new Date(at));
  if (Number.isNaN(minutes)) throw new RangeError(`${timeZone} is not an IANA time zone`);
  return Math.round(minutes * MINUTE_MS);
}

// A page of calls asks for thousands of instants within few minutes, and asking takes microseconds. Clocks are set on the
// minute: the last that was not, Liberia's, was in 1972.
const ON_THE_MINUTE_SINCE = Date.UTC(2000);
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, Map<number, number>>();
let count = 0;

function remember(timeZone: string, minute: number, offset: number): number {
  if (count >= MOST_REMEMBERED) {
    remembered.clear();
    count = 0;
  }
  const ofZone = remembered.get(timeZone) ?? new Map<number, number>();
  remembered.set(timeZone, ofZone.set(minute, offset));
  count += 1;
  return offset;
}
