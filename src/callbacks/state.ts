import type { CallbackAction, CallbackEvent, CallbackState } from './callback.ts';

/** What an action does to a callback. */
export interface Transition {
  from: CallbackState;
  to: CallbackState;
}

/**
 * Every change there is; what is not here is refused. Who acts owns the callback before unless it was open, and
 * afterwards unless it is open then: so Done, Release and Undo are the owner's, and an owner is never replaced.
 * Release takes a claim back, Undo takes Done back.
 */
export const transitions: Readonly<Record<CallbackAction, Transition>> = {
  claim: { from: 'open', to: 'claimed' },
  done: { from: 'claimed', to: 'done' },
  release: { from: 'claimed', to: 'open' },
  undo: { from: 'done', to: 'claimed' },
};

/** Who must own the callback for the transition, and who owns it afterwards; null: nobody. */
export const ownerBefore = ({ from }: Transition, actorId: string) => (from === 'open' ? null : actorId);
export const ownerAfter = ({ to }: Transition, actorId: string) => (to === 'open' ? null : actorId);

/** The events that a repeated click may repeat; calls that join are none of them. */
export const CHANGES = [
  'claim',
  'done',
  'release',
  'undo',
  'merge',
] as const satisfies CallbackEvent['action'][];

/** The last of them. */
export interface LastChange {
  action: (typeof CHANGES)[number];
  actorId: string;
  at: number;
}

export interface Situation {
  state: CallbackState;
  ownerId: string | null;
}

/** The situation after the action, or undefined where it is refused. */
export function act(
  { state, ownerId }: Situation,
  { action, actorId }: { action: CallbackAction; actorId: string },
): Situation | undefined {
  const transition = transitions[action];
  if (transition.from !== state || ownerBefore(transition, actorId) !== ownerId) return undefined;
  return { state: transition.to, ownerId: ownerAfter(transition, actorId) };
}

/** Whether a refused action is the same person's same click again, which took effect at most `repeatMs` ago and still holds. */
export function isRepeat(
  last: LastChange | null,
  { action, actorId }: { action: CallbackAction; actorId: string },
  now: number,
  repeatMs: number,
): boolean {
  if (last === null || last.actorId !== actorId || now - last.at > repeatMs) return false;
  // An Undo that met a newer callback of the caller became a merge.
  return last.action === action || (last.action === 'merge' && action === 'undo');
}
