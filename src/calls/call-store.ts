import type { CallWindow } from './call-list.ts';
import type { MissedCall, StoredCall } from './missed-call.ts';

/** The desk's own record of missed calls. */
export interface CallStore {
  /**
   * Adds the calls that are neither there yet nor erased, in one transaction, each with the next seq. The caller holds
   * the VDN's lock (see SyncStore), so that order of seq is order of commit. Returns how many were new.
   */
  insertNew(teamId: string, vdn: number, calls: readonly MissedCall[]): Promise<number>;
  /** The calls of a window, in order of seq. */
  inWindow(teamId: string, vdn: number, window: CallWindow): Promise<StoredCall[]>;
  /** Largest seq of a window; undefined when no call lies in it. */
  lastInWindow(teamId: string, vdn: number, window: CallWindow): Promise<number | undefined>;
  /** Largest seq of the VDN; 0 when it has no calls. */
  maxSeq(teamId: string, vdn: number): Promise<number>;
  /** Derives the times of every call anew from its raw strings, read in this IANA zone, a batch at a time. Returns how many changed. */
  rederiveTimes(timeZone: string): Promise<number>;
  /**
   * Retention: removes calls that ended before this time, and hashes of calls erased before it, a batch at a time; the
   * figures of their days stay. Returns how many calls.
   */
  removeEndedBefore(at: number): Promise<number>;
}
