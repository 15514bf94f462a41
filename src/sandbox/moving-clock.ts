import { type Clock, systemClock } from '../clock.ts';

/** The sandbox's clock: runs like the real one, and can be put forward. The desk, Slack and the contact centre share it. */
export interface MovingClock extends Clock {
  /** Puts it forward by so many milliseconds; never back: what has happened has happened. */
  advance(ms: number): void;
  /** Puts it forward to this moment (epoch ms); one that has passed changes nothing. */
  advanceTo(at: number): void;
}

/** `startAt`: what it shows first (epoch ms); the present by default. */
export function createMovingClock(startAt = systemClock.now()): MovingClock {
  let aheadMs = startAt - systemClock.now();
  const now = () => systemClock.now() + aheadMs;
  const advance = (ms: number) => {
    if (ms < 0) throw new RangeError('The clock cannot be put back');
    aheadMs += ms;
  };
  return { now, advance, advanceTo: (at) => advance(Math.max(0, at - now())) };
}
