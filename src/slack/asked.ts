import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { slackFailure } from './slack-error.ts';

/** What Slack is asked about again and again. */
export interface Asked<T> {
  /** undefined: Slack does not say now, and what it said last is too old. Never fails. */
  get(key: string): Promise<T | undefined>;
}

export interface AskedOptions<T> {
  ask(key: string): Promise<T>;
  /** For the log. */
  what: string;
  clock: Clock;
  log: Log;
}

/** Rights that are taken away in Slack count for so long at most. */
const FRESH_MS = 3 * 60_000;
/** While Slack does not answer, what it said last counts for so long. */
const STALE_MS = 30 * 60_000;
/** People wait for the answer, and a form is to be answered within 3 s. */
const PATIENCE_MS = 1500;
const ASK_AGAIN_MS = 15_000;
const KEEP_AT_MOST = 2000;

interface Kept<T> {
  said: { at: number; value: T } | undefined;
  asking: Promise<void> | undefined;
  againAt: number;
}

/** Asks once for all who want to know at the same time, and keeps the answer for a few minutes. */
export function createAsked<T>({ ask, what, clock, log }: AskedOptions<T>): Asked<T> {
  const all = new Map<string, Kept<T>>();

  function keptOf(key: string): Kept<T> {
    const known = all.get(key);
    if (known) return known;
    if (all.size >= KEEP_AT_MOST) all.clear();
    const kept: Kept<T> = { said: undefined, asking: undefined, againAt: 0 };
    all.set(key, kept);
    return kept;
  }

  async function askNow(key: string, kept: Kept<T>): Promise<void> {
    const at = clock.now();
    try {
      kept.said = { at, value: await ask(key) };
    } catch (err) {
      const failure = slackFailure(err);
      const afterMs = failure.kind === 'later' ? failure.afterMs : 0;
      kept.againAt = clock.now() + Math.max(afterMs, ASK_AGAIN_MS);
      log.warn({ err, what }, 'Slack does not say who is what: what it said last counts for a while');
    }
  }

  return {
    async get(key) {
      const kept = keptOf(key);
      const isFresh = () => kept.said !== undefined && kept.said.at > clock.now() - FRESH_MS;
      if (!isFresh() && kept.againAt <= clock.now()) {
        kept.asking ??= askNow(key, kept).finally(() => {
          kept.asking = undefined;
        });
      }
      if (!isFresh() && kept.asking) await atMost(PATIENCE_MS, kept.asking);
      return kept.said && kept.said.at > clock.now() - STALE_MS ? kept.said.value : undefined;
    },
  };
}

/** The work goes on; only the wait ends. */
function atMost(ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
