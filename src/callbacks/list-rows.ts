import type { CallerFigures } from '../calls/call-list.ts';
import type { CallFilter } from '../calls/filter.ts';
import { groupByCaller } from '../calls/grouping.ts';
import type { StoredCall } from '../calls/missed-call.ts';
import type { Callback, CallbackState } from './callback.ts';

/** A caller's calls of a list, with the callback that the list offers for them. */
export interface CallerOfList {
  figures: CallerFigures;
  callback: Callback | null;
}

/** What needs somebody comes first, who has waited longest at the top; calls without a number, as nobody can call them back, come last. */
const RANK: Record<CallbackState, number> = { open: 0, claimed: 1, done: 2 };
const NOTHING_TO_CLAIM = 3;
const NO_NUMBER = 4;

/**
 * The rows of a list in the order in which they are shown: open, claimed, done, too old to call back, without a number;
 * within each the oldest call first, or who called most often. `state`: only callers whose callback is in it.
 */
export function rowsOf(
  calls: readonly StoredCall[],
  callbacks: ReadonlyMap<number, Callback>,
  { state, order }: Pick<CallFilter, 'state' | 'order'> = {},
): CallerOfList[] {
  const callbackOf = new Map<string, Callback>();
  for (const { callerKey, callbackId } of calls) {
    const callback = callbackId === null ? undefined : callbacks.get(callbackId);
    if (callerKey === null || !callback) continue;
    callbackOf.set(callerKey, relevant(callbackOf.get(callerKey), callback));
  }
  const repeats = ({ figures }: CallerOfList) => (order === 'repeat-first' ? figures.calls : 0);
  return groupByCaller(calls)
    .map((figures) => ({ figures, callback: callbackOf.get(figures.callerKey ?? '') ?? null }))
    .filter(({ callback }) => state === undefined || callback?.state === state)
    .sort((a, b) => rank(a) - rank(b) || repeats(b) - repeats(a) || a.figures.oldestAt - b.figures.oldestAt);
}

const rank = ({ figures, callback }: CallerOfList) => {
  if (callback) return RANK[callback.state];
  return figures.callerKey === null ? NO_NUMBER : NOTHING_TO_CLAIM;
};

/** Of a caller's callbacks the one that is not done, else the latest. */
function relevant(one: Callback | undefined, other: Callback): Callback {
  if (!one) return other;
  if ((one.state === 'done') !== (other.state === 'done')) return one.state === 'done' ? other : one;
  return one.id > other.id ? one : other;
}
