import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { SourceError } from '../calls/source.ts';
import type { Log } from '../log.ts';
import { networkMayRecover } from './network-error.ts';

export interface RetryOptions {
  /** Tries after the first. */
  retries: number;
  /** Before the second try; doubled for each further one, and lengthened at random up to twice. */
  minDelayMs: number;
  /** The longest Retry-After that is waited for. Beyond it there is no further try: not sooner than asked, not later than anybody waits for. */
  maxRetryAfterMs: number;
  log: Log;
}

const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** Whether the same request may succeed a little later. */
function mayPass(error: unknown): error is SourceError {
  if (!(error instanceof SourceError)) return false;
  const { status } = error.facts;
  return status === undefined ? networkMayRecover(error) : PASSING_STATUSES.has(status);
}

/** Tries again what may pass. Throws what the last try threw, or the signal's reason. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { retries, minDelayMs, maxRetryAfterMs, log }: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  const again = (error: unknown): error is SourceError =>
    mayPass(error) && (error.facts.retryAfterMs ?? 0) <= maxRetryAfterMs;

  return await pRetry(attempt, {
    retries,
    minTimeout: minDelayMs,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => again(error),
    async onFailedAttempt({ error, attemptNumber, retriesLeft, retryDelay }) {
      if (retriesLeft === 0 || !again(error)) return;
      const askedMs = error.facts.retryAfterMs ?? 0;
      const facts = { code: error.code, status: error.facts.status, try: attemptNumber };
      log.info({ ...facts, waitMs: askedMs + retryDelay }, 'the contact centre is asked again');
      // On top of it comes the delay of p-retry, so that those who were told the same do not come back as one.
      if (askedMs > 0) await delay(askedMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
    },
  });
}
