import type { ReachProof } from '../calls/reached.ts';
import type { Callback } from './callback.ts';

/** A callback that is not done, and what to ask of its caller. */
export interface Unreached {
  callback: Callback;
  /** The number of the latest missed call, as it came. */
  callerNo: string;
  /** Only calls after that prove anything: the end of the latest missed call, or what somebody has said proves nothing. */
  afterAt: number;
}

export interface ReachStore {
  /** Those of the callbacks that are not done and have calls, who was missed last first. */
  unreached(teamId: string, callbackIds: readonly number[]): Promise<Unreached[]>;
  /**
   * Marks the callback as reached, by the desk, with the call that proves it. Undefined where it is done already, or the
   * caller was missed again since that call, or somebody has taken that proof back.
   */
  markReached(
    callback: Pick<Callback, 'teamId' | 'id'>,
    proof: ReachProof,
    now: number,
  ): Promise<Callback | undefined>;
}
