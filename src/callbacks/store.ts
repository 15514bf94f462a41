import type { StoredCall } from '../calls/missed-call.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { Callback, CallbackEvent } from './callback.ts';
import type { NewListRow } from './list-store.ts';
import type { MadeChange, NoticeFor } from './notices.ts';
import type { Look } from './own-changes.ts';
import type { ActRequest, AttachRequest, JoinedCalls } from './service.ts';
import type { LastChange } from './state.ts';

/** Keeps callbacks and their history. Times are epoch milliseconds. */
export interface CallbackStore {
  /**
   * Does what state.ts allows. Whoever comes first holds the callback until it is changed, so of any number who act at
   * once, in any number of processes, one wins; the event, and what is to be told of it, are written in the same transaction.
   */
  act(request: ActRequest, now: number, tell: Tell): Promise<Decision>;
  /** Attaches the VDN's calls that have not been looked at; see CallbackService.attachNew. Some thousands in a transaction: what breaks off leaves the others to the next time. */
  attachNew(request: AttachRequest, rules: AttachRules): Promise<Attached>;
  /** Those that exist, by id. */
  findAll(teamId: string, ids: readonly number[]): Promise<Map<number, Callback>>;
  /** By callback: when the first of its calls began to wait. Those without calls are left out. */
  missedSince(teamId: string, ids: readonly number[]): Promise<Map<number, number>>;
  /** Its history, oldest first. */
  events(teamId: string, callbackId: number): Promise<CallbackEvent[]>;
  /** Its last change; null: it is as it was opened. */
  lastChange(teamId: string, callbackId: number): Promise<LastChange | null>;
  /** Callbacks that the desk itself has to look at, in any workspace, the longest due first. */
  toWake(now: number, limit: number): Promise<(DuePlace & { id: number })[]>;
  /**
   * Looks at those that are still due: what is to be done with them is done, with what is to be told of it, all in one transaction;
   * the others are looked at again when their time has come.
   */
  wake(due: readonly (DuePlace & { id: number })[], now: number, work: OwnWork): Promise<MadeChange[]>;
  /** Those of the VDN's callbacks that a digest has told and that expired after one time, up to another (inclusive), who waited longest first. */
  expiredBetween(teamId: string, vdn: number, afterAt: number, uptoAt: number): Promise<NewListRow[]>;
  /** Its calls, in order of arrival. */
  callsOf(teamId: string, callbackId: number): Promise<StoredCall[]>;
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

/** Where a callback is. */
export interface DuePlace {
  teamId: string;
  vdn: number;
}

/** What the desk does by itself. Pure: it runs within the transaction. */
export interface OwnWork {
  /** `latestCallAt`: when its latest call ended; null: none is kept. */
  look(callback: Callback, latestCallAt: number | null): Look;
  tell: Tell;
}

/** Who is to be told of changes. Pure: it runs within the transaction that makes them. */
export type Tell = (made: readonly MadeChange[]) => NoticeFor[];

/** `callback` is the one that the clicked one was merged into, where it was. */
export type Decision =
  | { outcome: 'changed'; callback: Callback }
  | { outcome: 'merged'; callback: Callback; into: Callback }
  | { outcome: 'unchanged'; callback: Callback; last: LastChange | null }
  | { outcome: 'gone' };
