import { type Figures, figuresOfWaits } from '../calls/figures.ts';
import type { CallFilter } from '../calls/filter.ts';
import { waitMs } from '../calls/grouping.ts';
import type { CallbackState } from './callback.ts';
import type { ListedCall, NewListRow } from './list-store.ts';

/** A caller of a list, with the callback that the list offers. */
interface ListedCaller extends NewListRow {
  /** The callback's; null where there is none. */
  state: CallbackState | null;
  /** The oldest call's waitBeginAt. */
  oldestAt: number;
  /** How many calls. */
  calls: number;
}

/** What needs somebody comes first, who has waited longest at the top; calls without a number, as nobody can call them back, come last. */
const RANK: Record<CallbackState, number> = { open: 0, claimed: 1, done: 2 };
const NOTHING_TO_CLAIM = 3;
const NO_NUMBER = 4;

/**
 * The callers of calls that come one after another, and are not kept: a list may be of a million, and then two numbers of
 * each is what it takes beside its callers.
 */
export function createTally() {
  const callers = new Map<string | null, ListedCaller>();
  /** Of each call, in the same order. */
  const callerOf: ListedCaller[] = [];
  const waits: number[] = [];

  return {
    add(call: ListedCall): void {
      const { callerKey, callback, waitBeginAt } = call;
      let caller = callers.get(callerKey);
      if (!caller) {
        caller = { callerKey, callbackId: null, state: null, oldestAt: waitBeginAt, calls: 0 };
        callers.set(callerKey, caller);
      }
      caller.calls += 1;
      caller.oldestAt = Math.min(caller.oldestAt, waitBeginAt);
      if (callerKey !== null && callback && isMoreRelevant(callback, caller)) {
        caller.callbackId = callback.id;
        caller.state = callback.state;
      }
      callerOf.push(caller);
      waits.push(waitMs(call));
    },

    /**
     * The rows of the list in the order in which they are shown: open, claimed, done, too old to call back, without a number;
     * within each the oldest call first, or who called most often. `state`: only callers whose callback is in it; the figures are theirs.
     */
    listed({ state, order }: Pick<CallFilter, 'state' | 'order'> = {}): {
      rows: NewListRow[];
      figures: Figures;
    } {
      const isShown = (caller: ListedCaller) => state === undefined || caller.state === state;
      const rows = [...callers.values()].filter(isShown);
      const repeats = ({ calls }: ListedCaller) => (order === 'repeat-first' ? calls : 0);
      rows.sort((a, b) => rank(a) - rank(b) || repeats(b) - repeats(a) || a.oldestAt - b.oldestAt);
      const withoutNumber = callers.get(null);
      return {
        rows,
        figures: figuresOfWaits(
          waits.filter((_, call) => isShown(callerOf[call] as ListedCaller)),
          {
            callers: rows.filter(({ callerKey }) => callerKey !== null).length,
            withoutNumber: callerOf.filter((caller) => caller === withoutNumber && isShown(caller)).length,
          },
        ),
      };
    },
  };
}

const rank = ({ callerKey, state }: ListedCaller) => {
  if (state) return RANK[state];
  return callerKey === null ? NO_NUMBER : NOTHING_TO_CLAIM;
};

/** Of a caller's callbacks the one that is not done, else the latest. */
function isMoreRelevant(
  { id, state }: NonNullable<ListedCall['callback']>,
  than: Pick<ListedCaller, 'callbackId' | 'state'>,
): boolean {
  if (than.callbackId === null) return true;
  if ((state === 'done') !== (than.state === 'done')) return than.state === 'done';
  return id > than.callbackId;
}
