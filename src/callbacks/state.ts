import {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type CallbackAction,
  type CallbackChange,
  type CallbackEvent,
  type CallbackState,
  type Outcome,
  type Situation,
} from './callback.ts';

/** Who may do it: the owner, anybody, somebody else than the owner, or the desk alone. */
type Doer = 'owner' | 'anybody' | 'another' | 'desk';

interface Rule {
  from: readonly CallbackState[];
  by: Doer;
}

/** Every change there is; what is not here is refused. Undo is none of them: it takes the last one back. */
export const rules: Readonly<Record<Exclude<CallbackAction, 'undo'>, Rule>> = {
  claim: { from: ['open'], by: 'anybody' },
  assign: { from: ['open', 'claimed'], by: 'anybody' },
  'take-over': { from: ['claimed'], by: 'another' },
  release: { from: ['claimed'], by: 'owner' },
  attempt: { from: ['claimed'], by: 'owner' },
  snooze: { from: ['claimed'], by: 'owner' },
  done: { from: ['claimed'], by: 'owner' },
  due: { from: ['claimed'], by: 'desk' },
  remind: { from: ['claimed'], by: 'desk' },
  return: { from: ['claimed'], by: 'desk' },
  raise: { from: ['open'], by: 'desk' },
  // Of what is claimed only where its VDN is removed.
  expire: { from: ['open', 'claimed'], by: 'desk' },
  reached: { from: ['open', 'claimed'], by: 'desk' },
};

/** A change, by whom (null: the desk) and when. */
export type Act = CallbackChange & { actorId: string | null; at: number };

/** How every callback begins. */
export const opened = (at: number): Situation => ({
  state: 'open',
  ownerId: null,
  since: at,
  outcome: null,
  note: null,
  attempts: 0,
  lastAttempt: null,
  dueAt: null,
  doneAt: null,
  raised: 0,
  proof: null,
});

/** The situation after the change, or undefined where it is refused. `last`: the last change before it, which Undo needs. */
export function act(situation: Situation, change: Act, last: LastChange | null): Situation | undefined {
  if (change.action === 'undo') return undone(situation, change, last);
  const { from, by } = rules[change.action];
  if (!from.includes(situation.state) || !isDoer(by, change.actorId, situation)) return undefined;
  return after(situation, change);
}

function isDoer(by: Doer, actorId: string | null, { ownerId }: Situation): boolean {
  if (by === 'desk') return actorId === null;
  if (actorId === null) return false;
  if (by === 'owner') return ownerId === actorId;
  return by === 'anybody' || ownerId !== actorId;
}

/**
 * Restores what was before the last change, to whoever made it. Of what the desk did only "reached" is taken back, by
 * anybody; nor is an Undo.
 */
function undone({ state }: Situation, { actorId }: Act, last: LastChange | null): Situation | undefined {
  if (!last || actorId === null || !isUndoable(last, actorId)) return undefined;
  return last.toState === state ? last.before : undefined;
}

const UNDOABLE = ['claim', 'assign', 'take-over', 'release', 'attempt', 'snooze', 'done', 'reached'] as const;
type UndoableAction = (typeof UNDOABLE)[number];

/** Whether this person may take the last change back. */
export const isUndoable = (
  last: LastChange | null,
  actorId: string,
): last is LastChange & { action: UndoableAction; before: Situation } =>
  last !== null &&
  (last.actorId === actorId || last.action === 'reached') &&
  last.before !== null &&
  UNDOABLE.some((one) => one === last.action);

const free = { state: 'open', ownerId: null, dueAt: null, raised: 0 } as const;

function after(before: Situation, change: Exclude<Act, { action: 'undo' }>): Situation | undefined {
  const { at, actorId } = change;
  switch (change.action) {
    case 'claim':
    case 'take-over':
      return { ...before, state: 'claimed', ownerId: actorId, since: at };
    case 'assign':
      if (before.ownerId === change.toId) return undefined;
      return { ...before, state: 'claimed', ownerId: change.toId, since: at };
    case 'release':
    case 'return':
      return { ...before, ...free, since: at };
    case 'attempt':
      return {
        ...before,
        note: change.note ?? before.note,
        attempts: before.attempts + 1,
        lastAttempt: change.outcome,
        dueAt: change.dueAt,
      };
    case 'snooze':
      return { ...before, dueAt: change.dueAt };
    case 'done': {
      const { outcome } = change;
      const note = change.note ?? before.note;
      const tried = isAttempt(outcome) ? { attempts: before.attempts + 1, lastAttempt: outcome } : {};
      return { ...before, ...tried, state: 'done', since: at, outcome, note, dueAt: null, doneAt: at };
    }
    case 'due':
      return before.dueAt !== null && before.dueAt <= at ? { ...before, dueAt: null } : undefined;
    case 'remind':
      return before.dueAt === null ? before : undefined;
    case 'raise':
      return change.raised > before.raised ? { ...before, raised: change.raised } : undefined;
    case 'reached': {
      const { proof } = change;
      // Done when they talked: who was missed after that is to be called back again.
      return {
        ...before,
        state: 'done',
        since: at,
        outcome: 'reached',
        dueAt: null,
        doneAt: proof.at,
        proof,
      };
    }
    case 'expire': {
      const ended = { state: 'done', ownerId: null, outcome: 'expired', dueAt: null } as const;
      return { ...before, ...ended, since: at, doneAt: at };
    }
  }
}

export const isAttempt = (outcome: Outcome): outcome is AttemptOutcome =>
  ATTEMPT_OUTCOMES.some((one) => one === outcome);

/**
 * The events that change what people see: the last of them may be undone, and a form that was opened before it is out of
 * date. Calls that join, reminders and raising are none of them.
 */
export const CHANGES = [
  'claim',
  'assign',
  'take-over',
  'release',
  'attempt',
  'snooze',
  'done',
  'undo',
  'merge',
  'due',
  'return',
  'expire',
  'reached',
] as const satisfies CallbackEvent['action'][];

/** The last of them. */
export interface LastChange {
  /** Of its event. */
  id: number;
  action: (typeof CHANGES)[number];
  actorId: string | null;
  at: number;
  before: Situation | null;
  toState: CallbackState;
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
