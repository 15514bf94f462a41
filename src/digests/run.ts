import type { CallWindow } from '../calls/call-list.ts';
import { MINUTE_MS } from '../calls/wall-time.ts';
import type { DigestData } from './digest.ts';
import type { Outage } from './outage.ts';
import type { SubscriptionChange } from './store.ts';
import type { Subscription } from './subscription.ts';

/** After the first, the second, and every further failure in a row. */
const RETRY_AFTER_MS = [1 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** The channel is told that there is no data at this failure in a row. */
const TELL_AT_FAILURE = 3;
/** A run that late, for a desk that was not there, is worth a word. */
const LATE_MS = 5 * MINUTE_MS;

/** Calls that ended before were told, or are nobody's wish; rows that appear up to `lookBackMs` late are still told. */
export const neededFrom = (
  { startsAt, previousEndAt }: Pick<Subscription, 'startsAt' | 'previousEndAt'>,
  lookBackMs: number,
): number => Math.max(startsAt, previousEndAt - lookBackMs);

/** The calls that a run tells: arrived since its cursor, and not too old for it. */
export const windowOf = (subscription: Subscription, uptoSeq: number, lookBackMs: number): CallWindow => ({
  afterSeq: subscription.cursor,
  uptoSeq,
  waitFromAt: null,
  waitToAt: null,
  endFromAt: neededFrom(subscription, lookBackMs),
});

/** Why this run covers more than its schedule promised; null when it does not. `outage`: when the desk itself was last away. */
export function gapOf(subscription: Subscription, outage: Outage | null): DigestData['gap'] {
  const { gapCause, downToldAt, previousEndAt, nextRunAt } = subscription;
  if (gapCause !== null) return { sinceAt: previousEndAt, cause: gapCause };
  if (downToldAt !== null) return { sinceAt: previousEndAt, cause: 'no-data' };
  // Overdue by the outage, not only since: the desk may have gone away in the middle of the run.
  const missed = outage && outage.toAt - Math.max(nextRunAt, outage.fromAt) > LATE_MS;
  return missed ? { sinceAt: outage.fromAt, cause: 'offline' } : null;
}

/**
 * What a run moves whose sync gave an answer. `lastSeq`: the largest seq among the rows told, if any. `completeUntil`: until
 * when no call is missing; null where some that had appeared may have slipped past. Then the look-back goes on to be
 * counted from the run before: however old they are when they come, they are told.
 */
export const told = (
  subscription: Subscription,
  run: { lastSeq: number | undefined; completeUntil: number | null },
): SubscriptionChange => ({
  cursor: run.lastSeq ?? subscription.cursor,
  previousEndAt: Math.max(subscription.previousEndAt, run.completeUntil ?? 0),
  gapCause: null,
  retryAt: null,
  failures: 0,
  downToldAt: null,
});

/** What a failed run moves, and whether the channel is to be told now: once an outage. */
export function failed(
  subscription: Subscription,
  now: number,
): { change: SubscriptionChange; tellDown: boolean } {
  const failures = subscription.failures + 1;
  const retryAt = now + (RETRY_AFTER_MS[failures - 1] ?? 15 * MINUTE_MS);
  const tellDown = failures >= TELL_AT_FAILURE && subscription.downToldAt === null;
  return { change: { failures, retryAt, ...(tellDown ? { downToldAt: now } : {}) }, tellDown };
}
