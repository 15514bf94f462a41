import type { CallerFigures, CallList } from '../calls/call-list.ts';
import type { CallerDisplay } from '../calls/caller.ts';
import type { Callback } from './callback.ts';

/** One page of a list, read now: the figures are the list's own, the callbacks are as they stand. */
export interface ListPage {
  list: CallList;
  /** From 0; clamped to what exists. */
  page: number;
  /** At least 1. */
  pages: number;
  rows: ListRow[];
  /** Callers of the whole list whose callback is open now. */
  stillOpen: number;
  /** Whether any caller of the whole list has a callback. */
  anyClaimable: boolean;
}

export interface ListRow {
  /** From 0, in the whole list. */
  position: number;
  caller: CallerDisplay;
  figures: CallerFigures;
  /** null where there is nothing to claim: see `unclaimable`. */
  callback: Callback | null;
  unclaimable: 'too-old' | 'no-number' | null;
  /** Calls of the same callback that arrived after the list was made: "+1 since". */
  laterCalls: number;
  /** When the caller is to have been called back by; absent: nobody has said, or somebody has tried. */
  due?: Due;
}

export interface Due {
  at: number;
  /** As of when the page was read. */
  overdue: boolean;
}

/** Callers on one page of a message. */
export const LIST_PAGE_SIZE = 10;
