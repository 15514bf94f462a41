import type { CallbackAction, CallbackEvent, CallbackState } from './callback.ts';

/** What people can do to a callback. */
export interface Transition {
  action: CallbackAction;
  from: CallbackState;
  to: CallbackState;
  /** Only right after this change, made by the same person. */
  undoes?: Exclude<CallbackAction, 'undo'>;
}

/**
 * Every change there is; what is not here is refused. Who acts owns the callback before unless it was open, and
 * afterwards unless it is open then: so Done, Release and Undo are the owner's, and an owner is never replaced.
 * An Undo is not undone: a second click on a stale Undo button would bring back what the first one took back.
 */
export const transitions: readonly Transition[] = [
  { action: 'claim', from: 'open', to: 'claimed' },
  { action: 'done', from: 'claimed', to: 'done' },
  { action: 'release', from: 'claimed', to: 'open' },
  { action: 'undo', undoes: 'claim', from: 'claimed', to: 'open' },
  { action: 'undo', undoes: 'done', from: 'done', to: 'claimed' },
  { action: 'undo', undoes: 'release', from: 'open', to: 'claimed' },
];

/** Who must own the callback for the transition, and who owns it afterwards; null: nobody. */
export const ownerBefore = ({ from }: Transition, actorId: string) => (from === 'open' ? null : actorId);
export const ownerAfter = ({ to }: Transition, actorId: string) => (to === 'open' ? null : actorId);

/** The events that change what Undo means and what a repeated click repeats; calls that join change neither. */
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
  /** null: it was opened, and nobody has done anything since. */
  last: LastChange | null;
}

/** The situation after the action, or undefined where it is refused. */
export function act(
  situation: Situation,
  { action, actorId }: { action: CallbackAction; actorId: string },
  now: number,
): Situation | undefined {
  const { state, ownerId, last } = situation;
  const transition = transitions.find(
    (one) =>
      one.action === action &&
      one.from === state &&
      ownerBefore(one, actorId) === ownerId &&
      (one.undoes === undefined || (last?.action === one.undoes && last.actorId === actorId)),
  );
  if (!transition) return undefined;
  return {
    state: transition.to,
    ownerId: ownerAfter(transition, actorId),
    last: { action, actorId, at: now },
  };
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
