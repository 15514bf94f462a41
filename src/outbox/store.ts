import type { Lane } from './lanes.ts';
import type { OutboxDraft, OutboxRow, Place } from './outbox.ts';

/** What may be changed of a message that is decided: what it says, the list that it shows, the page of it. */
export interface Revision {
  data?: unknown;
  listId?: string | null;
  page?: number;
}

/** A claim to post a row: `attempts` says which, and whatever is written in its name is only written while it is the latest. */
export type Claimed = Pick<OutboxRow, 'id' | 'attempts'>;
/** A claim to edit a message: it ends at `nextTryAt`, and nobody else's ends then. `wanted` is the state that was read. */
export type ClaimedEdit = Pick<OutboxRow, 'id' | 'nextTryAt' | 'wanted'>;
/** What a try has taught of the row. */
export type Learnt = Partial<Pick<OutboxRow, 'shrunk' | 'unrendered' | 'lost' | 'lostSince'>>;

/**
 * Keeps the outbox. Every change of state is one guarded statement or one transaction, so that of two who try (two
 * processes, a click and a delivery, somebody who slept through his claim) one wins; the boolean says whether it was this
 * one. Times are epoch milliseconds.
 */
export interface OutboxStore extends PostStore, DoubtStore, EditStore, OwedStore {
  /** Pending rows, in this order. */
  insert(drafts: readonly OutboxDraft[], now: number): Promise<void>;
  /** A private message: kept, never sent. */
  keep(draft: OutboxDraft, now: number): Promise<void>;
  find(id: string): Promise<OutboxRow | undefined>;
  /** The row that became this message of Slack's. */
  byMessage(teamId: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;
  /** Sent rows of a kind that show no list, written between two times (inclusive), oldest first. */
  withoutList(kind: string, fromAt: number, toAt: number): Promise<OutboxRow[]>;
  /** Forgets what was written before and is settled. How many rows. */
  removeOlderThan(at: number): Promise<number>;
}

/** Private answers, which somebody waits for. */
export interface OwedStore {
  /** Writes one down that is not told yet. */
  owe(draft: OutboxDraft, now: number): Promise<void>;
  /** owed → private. */
  markTold(id: string): Promise<boolean>;
  /** Written before then and not told, oldest first, so many at most. */
  owedBefore(at: number, limit: number): Promise<OutboxRow[]>;
  /** owed → pending: to be posted to somebody directly, saying this, unless the row has moved on from `wanted`. */
  tellDirectly(row: Pick<OutboxRow, 'id' | 'wanted'>, userId: string, data: unknown): Promise<boolean>;
}

/** From decided to posted. A claim makes a row `sending`; it is in doubt from `doubtAt` on. */
export interface PostStore {
  /** An answer: claimed at once, past its channel's queue, where the channel's pace allows it; else pending. */
  insertClaimed(draft: OutboxDraft, now: number, doubtAt: number): Promise<OutboxRow>;
  /**
   * Claims rows that may be posted, and takes their channels' turns: of each channel only the first that is not settled,
   * so that its order is kept. What a row says at that moment counts as shown.
   */
  claimDue(now: number, doubtAt: number, limit: number): Promise<OutboxRow[]>;
  /** The posting begins only now. False: the claim is no longer the latest. */
  renewClaim(claimed: Claimed, now: number, doubtAt: number): Promise<boolean>;
  /** Renders smaller in this claim. False: the claim is no longer the latest. */
  shrink(claimed: Claimed, shrunk: number): Promise<boolean>;
  /**
   * pending or sending → sent. Whichever attempt it speaks of, and whoever found it: the message is in Slack, so nobody
   * needs to post it any more. An attempt that is under way finds the row sent, and changes nothing.
   */
  markSent(id: string, where: Place): Promise<boolean>;
  /** Slack's answer was lost (lost + 1): the row goes on to be in doubt. */
  noteLost(claimed: Claimed, error: string, now: number): Promise<boolean>;
  /** sending → failed, for good. */
  markFailed(claimed: Claimed, error: string): Promise<boolean>;
  /** sending → pending, to be posted again from `nextTryAt` on. */
  markLater(claimed: Claimed, nextTryAt: number, learnt?: Learnt): Promise<boolean>;

  /** No turn of a lane is to be had before. */
  hold(lane: Lane, until: number): Promise<void>;
  /** Forgets lanes that are open. */
  tidyLanes(now: number): Promise<void>;
}

/** Rows that were `sending` when their time was over. */
export interface DoubtStore {
  /**
   * Claims looks until `lookUntil`, for rows of one channel that were sent within `withinMs`, and takes a turn of the
   * workspace's history lane; none when that is not open.
   */
  claimDoubts(now: number, lookUntil: number, withinMs: number): Promise<OutboxRow[]>;
  /** The history did not have it (absentLooks + 1). */
  lookedInVain(claimed: Claimed, nextTryAt: number): Promise<boolean>;
  /** The look was cut short; it goes on below `readTo`. */
  delayLook(claimed: Claimed, nextTryAt: number, readTo: string | null): Promise<boolean>;
}

/** From posted to up to date. */
export interface EditStore {
  /**
   * Changes what the message says and asks for an edit (wanted + 1). The row as it is now; undefined when there is none, or
   * when `unlessMoved` is given and `wanted` has moved on from it.
   */
  revise(id: string, revision: Revision, unlessMoved?: number): Promise<OutboxRow | undefined>;
  /** Messages in channels that show a list of the VDN and were written from then on, newest first. */
  showing(
    teamId: string,
    vdn: number,
    fromAt: number,
    limit: number,
  ): Promise<Pick<OutboxRow, 'id' | 'channelId'>[]>;
  /** Asks for an edit of each (wanted + 1). */
  bump(ids: readonly string[]): Promise<void>;
  /** Claims the edit of a sent row, if it wants one and nobody else is at it, unless Slack takes no edits now. */
  claimEdit(id: string, now: number, until: number): Promise<OutboxRow | undefined>;
  /** Claims an edit that is due, with a turn of its workspace's edits lane. */
  claimNextEdit(now: number, until: number): Promise<OutboxRow | undefined>;
  /** Renders smaller in this claim. */
  shrinkEdit(edit: ClaimedEdit, shrunk: number): Promise<boolean>;
  /** Slack has been told the state that was read, or never will be; the claim ends. False: somebody else has claimed it meanwhile. */
  markShown(edit: ClaimedEdit): Promise<boolean>;
  /** No edit before `nextTryAt`. */
  delayEdit(edit: ClaimedEdit, nextTryAt: number, learnt?: Learnt): Promise<boolean>;
  /** The message is no longer in Slack: no edit can reach it. */
  markGone(edit: ClaimedEdit, error: string): Promise<boolean>;
}
