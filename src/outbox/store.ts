import type { OutboxDraft, OutboxRow } from './outbox.ts';

/** What may be changed of a message that is decided: what it says, the list that it shows, the page of it. */
export interface Revision {
  data?: unknown;
  listId?: string | null;
  page?: number;
}

/**
 * Keeps the outbox. Every change of state is one guarded statement, so that of two who try (two replicas, a click and
 * a delivery) one wins; the boolean says whether it was this one. Times are epoch milliseconds.
 */
export interface OutboxStore {
  /** Pending rows, in this order; not before `nextTryAt` (default: `now`). */
  insert(drafts: readonly OutboxDraft[], now: number, nextTryAt?: number): Promise<void>;
  /** A private message: kept, never sent. */
  keep(draft: OutboxDraft, now: number): Promise<void>;
  find(id: string): Promise<OutboxRow | undefined>;
  /** The row that became this message of Slack's. */
  byMessage(teamId: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;

  /** Sent rows of a kind that show no list, written between two times (inclusive), oldest first. */
  withoutList(kind: string, fromAt: number, toAt: number): Promise<OutboxRow[]>;

  /** Pending rows that may be sent: of each channel only the first that is not settled, so that its order is kept. */
  due(now: number, limit: number): Promise<OutboxRow[]>;
  /** pending → sending. What it says at that moment counts as shown. The row, or undefined when somebody else was first. */
  claim(id: string, now: number): Promise<OutboxRow | undefined>;
  /** sending or (when a click proves it) pending → sent. */
  markSent(id: string, where: { channelId: string; ts: string }): Promise<boolean>;
  /** pending or sending → failed, for good. */
  markFailed(id: string, error: string): Promise<boolean>;
  /** sending → pending, to be sent again from `nextTryAt` on. */
  markLater(id: string, nextTryAt: number): Promise<boolean>;
  /** Rows that have been `sending` since before `before`. */
  inDoubt(before: number, limit: number): Promise<OutboxRow[]>;

  /** Changes what the message says and asks for an edit (wanted + 1). The row as it is now. */
  revise(id: string, revision: Revision): Promise<OutboxRow | undefined>;
  /** Asks for an edit of each (wanted + 1). */
  bump(ids: readonly string[]): Promise<void>;
  /** Ids of sent rows that want an edit, which may be sent now. */
  editsDue(now: number, limit: number): Promise<string[]>;
  /** Slack has been told the state that `wanted` counted when it was read. */
  markShown(id: string, shown: number): Promise<void>;
  /** No edit before `nextTryAt`. */
  delayEdit(id: string, nextTryAt: number): Promise<void>;
  /** The message is no longer in Slack: no edit can reach it. */
  markGone(id: string, error: string): Promise<void>;

  /** Forgets what was written before and is settled. How many rows. */
  removeOlderThan(at: number): Promise<number>;
}
