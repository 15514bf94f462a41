import { waitMs } from './grouping.ts';
import type { StoredCall } from './missed-call.ts';

/** The summary line's numbers. Waits are milliseconds; the median of an even count is the mean of the middle two. Zeroes when there are no calls. */
export interface Figures {
  calls: number;
  /** Distinct callers with a number. */
  callers: number;
  /** Calls without a number: counted apart, since who called cannot be told. */
  withoutNumber: number;
  longestWaitMs: number;
  medianWaitMs: number;
}

export function figuresOf(calls: readonly StoredCall[]): Figures {
  const callers = new Set(calls.map((call) => call.callerKey));
  callers.delete(null);
  return figuresOfWaits(calls.map(waitMs), {
    callers: callers.size,
    withoutNumber: calls.filter((call) => call.callerKey === null).length,
  });
}

/** The same where the calls are counted already; `waits`: the wait of each, in milliseconds. */
export function figuresOfWaits(
  waits: readonly number[],
  counted: Pick<Figures, 'callers' | 'withoutNumber'>,
): Figures {
  const sorted = Float64Array.from(waits).sort();
  return {
    calls: sorted.length,
    ...counted,
    longestWaitMs: sorted.at(-1) ?? 0,
    medianWaitMs: median(sorted),
  };
}

function median(sorted: Float64Array): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}
