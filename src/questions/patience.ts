import { SourceError } from '../calls/source.ts';

export interface PatienceLimits {
  /** How long the contact centre may be silent. */
  silenceMs: number;
  /** How long anybody waits, however alive it is. */
  longestMs: number;
  /** Aborted when the desk cannot wait any longer. */
  hurry: AbortSignal | undefined;
}

/** Somebody waits for the contact centre, from now on. */
export interface Patience extends Disposable {
  /** Aborted when the patience is over; the reason is a SourceError `unreachable`, with the fact `slow` where there was a sign of life. */
  signal: AbortSignal;
  /** A sign of life: the silence begins anew. */
  heard(): void;
}

export function beginPatience({ silenceMs, longestMs, hurry }: PatienceLimits): Patience {
  const over = new AbortController();
  let alive = false;
  const giveUp = (why: string) => () =>
    over.abort(new SourceError('unreachable', why, { facts: alive ? { slow: true } : {} }));
  const silence = setTimeout(
    giveUp(`Nothing came from the contact centre within ${silenceMs} ms`),
    silenceMs,
  );
  const longest = setTimeout(
    giveUp(`Not all pages came from the contact centre within ${longestMs} ms: ask for a shorter range`),
    longestMs,
  );
  const hurried = giveUp('The contact centre had not answered when the desk was stopped');
  hurry?.addEventListener('abort', hurried);
  if (hurry?.aborted) hurried();
  return {
    signal: over.signal,
    heard() {
      alive = true;
      silence.refresh();
    },
    [Symbol.dispose]() {
      clearTimeout(silence);
      clearTimeout(longest);
      hurry?.removeEventListener('abort', hurried);
    },
  };
}
