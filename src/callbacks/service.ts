import type { StoredCall } from '../calls/missed-call.ts';
import { type VdnStore, vdnOf } from '../calls/vdn.ts';
import { DAY_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { Callback, PersonsChange } from './callback.ts';
import type { JoinedDrafts } from './joined.ts';
import { noticesOf } from './notices.ts';
import { isRepeat } from './state.ts';
import type { CallbackStore } from './store.ts';

export type ActRequest = PersonsChange & {
  teamId: string;
  callbackId: number;
  /** Slack user id. */
  actorId: string;
  /** "channel/ts" of the clicked message, or null. */
  message: string | null;
  /** It was made in a form: nobody clicks the message again where it stays as it was. */
  inForm?: true;
  /** The id of the last change when the form was opened, null: there was none; left out where no form was. */
  seen?: number | null;
};

/** What a click came to. `callback` is its state after the decision, whoever made it. */
export type ActResult =
  | { outcome: 'changed'; callback: Callback }
  /** The same person's same click again: nothing to do, nothing to complain of. */
  | { outcome: 'repeated'; callback: Callback }
  /** Undo met a newer callback of the same caller: its calls are there now. */
  | { outcome: 'merged'; callback: Callback; into: Callback }
  /** Somebody else has it, or it is in another state now, or it has changed since the form was opened. */
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

export interface CallbackService {
  /**
   * What a person does to a callback. Where the clicked callback was merged into a newer one, all but Undo is done to
   * that one: it is the same caller's. Whoever gets or loses it by somebody else's doing is told by a direct message.
   */
  act(request: ActRequest): Promise<ActResult>;
  /**
   * Gives every call of the VDN that is new its callback. A call that ended by the time of its caller's latest completion
   * joins that completed callback; any other joins the caller's callback that is not done; where there is none, one opens
   * for calls within the horizon. Older ones and those without a number have none. Can be repeated at will.
   * Returns the calls that joined claimed callbacks and ended after the claim; their owners' messages are in the outbox.
   */
  attachNew(request: AttachRequest): Promise<JoinedCalls[]>;
}

export interface CallbackServiceParts {
  store: Pick<CallbackStore, 'act' | 'attachNew'>;
  /** Called after a change: what the desk does by itself may have moved, and somebody may have to be told. */
  onChanged?: () => void;
  clock: Clock;
  vdns: Pick<VdnStore, 'find'>;
  /** How owners are told that calls joined; absent: they are not. */
  joinedDrafts?: JoinedDrafts;
  /** Called when messages are in the outbox, or are to be edited. */
  wakeOutbox?: () => void;
  /** A callback opens only for calls that ended at most this long ago. */
  horizonMs?: number;
  /** Within this time the same person's same action is the same click. */
  repeatMs?: number;
}

/** Slack lets people submit a form again when the answer was slow: within this time that is the same submission. */
const FORM_REPEAT_MS = 60_000;

export function createCallbackService(parts: CallbackServiceParts): CallbackService {
  const {
    store,
    onChanged,
    clock,
    vdns,
    joinedDrafts = () => [],
    wakeOutbox,
    horizonMs = 7 * DAY_MS,
    repeatMs = 5_000,
  } = parts;
  return {
    async act(request) {
      const now = clock.now();
      const decision = await store.act(request, now, noticesOf);
      if (decision.outcome === 'gone') return decision;
      if (decision.outcome === 'unchanged') {
        const { callback, last } = decision;
        const sameMs = request.seen === undefined ? repeatMs : FORM_REPEAT_MS;
        return { outcome: isRepeat(last, request, now, sameMs) ? 'repeated' : 'refused', callback };
      }
      onChanged?.();
      return decision;
    },

    async attachNew(request) {
      const { teamId } = request;
      const now = clock.now();
      const vdn = await vdnOf(vdns, request);
      const { joined, grown } = await store.attachNew(request, {
        now,
        opensFromAt: now - horizonMs,
        joinedDrafts: (calls) => joinedDrafts(calls, { teamId, vdn }),
      });
      // Messages that show fewer calls than there are now ("+1 since") are to be edited.
      if (joined.length > 0 || grown.length > 0) wakeOutbox?.();
      onChanged?.();
      return joined;
    },
  };
}
