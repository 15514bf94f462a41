import type { ReachProof } from '../calls/reached.ts';

/** The work of reaching one caller of one VDN. At most one per caller and VDN is not done. */
export interface Callback extends Situation {
  id: number;
  teamId: string;
  vdn: number;
  callerKey: string;
  openedAt: number;
  /** Callbacks that only a question opened never escalate by themselves. */
  openedBy: 'question' | 'digest';
  /** The newer callback that took this one's calls over, when Undo met a newer one. */
  mergedInto: number | null;
  /** When it last changed: a claim that rests is counted from here. */
  touchedAt: number;
  /** When its owner was reminded that it rests; null after any change. */
  remindedAt: number | null;
}

/** What changes make of a callback, and Undo restores. */
export interface Situation {
  state: CallbackState;
  /** Slack user id of who calls back; set while claimed, and kept when done. */
  ownerId: string | null;
  /** When the present state began, or its owner got it. */
  since: number;
  /** What it came to; null until it is done. */
  outcome: Outcome | null;
  /** The last note that somebody wrote, at most NOTE_MAX characters: foreign text. */
  note: string | null;
  /** How often somebody called back and did not reach the caller. */
  attempts: number;
  /** What the last of these came to; null: there was none. */
  lastAttempt: AttemptOutcome | null;
  /** When the owner wants to try again; null: now. */
  dueAt: number | null;
  /** When it was done; null before. */
  doneAt: number | null;
  /** How many steps it has been raised while open. */
  raised: number;
  /** The call by which the desk knows that the caller was reached; null: nobody knows, or a person said so. */
  proof: ReachProof | null;
}

export type CallbackState = 'open' | 'claimed' | 'done';

/** What a call back that reached nobody comes to; it may be tried again. */
export const ATTEMPT_OUTCOMES = ['no-answer', 'left-message'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
/** What people say that a callback came to. */
export const OUTCOMES = ['reached', ...ATTEMPT_OUTCOMES, 'wrong-number', 'not-needed', 'resolved'] as const;
export type PersonsOutcome = (typeof OUTCOMES)[number];
/** `expired`: nobody called back in time, which the desk says. `vdn-removed`: somebody removed its VDN before it was done. */
export type Outcome = PersonsOutcome | 'expired' | 'vdn-removed';

export const NOTE_MAX = 500;

/** What a person does to a callback. */
export type PersonsChange =
  | { action: 'claim' | 'release' | 'take-over' | 'undo' }
  | { action: 'assign'; toId: string }
  /** Nobody was reached: it stays with its owner, who tries again at `dueAt`; null: some time. */
  | { action: 'attempt'; outcome: AttemptOutcome; note: string | null; dueAt: number | null }
  | { action: 'done'; outcome: PersonsOutcome; note: string | null }
  | { action: 'snooze'; dueAt: number };

/**
 * What the desk does by itself. due: it is time to try again. remind: a claim rests. return: it goes on resting, and is open
 * again. raise: nobody claims it. expire: nobody has, or its VDN is removed. reached: the contact centre has a call that proves it.
 */
export type DesksChange =
  | { action: 'due' | 'remind' | 'return' | 'expire' }
  /** `raised`: how many steps it has been raised then. */
  | { action: 'raise'; raised: number }
  | { action: 'reached'; proof: ReachProof };

export type CallbackChange = PersonsChange | DesksChange;
export type CallbackAction = CallbackChange['action'];

/** A row of a callback's history. */
export interface CallbackEvent {
  id: number;
  callbackId: number;
  at: number;
  /** Slack user id, or null for the desk itself. */
  actorId: string | null;
  action: CallbackAction | 'open' | 'join' | 'merge';
  /** null: it was not there. */
  before: Situation | null;
  after: Situation;
  /** The message that was clicked: "channel/ts"; `next`: it was claimed as the next one; or null. */
  message: string | null;
}
