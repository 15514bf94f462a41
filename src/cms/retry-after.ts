/**
 * How long an answer asks to wait, in ms: Retry-After as seconds or as a date. undefined without one that can be read.
 * A date is counted from the answer's own Date, where it has one, and not from a clock that may differ. `now`: epoch ms.
 */
export function parseRetryAfter(
  { retryAfter, date }: { retryAfter: string | undefined; date: string | undefined },
  now: number,
): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const until = Date.parse(retryAfter);
  if (Number.isNaN(until)) return undefined;
  const sent = date === undefined ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}
