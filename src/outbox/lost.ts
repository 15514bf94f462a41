import { type OutboxRow, SMALLEST } from './outbox.ts';

/** A message whose answer was lost so often holds up no others of its channel but those of its own subscription. */
export const STEPS_ASIDE_AT = 4;
/** Slack may fail at something in it: it is rendered smaller then, and as small as can be, where Slack takes other messages. */
const SMALLER_AT = 3;
const SMALLEST_AT = 4;
/** It is the message, where Slack takes others. */
const GIVEN_UP_AT = 5;
/** No trouble of Slack's as a whole has lasted so long. */
const GIVEN_UP_AFTER_MS = 24 * 60 * 60_000;

const MINUTE_MS = 60_000;
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS];

/** Whether something has been tried for so long that no more is to be expected. */
export const isTooLong = (since: number, now: number): boolean => now - since >= GIVEN_UP_AFTER_MS;

/** What becomes of a message, or of an edit, that Slack has not taken although it did not say no. */
export type AfterLoss = { next: 'again'; afterMs: number; shrunk: number } | { next: 'give-up' };

/**
 * Slack has failed as a whole, or now and then, or it fails at this message: that shows in what becomes of the others
 * (`takesOthers`: Standing). In the first cases everything waits, and goes when it is over; in the last one this comes to an end.
 * `firstMs`: the pause after the first time.
 */
export function afterLoss(
  { lost, lostSince, shrunk }: Pick<OutboxRow, 'lost' | 'lostSince' | 'shrunk'>,
  now: number,
  { takesOthers: isItself, firstMs }: { takesOthers: boolean; firstMs: number },
): AfterLoss {
  const since = lostSince ?? now;
  if ((isItself && lost >= GIVEN_UP_AT) || isTooLong(since, now)) return { next: 'give-up' };
  const afterMs = lost <= 1 ? firstMs : (PAUSES_MS[Math.min(lost - 2, PAUSES_MS.length - 1)] ?? MINUTE_MS);
  const atLeast = !isItself || lost < SMALLER_AT ? 0 : lost < SMALLEST_AT ? 1 : SMALLEST;
  return { next: 'again', afterMs, shrunk: Math.max(shrunk, atLeast) };
}
