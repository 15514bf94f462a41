import type { Clock } from '../../clock.ts';
import type { Tier } from './method.ts';

/** Posts that a channel takes at once before it is held to one a second; Slack allows short bursts. */
const POST_BURST = 3;
/** Calls a minute by tier. Tier 1 is one a minute and "a small amount of burst". */
const PER_MINUTE = { 1: 5, 2: 20, 3: 50, 4: 100 } as const;
const MINUTE_MS = 60_000;

export interface RateLimits {
  /**
   * Counts one call. Gives the seconds to wait when it comes too early, then it does not count.
   * @param key the channel for a post, the method for anything else
   */
  count(tier: Tier, key: string): number | undefined;
}

export const noRateLimits: RateLimits = { count: () => undefined };

/** `except`: methods that may come as often as they like. */
export function openRateLimits(clock: Clock, except: readonly string[] = []): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const calls = new Map<string, number[]>();

  const countPost = (channel: string): number | undefined => {
    const now = clock.now();
    const bucket = buckets.get(channel) ?? { tokens: POST_BURST, at: now };
    const tokens = Math.min(POST_BURST, bucket.tokens + (now - bucket.at) / 1000);
    buckets.set(channel, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1 ? undefined : Math.ceil(1 - tokens);
  };

  return {
    count(tier, key) {
      if (tier === 'free' || except.includes(key)) return undefined;
      if (tier === 'post') return countPost(key);
      const now = clock.now();
      const recent = (calls.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
      calls.set(key, recent);
      if (recent.length >= PER_MINUTE[tier])
        return Math.max(1, Math.ceil(((recent[0] ?? now) + MINUTE_MS - now) / 1000));
      recent.push(now);
      return undefined;
    },
  };
}
