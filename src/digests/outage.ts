import { MINUTE_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { SubscriptionStore } from './store.ts';

/** When the desk was not there: stopped or crashed (epoch ms). */
export interface Outage {
  fromAt: number;
  toAt: number;
}

const BEAT_MS = 30_000;
/** Longer without a look means that the desk was away; shorter is a restart. */
const AWAY_MS = 3 * MINUTE_MS;

export interface OutageWatch {
  /** Says "alive"; the last outage, if there was one: this process's start has ended it, or that of another one did. */
  look(): Promise<Outage | null>;
  /** Alive until now: for a stop in good order. */
  leave(): Promise<void>;
}

/**
 * Writes every half minute that the desk is alive, to know at its next start for how long it was away. A clock that leaps
 * while the desk runs is no outage: the machine slept, or somebody has set it.
 */
export function createOutageWatch(
  store: Pick<SubscriptionStore, 'aliveAt' | 'beat' | 'lastOutage' | 'saveOutage'>,
  clock: Clock,
): OutageWatch {
  let writtenAt: number | undefined;
  let outage: Outage | null = null;

  async function beat(now: number) {
    writtenAt = now;
    await store.beat(now);
  }

  return {
    async look() {
      const now = clock.now();
      if (writtenAt === undefined) {
        const aliveAt = await store.aliveAt();
        if (aliveAt !== null && now - aliveAt > AWAY_MS) {
          const last = await store.lastOutage();
          // Whoever was back for a moment only may not have made the runs that were late: it is one outage with the one before.
          const isSame = last !== null && aliveAt - last.toAt <= AWAY_MS;
          outage = { fromAt: isSame ? last.fromAt : aliveAt, toAt: now };
          // Before "alive": whoever starts next, here or beside this one, has to tell of it, too.
          await store.saveOutage(outage);
        } else outage = await store.lastOutage();
        await beat(now);
      } else if (Math.abs(now - writtenAt) >= BEAT_MS) {
        await beat(now);
      }
      return outage;
    },
    async leave() {
      await beat(clock.now());
    },
  };
}
