import { isDeepStrictEqual } from 'node:util';
import { type CallbackChange, OUTCOMES, type Situation } from '../../src/callbacks/callback.ts';
import { act, CHANGES, type LastChange, opened } from '../../src/callbacks/state.ts';
import type { WrittenEvent } from './books.ts';

/** A callback's history once more, by state.ts: each change was allowed when it was made, and made of the callback what is written down. */
export function judgeChanges(history: readonly WrittenEvent[]): string[] {
  const complaints: string[] = [];
  let situation: Situation | undefined;
  let last: LastChange | null = null;
  for (const event of history) {
    const { id, callbackId, action, actorId, at, before, after } = event;
    if (action === 'open') situation = opened(at);
    if (action === 'open' || action === 'join' || action === 'merge') continue;
    const complain = (what: string) => complaints.push(`callback ${callbackId}: ${action} ${what}`);
    if (!before || !after || !situation) {
      complain('says nothing of what it has changed');
      continue;
    }
    if (!isDeepStrictEqual(before, situation)) complain('was made of something else than what was before');
    const made = act(situation, { ...changeOf(action, after), actorId, at }, last);
    if (!made) complain('was not allowed');
    else if (!isDeepStrictEqual(made, after)) complain('came to something else than it should');
    situation = after;
    const changed = CHANGES.find((one) => one === action);
    if (changed) last = { id, action: changed, actorId, at, before, toState: after.state };
  }
  return complaints;
}

/** What was asked for, as can be seen from what it came to. */
function changeOf(action: CallbackChange['action'], after: Situation): CallbackChange {
  const { ownerId, dueAt, note, lastAttempt, outcome, raised, proof } = after;
  switch (action) {
    case 'assign':
      return { action, toId: ownerId ?? '' };
    case 'attempt':
      return { action, outcome: lastAttempt ?? 'no-answer', note, dueAt };
    case 'snooze':
      return { action, dueAt: dueAt ?? 0 };
    case 'done':
      return { action, outcome: OUTCOMES.find((one) => one === outcome) ?? 'reached', note };
    case 'raise':
      return { action, raised };
    case 'reached':
      if (!proof) throw new Error('Reached without a proof');
      return { action, proof };
    default:
      return { action };
  }
}
