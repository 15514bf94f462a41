import type { Figures } from './figures.ts';
import type { CallFilter } from './filter.ts';

/**
 * Which missed calls one message speaks of, and what it said of them when it was made. Membership is by seq window and
 * times and so never changes; states of callbacks are read anew whenever a page is shown.
 */
export interface CallList {
  /** UUID. */
  id: string;
  teamId: string;
  vdn: number;
  createdAt: number;
  window: CallWindow;
  filter: CallFilter;
  /**
   * Rows from this place on (0: all of them) are callbacks, and show all calls of theirs that had arrived, whatever the window.
   * They may be of any VDNs; `vdn` is the first one's then.
   */
  callbacksFrom?: number;
  figures: Figures;
  /** Rows of the list: one a caller, and one for all calls without a number. */
  rowCount: number;
}

export interface CallWindow {
  /** Only calls that arrived after this one (exclusive); 0 for questions. */
  afterSeq: number;
  /** Only calls that had arrived (inclusive). */
  uptoSeq: number;
  /** Bounds on waitBeginAt for questions: from inclusive, to exclusive. */
  waitFromAt: number | null;
  waitToAt: number | null;
  /** Lower bound on callEndAt for digests, inclusive. */
  endFromAt: number | null;
}

/** What a list says of one caller within its window. */
export interface CallerFigures {
  /** null: the calls without a number, together. */
  callerKey: string | null;
  calls: number;
  longestWaitMs: number;
  /** Oldest and latest waitBeginAt. */
  oldestAt: number;
  latestAt: number;
  /** callerNo of the latest call, to show. */
  callerNo: string;
  /** Called numbers, most recent first, without repeats. */
  calleeNos: string[];
  /** Channels, most recent first, without repeats. */
  media: { mediaType: number | null; subMediaType: number | null }[];
}
