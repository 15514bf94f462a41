import { MINUTE_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';

/** Below this a 401 is not the clock's doing. */
const SUSPECT_MS = MINUTE_MS;

/** The contact centre's clock, as far as its Date headers have shown it to differ from this machine's. */
export interface ServerClock extends Clock {
  /** By how many ms the server is ahead, going by an answer's Date; undefined where that is within a minute of what is believed already, or unknown. */
  suspectLeadMs(date: string | undefined): number | undefined;
  /** Believe it from now on. */
  believe(leadMs: number): void;
}

export function createServerClock(clock: Clock): ServerClock {
  let believedMs = 0;
  return {
    now: () => clock.now() + believedMs,
    suspectLeadMs(date) {
      const leadMs = date === undefined ? Number.NaN : Date.parse(date) - clock.now();
      return Math.abs(leadMs - believedMs) > SUSPECT_MS ? leadMs : undefined;
    },
    believe(leadMs) {
      believedMs = leadMs;
    },
  };
}
