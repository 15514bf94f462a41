import type { Log } from '../log.ts';
import { outsideRequests } from './request.ts';

/** Looks for work again and again until it is stopped. */
export interface Poll {
  start(): void;
  /** Looks now rather than at the next beat; nothing before start. */
  wake(): void;
  /** No further look begins; resolves when the present one has ended. */
  stop(): Promise<void>;
}

export interface PollOptions {
  /** One look; begins work rather than waiting for it. May answer with the milliseconds after which another look is worth while. */
  look(): Promise<number | undefined>;
  everyMs: number;
  log: Log;
  /** What is looked for, in log lines. */
  name: string;
}

/** The beat is real time, so that a clock that somebody moves is noticed within `everyMs`. Looks never overlap. */
export function createPoll({ look, everyMs, log, name }: PollOptions): Poll {
  let on = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let failure: string | undefined;

  async function lookOnce() {
    let nextMs = everyMs;
    try {
      do {
        again = false;
        nextMs = Math.min(everyMs, Math.max((await look()) ?? everyMs, 1));
      } while (again && on);
      failure = undefined;
    } catch (err) {
      // Once a second for hours it would say nothing more.
      const same = String(err) === failure;
      failure = String(err);
      log[same ? 'debug' : 'error']({ err }, `${name}: looking for work failed, trying again`);
    }
    looking = undefined;
    if (on) timer = setTimeout(begin, nextMs);
  }

  function begin() {
    clearTimeout(timer);
    // Whoever wakes it may work for somebody; what it finds, and all later looks, are not theirs.
    looking ??= outsideRequests(lookOnce);
  }

  return {
    start() {
      if (on) return;
      on = true;
      begin();
    },
    wake() {
      if (!on) return;
      again = true;
      begin();
    },
    async stop() {
      on = false;
      clearTimeout(timer);
      await looking;
    },
  };
}
