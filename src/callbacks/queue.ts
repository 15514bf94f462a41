import type { StoredCall } from '../calls/missed-call.ts';
import type { Callback } from './callback.ts';
import type { Tell } from './store.ts';

/** A VDN whose callbacks somebody looks at. */
export interface QueuedVdn {
  vdn: number;
  /** Callers who have waited since then, or longer, should have been called back by now; null: none, or nobody has said when. */
  overdueUntil: number | null;
}

/** Callbacks that nobody has, in the order in which they should be called: overdue ones first, then who waits longest. */
export interface OpenQueue {
  /** Of the page that was asked for. */
  callbacks: Callback[];
  open: number;
  overdue: number;
}

/** Somebody's claims, what is due first. */
export interface OwnClaims {
  /** The first ones. */
  callbacks: Callback[];
  claimed: number;
  overdue: number;
}

/** What somebody has on their hands, and has done. */
export interface Load {
  /** Slack user id. */
  ownerId: string;
  claimed: number;
  /** Of those. */
  overdue: number;
  done: number;
}

export interface ClaimNext {
  teamId: string;
  /** Where to look. */
  vdns: readonly QueuedVdn[];
  /** Slack user id. */
  actorId: string;
  /** What they got by it so short a time ago is what they get: that was the same click. 0: they asked for one more. */
  repeatMs: number;
}

export interface ClaimedNext {
  /** repeated: they had it already. */
  outcome: 'changed' | 'repeated';
  callback: Callback;
}

/** Callbacks as the App Home shows them, in VDNs that its reader may see. Times are epoch milliseconds. */
export interface QueueStore {
  /** Numbers of the VDNs of which a callback is not done. */
  vdns(teamId: string): Promise<number[]>;
  /** `from`: how many to pass over. */
  open(teamId: string, vdns: readonly QueuedVdn[], from: number, count: number): Promise<OpenQueue>;
  claims(teamId: string, vdns: readonly QueuedVdn[], ownerId: string, count: number): Promise<OwnClaims>;
  /** Everybody who has claimed one, or has completed one from `doneFromAt` on; who has most to do first, at most `count`. */
  load(teamId: string, vdns: readonly QueuedVdn[], doneFromAt: number, count: number): Promise<Load[]>;
  /**
   * Claims the callback that should be called first. Of any number who do so at once, in any number of processes, each
   * gets another one. Undefined: nothing is open.
   */
  claimNext(request: ClaimNext, now: number, tell: Tell): Promise<ClaimedNext | undefined>;
  /** The calls of callbacks, in order of arrival. */
  callsOf(callbackIds: readonly number[]): Promise<StoredCall[]>;
}
