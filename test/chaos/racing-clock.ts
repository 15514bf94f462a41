import { type Clock, systemClock } from '../../src/clock.ts';

/** What processes must agree on to show the same time. */
export interface Race {
  /** What every clock shows at `originAt` (epoch ms). */
  startAt: number;
  /** A moment of real time (epoch ms). */
  originAt: number;
  /** How many times faster than real time they run. */
  pace: number;
}

/** Runs faster than the real one, by the same factor in each process; may be put forward while nothing is under way. */
export interface RacingClock extends Clock {
  advance(ms: number): void;
  /** What it shows at a moment of real time, without its own skew. */
  shownAt(realAt: number): number;
  /** For the clock of another process. */
  race(): Race;
}

/** `skewMs`: how far this one is ahead of the others. */
export function createRacingClock(race: Race, skewMs = 0): RacingClock {
  let aheadMs = 0;
  const shownAt = (realAt: number) => race.startAt + aheadMs + (realAt - race.originAt) * race.pace;
  return {
    now: () => Math.round(shownAt(systemClock.now()) + skewMs),
    shownAt,
    advance(ms) {
      aheadMs += ms;
    },
    race: () => ({ ...race, startAt: race.startAt + aheadMs }),
  };
}
