import type { Clock } from '../clock.ts';
import type { SubscriptionStore } from './store.ts';

/** When the desk was not there: stopped, crashed, or asleep with its machine (epoch ms). */
export interface Outage {
  fromAt: number;
  toAt: number;
}

const BEAT_MS = 30_000;
/** Longer without a look means that the desk was away; shorter is a restart. */
const AWAY_MS = 3 * 60_000;

export interface OutageWatch {
  /** Says "alive"; the last outage, if there was one in this process's life or just before it. */
  look(): Promise<Outage | null>;
  /** Alive until now: for a stop in good order. */
  leave(): Promise<void>;
}

/** Writes every half minute that the desk is alive, to know after a stop for how long it was away. */
export function createOutageWatch(
  store: Pick<SubscriptionStore, 'aliveAt' | 'beat'>,
  clock: Clock,
): OutageWatch {
  let aliveAt: number | null | undefined;
  let writtenAt: number | undefined;
  let outage: Outage | null = null;

  async function beat(now: number) {
    aliveAt = now;
    writtenAt = now;
    await store.beat(now);
  }

  return {
    async look() {
      const now = clock.now();
      if (aliveAt === undefined) aliveAt = await store.aliveAt();
      if (aliveAt !== null && now - aliveAt > AWAY_MS) outage = { fromAt: aliveAt, toAt: now };
      aliveAt = now;
      if (writtenAt === undefined || Math.abs(now - writtenAt) >= BEAT_MS) await beat(now);
      return outage;
    },
    async leave() {
      await beat(clock.now());
    },
  };
}
