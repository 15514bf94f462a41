/** Slack's own rule for old requests, which Bolt checks; the same for those from the future, which it does not. */
const MOST_AHEAD_S = 5 * 60;

/** Whether an `x-slack-request-timestamp` (seconds) lies further ahead of `now` (epoch ms) than clocks differ. */
export function isFromFuture(timestamp: unknown, now: number): boolean {
  return Number(timestamp) > now / 1000 + MOST_AHEAD_S;
}
