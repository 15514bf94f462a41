import type { StoredCall } from '../calls/missed-call.ts';
import type { Callback, CallbackAction } from './callback.ts';

export interface ActRequest {
  teamId: string;
  callbackId: number;
  action: CallbackAction;
  /** Slack user id. */
  actorId: string;
  /** "channel/ts" of the clicked message, or null. */
  message: string | null;
}

/** What a click came to. `callback` is its state after the decision, whoever made it. */
export type ActResult =
  | { outcome: 'changed'; callback: Callback }
  /** The same person's same click again: nothing to do, nothing to complain of. */
  | { outcome: 'repeated'; callback: Callback }
  /** Undo met a newer callback of the same caller: its calls are there now. */
  | { outcome: 'merged'; callback: Callback; into: Callback }
  /** Somebody else has it, or it is in another state now. */
  | { outcome: 'refused'; callback: Callback }
  | { outcome: 'gone' };

/** Calls that joined a callback somebody holds: what its owner is told, one entry an owner. */
export interface JoinedCalls {
  ownerId: string;
  calls: StoredCall[];
}

export interface AttachRequest {
  teamId: string;
  vdn: number;
  openedBy: 'question' | 'digest';
}
