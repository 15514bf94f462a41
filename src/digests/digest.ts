import type { SourceErrorCode } from '../calls/source.ts';
import type { Subscription } from './subscription.ts';

/** The messages that subscriptions send, by outbox kind. */
export const digestKinds = {
  digest: 'digest',
  sourceDown: 'source-down',
  sourceBack: 'source-back',
  subscriptionPaused: 'subscription-paused',
  subscriptionNews: 'subscription-news',
} as const;

/** kind `digest`, as data (JSON). */
export interface DigestData {
  subscriptionNumber: number;
  vdn: { number: number; name: string | null };
  /** What it covers: since the previous run's end, until now (epoch ms), in the VDN's zone. */
  fromAt: number;
  toAt: number;
  timeZone: string;
  /** null: an all-clear; the list may be of those alone who were never called back. */
  listId: string | null;
  /** Said when the range is longer than the schedule promised. */
  gap: { sinceAt: number; cause: 'offline' | 'no-data' | 'paused' } | null;
  /** Callers whom nobody has called back in time, of those that digests have told; said once, at the end of the list. */
  expired: number;
  /** Asked for with `now N`. */
  manual: boolean;
  /** The subscription's cursor before: where it goes back to when Slack refuses this message, so that nothing is lost. */
  afterSeq: number;
}

/** kind `source-down`: no data since …; once a subscription and outage. kind `source-back` when it is over. */
export interface SourceNoticeData {
  subscriptionNumber: number;
  vdn: { number: number; name: string | null };
  sinceAt: number;
  timeZone: string;
  code: SourceErrorCode | null;
}

/** kind `subscription-paused`: to its creator, when Slack refuses its channel for good. */
export interface SubscriptionPausedData {
  subscriptionNumber: number;
  vdn: { number: number; name: string | null };
  channelId: string;
  error: string;
}

/** kind `subscription-news`: to its channel, what somebody did with its digest elsewhere. */
export interface SubscriptionNewsData {
  change: 'created' | 'changed' | 'paused' | 'resumed' | 'removed';
  /** As it was then. */
  subscription: Subscription;
  vdn: { number: number; name: string | null };
  timeZone: string;
}
