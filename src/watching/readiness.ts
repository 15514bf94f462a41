import type { Clock } from '../clock.ts';
import type { Trouble } from '../work/trouble.ts';
import type { Backlog, BacklogStore } from './backlog.ts';
import type { Metrics } from './metrics.ts';

/** What `/readyz` says. Whether the desk can work is in the first two. */
export interface Readiness {
  database: boolean;
  slack: boolean;
  /** What is wrong with the database. */
  trouble?: Trouble;
  /** Slack's names for why it takes no messages (`account_inactive`). Said, and not counted: no other desk would be better off. */
  shutOut?: string[];
  /** Until when the VDN that was brought in last is known, ISO 8601; null: none was yet, or the database does not say. */
  lastSync?: string | null;
}

export interface WatchParts {
  metrics: Metrics;
  database: { look(): Promise<Trouble | null> };
  slackConnected(): boolean;
  /** By which names Slack takes no messages now; [] while it does. */
  shutOut(): string[];
  backlog: BacklogStore;
  /** Where the database's file is; null: there is none. */
  freeBytes(): Promise<number | null>;
  clock: Clock;
}

/** How the desk is, for whoever watches it from outside. */
export interface Watch {
  ready(): Promise<Readiness>;
  /** All metrics, in the text format of Prometheus. */
  figures(): Promise<string>;
}

export function createWatch(parts: WatchParts): Watch {
  const { metrics, database, slackConnected, freeBytes, clock } = parts;

  async function look(): Promise<{ trouble: Trouble | null; backlog: Backlog | null }> {
    const trouble = await database.look();
    // What it says of itself is worth less than that it is in trouble; and a read may wait behind what cannot be written.
    if (trouble !== null) return { trouble, backlog: null };
    const backlog = await parts.backlog.read().catch(() => null);
    return { trouble: backlog === null ? await database.look() : null, backlog };
  }

  return {
    async ready() {
      const { trouble, backlog } = await look();
      const shutOut = parts.shutOut();
      const lastSyncAt = backlog?.lastSyncAt ?? null;
      return {
        database: trouble === null,
        slack: slackConnected(),
        ...(trouble !== null && { trouble }),
        ...(shutOut.length > 0 && { shutOut }),
        lastSync: lastSyncAt === null ? null : new Date(lastSyncAt).toISOString(),
      };
    },

    async figures() {
      const { trouble, backlog } = await look();
      return await metrics.text({
        at: clock.now(),
        ready: { database: trouble === null, slack: slackConnected() },
        trouble,
        backlog,
        freeBytes: await freeBytes().catch(() => null),
      });
    },
  };
}
