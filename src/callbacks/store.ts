import type { OutboxDraft } from '../outbox/outbox.ts';
import type { Callback, CallbackEvent } from './callback.ts';
import type { ActRequest, AttachRequest, JoinedCalls } from './service.ts';
import type { LastChange } from './state.ts';

/** Keeps callbacks and their history. Times are epoch milliseconds. */
export interface CallbackStore {
  /**
   * Does what the transitions of state.ts allow. One guarded statement decides, so of any number who act at once, in any
   * number of processes, one wins; its event is written in the same transaction.
   */
  act(request: ActRequest, now: number): Promise<Decision>;
  /** Attaches the VDN's calls that have not been looked at; see CallbackService.attachNew. All of it in one transaction, or nothing. */
  attachNew(request: AttachRequest, rules: AttachRules): Promise<Attached>;
  /** Those that exist, by id. */
  findAll(teamId: string, ids: readonly number[]): Promise<Map<number, Callback>>;
  /** Its history, oldest first. */
  events(teamId: string, callbackId: number): Promise<CallbackEvent[]>;
  /** Retention: forgets callbacks that have not changed since before `at` and hold no call any more. How many. */
  removeOlderThan(at: number): Promise<number>;
}

export interface Attached {
  /** Calls whose callback somebody holds, and who is told of them. */
  joined: JoinedCalls[];
  /** Ids of the callbacks that were there and have more calls now, oldest first. */
  grown: number[];
}

export interface AttachRules {
  now: number;
  /** A callback opens only for calls that ended at this time or later. */
  opensFromAt: number;
  /** Messages to the owners of claimed callbacks that calls joined, written in the same transaction. Pure. */
  joinedDrafts(joined: JoinedCalls[]): OutboxDraft[];
}

/** `callback` is the one that the clicked one was merged into, where it was. */
export type Decision =
  | { outcome: 'changed'; callback: Callback }
  | { outcome: 'merged'; callback: Callback; into: Callback }
  | { outcome: 'unchanged'; callback: Callback; last: LastChange | null }
  | { outcome: 'gone' };
