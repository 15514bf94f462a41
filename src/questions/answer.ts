import type { SourceError, SourceErrorCode } from '../calls/source.ts';

/** The outbox kind of answers. */
export const ANSWER = 'answer';

/** The message that answers a question, as data (JSON). */
export interface AnswerData {
  vdn: { number: number; name: string | null };
  askerId: string;
  /** What was asked, said again in the desk's words: the range and the filters. */
  range: AnswerRange;
  /** The words of the question as typed, for "ask again" and to show the filters. */
  asked: string;
  /** When it was asked (epoch ms): "today" is today as of then, and a range that is not over yet was looked at until then. */
  askedAt: number;
  /** It was answered privately because the desk is no member of the channel: says how to invite it. */
  invite: boolean;
  /** It was answered privately because the channel may not see the VDN's calls. */
  notHere?: true;
  status: AnswerStatus;
}

export interface AnswerRange {
  /** Epoch ms, from inclusive, to exclusive. */
  fromAt: number;
  toAt: number;
  /** IANA zone that "today" was understood in, and whose it is. */
  timeZone: string;
  zoneOf: 'vdn' | 'asker';
}

export type AnswerStatus = { state: 'asking' } | AnswerReady | AnswerFailed | { state: 'broken' };

export interface AnswerReady {
  state: 'ready';
  listId: string;
  /** Set when the contact centre did not answer and the desk's own record was used. */
  stale: Stale | null;
  /** Rows skipped because they could not be read. */
  malformed: number;
  /** false: pages kept moving, some may be missing. */
  complete: boolean;
}

/** The contact centre gave no answer, and the desk knows nothing of its own. */
export interface AnswerFailed {
  state: 'failed';
  code: SourceErrorCode;
  facts: SourceError['facts'];
}

export interface Stale {
  code: SourceErrorCode;
  /** Up to when the record is known to be complete; null when nothing is known of this VDN and range. */
  asOfAt: number | null;
}
