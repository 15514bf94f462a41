/** The work of reaching one caller of one VDN. At most one per caller and VDN is not done. */
export interface Callback {
  id: number;
  teamId: string;
  vdn: number;
  callerKey: string;
  state: CallbackState;
  /** Slack user id of who calls back; set while claimed, and kept when done. */
  ownerId: string | null;
  /** When the present state began. */
  since: number;
  openedAt: number;
  /** Callbacks that only a question opened never escalate by themselves. */
  openedBy: 'question' | 'digest';
  /** When it was done; null before. */
  doneAt: number | null;
  /** The newer callback that took this one's calls over, when Undo met a newer one. */
  mergedInto: number | null;
}

export type CallbackState = 'open' | 'claimed' | 'done';
export type CallbackAction = 'claim' | 'done' | 'release' | 'undo';

/** A row of a callback's history. */
export interface CallbackEvent {
  id: number;
  callbackId: number;
  at: number;
  /** Slack user id, or null for the desk itself. */
  actorId: string | null;
  action: CallbackAction | 'open' | 'join' | 'merge';
  fromState: CallbackState | null;
  toState: CallbackState;
  fromOwnerId: string | null;
  toOwnerId: string | null;
  /** The message that was clicked: "channel/ts", or null. */
  message: string | null;
}
