import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Leases } from './work/leases.ts';
import { createPoll } from './work/poll.ts';

export interface RetentionOptions {
  /** What is forgotten, in this order; each forgets what is older than a time (epoch ms) and says how much that was. */
  stores: readonly { what: string; removeOlderThan(at: number): Promise<number> }[];
  /** null: everything is kept. */
  retentionMs: number | null;
  leases: Pick<Leases, 'tryHold'>;
  clock: Clock;
  log: Log;
}

const HOUR_MS = 60 * 60_000;

/** Forgets what is older than RETENTION_DAYS, once an hour. */
export function createRetention({ stores, retentionMs, leases, clock, log }: RetentionOptions) {
  async function forget(before: number) {
    for (const { what, removeOlderThan } of stores) {
      const count = await removeOlderThan(before);
      if (count > 0) log.info({ what, count }, 'Removed what is older than RETENTION_DAYS');
    }
  }

  return createPoll({
    name: 'retention',
    everyMs: HOUR_MS,
    log,
    async look() {
      if (retentionMs === null) return undefined;
      await leases.tryHold('retention', () => forget(clock.now() - retentionMs));
      return undefined;
    },
  });
}
