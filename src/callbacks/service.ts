import type { StoredCall } from '../calls/missed-call.ts';
import { unnamedVdn, type VdnStore } from '../calls/vdn.ts';
import { DAY_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { Callback, CallbackAction } from './callback.ts';
import type { JoinedDrafts } from './joined.ts';
import { isRepeat } from './state.ts';
import type { CallbackStore } from './store.ts';

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

export interface CallbackService {
  /**
   * What a person does to a callback. Where the clicked callback was merged into a newer one, Claim, Done and Release
   * are done to that one: it is the same caller's.
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
  clock: Clock;
  vdns: Pick<VdnStore, 'find'>;
  /** How owners are told that calls joined; absent: they are not. */
  joinedDrafts?: JoinedDrafts;
  /** Called when such messages are in the outbox. */
  wakeOutbox?: () => void;
  /** Callbacks have more calls than their messages show: "+1 since". */
  onGrown?: (callbackIds: readonly number[]) => Promise<void>;
  /** A callback opens only for calls that ended at most this long ago. */
  horizonMs?: number;
  /** Within this time the same person's same action is the same click. */
  repeatMs?: number;
}

/** After a burst, so many messages at most are edited at once; the others when somebody clicks them. */
const GROWN_SHOWN = 10;

export function createCallbackService(parts: CallbackServiceParts): CallbackService {
  const {
    store,
    clock,
    vdns,
    joinedDrafts = () => [],
    wakeOutbox,
    onGrown,
    horizonMs = 7 * DAY_MS,
    repeatMs = 5_000,
  } = parts;
  return {
    async act(request) {
      const now = clock.now();
      const decision = await store.act(request, now);
      if (decision.outcome !== 'unchanged') return decision;
      const { callback, last } = decision;
      return { outcome: isRepeat(last, request, now, repeatMs) ? 'repeated' : 'refused', callback };
    },

    async attachNew(request) {
      const { teamId } = request;
      const now = clock.now();
      const vdn = (await vdns.find(teamId, request.vdn)) ?? unnamedVdn(request.vdn);
      const { joined, grown } = await store.attachNew(request, {
        now,
        opensFromAt: now - horizonMs,
        joinedDrafts: (calls) => joinedDrafts(calls, { teamId, vdn }),
      });
      if (joined.length > 0) wakeOutbox?.();
      if (grown.length > 0) await onGrown?.(grown.slice(-GROWN_SHOWN));
      return joined;
    },
  };
}
