import { identifyCaller } from './caller.ts';

/** Whether a caller has been reached since. Only telephone numbers can be asked for: see `isAskable`. */
export interface ReachQuery {
  vdn: number;
  /** As identifyCaller has it. */
  callerKey: string;
  /** The number as the missed call had it. */
  callerNo: string;
  /** ISO 3166-1 alpha-2, as for identifyCaller. */
  country: string | null;
  /** Only calls after that count: when the caller was missed, the last time (epoch ms). */
  afterAt: number;
  signal?: AbortSignal;
}

/** The call that proves it. */
export interface ReachProof {
  callId: string;
  /** inbound: the caller rang again and was answered; outbound: somebody called out. */
  direction: Direction;
  /** When that was (epoch ms): answered, or begun where it is not known whether it was answered. */
  at: number;
  /** How long they talked, or have so far; null where the contact centre does not say. */
  talkMs: number | null;
}

export type Direction = 'inbound' | 'outbound';

/** The port to the contact centre's record of all calls, answered ones too. */
export interface ReachSource {
  /**
   * The first call that proves that the caller was reached; null when there is none, or none can be asked for. Throws
   * SourceError; where the signal was aborted, its reason.
   */
  reached(query: ReachQuery): Promise<ReachProof | null>;
  /** Calls before that cannot be asked for: a caller who was missed before may have been reached unseen. */
  knownFrom(now: number): number;
}

/** How long somebody must have talked, in ms. */
export interface LeastTalk {
  inbound: number;
  outbound: number;
}

/** Answered at all, when the caller rang; when somebody called out, no voice mail that was hung up on. */
export const LEAST_TALK: LeastTalk = { inbound: 0, outbound: 10_000 };

/**
 * A row of the record of calls, in epoch ms. Which times are there varies by version: undefined where the row does not have
 * one, 0 where it says that it did not happen.
 */
export interface RecordedCall {
  callId: string;
  callerNo: string;
  calleeNo: string;
  /** When the caller began to wait. */
  waitBegin: number | undefined;
  /** When somebody answered. */
  ackBegin: number | undefined;
  callBegin: number | undefined;
  callEnd: number | undefined;
}

const PHONE_KEY = /^(?:tel|num):/;

/** Whether a caller can be asked for at all: no social id, no mail address, nobody without a number. */
export const isAskable = (callerKey: string): boolean => PHONE_KEY.test(callerKey);

/**
 * What a recorded call proves, at `now`; null: nothing. The other side must be the caller, however the number is written.
 * Inbound, the call must have been answered after the caller was missed. Outbound it must have begun after that, and where
 * the times tell how long they talked, or how long at most, that must be enough; where they do not, the call counts, as the
 * vendor's page has it.
 */
export function proofIn(
  call: RecordedCall,
  direction: Direction,
  { callerKey, country, afterAt }: Pick<ReachQuery, 'callerKey' | 'country' | 'afterAt'>,
  now: number,
  least: LeastTalk,
): ReachProof | null {
  const number = direction === 'inbound' ? call.callerNo : call.calleeNo;
  const other = { callerNo: number, mediaType: null, subMediaType: null };
  if (identifyCaller(other, country).key !== callerKey) return null;

  const { ackBegin, callBegin, waitBegin, callEnd } = call;
  const mustBeAnswered = direction === 'inbound' || ackBegin === 0;
  if (mustBeAnswered && !ackBegin) return null;
  const at = ackBegin || callBegin || waitBegin || callEnd;
  if (!at || at <= afterAt) return null;
  const talkMs = ackBegin ? Math.max(0, (callEnd || now) - ackBegin) : null;
  const mostMs = talkMs ?? (callBegin && callEnd ? callEnd - callBegin : Number.POSITIVE_INFINITY);
  return mostMs >= least[direction] ? { callId: call.callId, direction, at, talkMs } : null;
}
