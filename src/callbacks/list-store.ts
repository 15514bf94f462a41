import type { CallList } from '../calls/call-list.ts';
import type { MissedCall, StoredCall } from '../calls/missed-call.ts';
import type { Callback } from './callback.ts';

/** A call as a list is made of it. */
export interface ListedCall
  extends Pick<
    MissedCall,
    'callerNo' | 'calleeNo' | 'callerKey' | 'mediaType' | 'subMediaType' | 'waitBeginAt' | 'callEndAt'
  > {
  callback: Pick<Callback, 'id' | 'state'> | null;
}

/** A row of a list: a caller, or null for all calls without a number; its place is its index. */
export interface NewListRow {
  callerKey: string | null;
  callbackId: number | null;
}

/** A row with its callback as it stands; null where there is none (any more). */
export interface StoredListRow {
  position: number;
  callerKey: string | null;
  callback: Callback | null;
}

/** Keeps what messages show: which callers, in which order. Reading a page touches that page's callers only. */
export interface ListStore {
  /** The calls of a window, each with its callback as it stands, some thousands at a time: memory does not grow with them, and others get their turn. */
  stretches(of: Pick<CallList, 'teamId' | 'vdn' | 'window'>): AsyncIterable<ListedCall[]>;
  /** The list and all of its rows, in this order. A long one is not whole while this goes on, nor if it breaks off. */
  save(list: CallList, rows: readonly NewListRow[]): Promise<void>;
  find(listId: string): Promise<CallList | undefined>;
  /** Rows from the place `from` on, at most `count`. */
  rows(listId: string, from: number, count: number): Promise<StoredListRow[]>;
  /** The calls of these callers in the list's window; its filter is not applied. */
  callsOf(list: CallList, callerKeys: readonly (string | null)[]): Promise<StoredCall[]>;
  /** The calls of these callbacks that had arrived by this seq. */
  callsOfCallbacks(callbackIds: readonly number[], uptoSeq: number): Promise<StoredCall[]>;
  /** By callback: how many of its calls arrived after this seq. Those with none are left out. */
  laterCalls(callbackIds: readonly number[], afterSeq: number): Promise<Map<number, number>>;
  /** Rows of the whole list whose callback is open now, and whether any row has one; of callers, where the list has such rows. */
  countCallbacks(
    list: Pick<CallList, 'id' | 'callbacksFrom'>,
  ): Promise<{ stillOpen: number; anyClaimable: boolean }>;
  delete(listId: string): Promise<void>;
  /** Retention: forgets lists made before `at`. How many. */
  removeOlderThan(at: number): Promise<number>;
}
