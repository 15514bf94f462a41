import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import { historyLane } from './lanes.ts';
import { afterLoss } from './lost.ts';
import type { LookResult, MessagePort, OutboxRow } from './outbox.ts';
import type { Standing } from './standing.ts';
import type { DoubtStore, PostStore } from './store.ts';

/** How long after Slack's time to answer has passed a lost message may still turn up. */
export const GRACE_MS = 30_000;
/** Clocks differ: the history is read from before the sending on. */
const LOOK_BACK_MS = 2 * 60_000;
/** A message whose answer was lost is in Slack soon after it was sent, or never. */
const LANDED_WITHIN_MS = 2 * 60_000;
/** Messages that were sent so close to each other are looked for in one reading. */
const SAME_WINDOW_MS = 2 * 60_000;
/** Between the two looks: the history may lag behind. */
const LOOK_AGAIN_MS = 5_000;
const LOOKS = 2;
const AT_LEAST_LATER_MS = 1_000;
/** Looks that broke off are tried again after this. */
const BROKEN_LOOK_MS = 60_000;
/** A look takes less, however long the history; should its process die, somebody else looks after this. */
const LOOK_ALONE_MS = 90_000;
const DOUBTS_AT_ONCE = 4;
/** A history that could not be read for so long, while Slack takes other messages, counts as one that may not be. */
const LOOKED_FOR_LONG_MS = 60 * 60_000;
/** Slack's name, where a process died before it heard any. */
const NO_ANSWER = 'no_answer';

export interface DoubtsOptions {
  store: DoubtStore & Pick<PostStore, 'markLater' | 'markSent' | 'markFailed' | 'hold'>;
  port: MessagePort;
  standing: Standing;
  clock: Clock;
  log: Log;
  /** Whether this process is posting the row at this moment. */
  isInHand(id: string): boolean;
  onSent(id: string): void;
  /** As of PostsOptions. */
  onRefused(row: OutboxRow, error: string): Promise<void>;
}

/**
 * Settles rows whose answer was lost: two looks into the channel's history; found → sent, absent twice → posted again.
 * Where the history may not be read it is posted again, since a message told twice is better than one never told.
 * What the looks have seen is in the rows, so that any process can take the next one.
 */
export function createDoubts(options: DoubtsOptions) {
  const { store, port, standing, clock, log, isInHand, onSent, onRefused } = options;
  const inHand = createInHand((err, id) =>
    log.error({ err, outboxId: id }, 'Settling a message in doubt failed'),
  );
  const factsOf = ({ id, kind, channelId }: OutboxRow) => ({ outboxId: id, kind, channelId });

  async function look(rows: readonly OutboxRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const seen = await port.find(rows, windowOf(rows)).catch((err: unknown): LookResult => {
      log.error({ ...factsOf(first), err }, 'Looking for a message in doubt failed');
      return { outcome: 'later', afterMs: BROKEN_LOOK_MS, readTo: first.historyReadTo, found: new Map() };
    });
    const now = clock.now();
    switch (seen.outcome) {
      case 'read':
        for (const row of rows) await settle(row, seen.found.get(row.id), now);
        return;
      case 'unreadable':
        for (const row of rows) await unseen(row, seen.error, now);
        return;
      case 'later': {
        const until = now + Math.max(seen.afterMs, AT_LEAST_LATER_MS);
        await store.hold(historyLane(first.teamId), until);
        for (const row of rows) {
          const place = seen.found.get(row.id);
          if (place) await settle(row, place, now);
          else if (isLookedForLong(row, now)) await unseen(row, 'looked_for_long', now);
          else await store.delayLook(row, until, seen.readTo);
        }
        return;
      }
      case 'shut-out': {
        const until = await standing.shutOut(first.teamId, seen);
        for (const row of rows) await store.delayLook(row, until, row.historyReadTo);
      }
    }
  }

  async function settle(row: OutboxRow, place: { channelId: string; ts: string } | undefined, now: number) {
    if (place) {
      log.info(factsOf(row), 'A message in doubt was found in Slack');
      if (await store.markSent(row.id, place)) onSent(row.id);
    } else if (row.absentLooks + 1 < LOOKS) {
      await store.lookedInVain(row, now + LOOK_AGAIN_MS);
    } else {
      log.info(factsOf(row), 'A message in doubt is not in Slack');
      await again(row, now);
    }
  }

  async function unseen(row: OutboxRow, error: string, now: number): Promise<void> {
    log.warn(
      { ...factsOf(row), error },
      'The history may not be read: a message is posted again that may be there already',
    );
    await again(row, now);
  }

  const isLookedForLong = ({ teamId, sendingAt }: OutboxRow, now: number): boolean =>
    now - (sendingAt ?? now) > LOOKED_FOR_LONG_MS && (standing.takenAt(teamId) ?? 0) > (sendingAt ?? now);

  /** Posts it once more, the later the more often that was in vain; in the end not. */
  async function again(row: OutboxRow, now: number): Promise<void> {
    const verdict = afterLoss(row, now, {
      takesOthers: standing.takesOthers(row, row.lostSince ?? now),
      firstMs: 0,
    });
    if (verdict.next === 'give-up') {
      const error = row.error ?? NO_ANSWER;
      log.error(
        { ...factsOf(row), error, lost: row.lost },
        'Slack fails at a message again and again: it is given up',
      );
      await onRefused(row, error);
      await store.markFailed(row, error);
      return;
    }
    await store.markLater(row, now + verdict.afterMs, { shrunk: verdict.shrunk });
  }

  return {
    idle: () => inHand.idle(),
    /** Begins the looks that are due; the promises never reject. */
    async begin(): Promise<Promise<void>[]> {
      const begun: Promise<void>[] = [];
      while (inHand.size < DOUBTS_AT_ONCE) {
        const now = clock.now();
        const claimed = await store.claimDoubts(now, now + LOOK_ALONE_MS, SAME_WINDOW_MS);
        // A clock that was moved makes a post that is under way look like one whose time is over.
        const rows = claimed.filter(({ id }) => !isInHand(id));
        const [first] = rows;
        if (!first) break;
        begun.push(inHand.run(first.id, () => look(rows)));
      }
      return begun;
    },
  };
}

function windowOf(rows: readonly OutboxRow[]) {
  const sentAt = rows.map(({ sendingAt }) => sendingAt ?? 0);
  const readTo = rows[0]?.historyReadTo ?? null;
  return {
    sinceAt: Math.min(...sentAt) - LOOK_BACK_MS,
    untilAt: Math.max(...sentAt) + LANDED_WITHIN_MS,
    // Only where an unfinished reading was for all of them.
    readTo: rows.every((row) => row.historyReadTo === readTo) ? readTo : null,
  };
}
