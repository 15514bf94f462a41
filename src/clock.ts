/** The one clock. Everything that needs the time gets it from here, so that the sandbox and tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
