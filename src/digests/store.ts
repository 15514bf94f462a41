import type { OutboxDraft, OutboxRow } from '../outbox/outbox.ts';
import type { Outage } from './outage.ts';
import type { Subscription } from './subscription.ts';

export type NewSubscription = Pick<
  Subscription,
  'teamId' | 'channelId' | 'vdn' | 'schedule' | 'createdBy' | 'createdAt' | 'startsAt' | 'nextRunAt'
>;

/** What changes of a subscription after it was made. */
export type SubscriptionChange = Partial<
  Pick<
    Subscription,
    | 'schedule'
    | 'state'
    | 'pausedBy'
    | 'pauseError'
    | 'startsAt'
    | 'cursor'
    | 'previousEndAt'
    | 'nextRunAt'
    | 'retryAt'
    | 'failures'
    | 'downToldAt'
    | 'gapCause'
  >
>;

export interface Move {
  read: Subscription;
  change: SubscriptionChange;
  drafts: readonly OutboxDraft[];
}

/** Keeps subscriptions, and until when the desk was alive. */
export interface SubscriptionStore {
  /** Gives it the workspace's next number; `already` with the one that the channel has for the VDN. */
  create(wish: NewSubscription): Promise<{ outcome: 'created' | 'already'; subscription: Subscription }>;
  find(teamId: string, number: number): Promise<Subscription | undefined>;
  byId(id: number): Promise<Subscription | undefined>;
  /** Those that are not removed, by number; of one channel, or of all. */
  list(teamId: string, channelId?: string): Promise<Subscription[]>;
  /** VDNs of which a subscription is active and its run, or its retry, was due by `now`; the longest due first. */
  dueVdns(now: number): Promise<{ teamId: string; vdn: number }[]>;
  /** A VDN's subscriptions that are due, the longest due first. */
  due(teamId: string, vdn: number, now: number): Promise<Subscription[]>;
  /** Those of a VDN that still need its calls: active, or paused by an error. */
  needing(teamId: string, vdn: number): Promise<Subscription[]>;
  /**
   * Changes it and writes the messages that follow, in one transaction, if it still is as it was read (its cursor above
   * all). The subscription as it is then; undefined when something has moved meanwhile: then nothing was written.
   */
  move(move: Move, now: number): Promise<Subscription | undefined>;
  /** The same of several, each on its own condition, in one transaction: on SQLite that is one wait for the writer, not one each. */
  moveAll(moves: readonly Move[], now: number): Promise<(Subscription | undefined)[]>;
  /**
   * Slack refused one of its messages for good. In one transaction: pauses it, fails that message and those that wait
   * behind it, takes it back to before the first of them, and writes the notice. Undefined when there was nothing to
   * pause: removed, paused by a person, or dealt with before.
   */
  pauseByError(
    row: OutboxRow,
    error: string,
    notice: (paused: Subscription) => OutboxDraft,
    now: number,
  ): Promise<Subscription | undefined>;
  /** When the desk last said that it is alive; null when it never did. */
  aliveAt(): Promise<number | null>;
  beat(now: number): Promise<void>;
  /** When no desk was there for the last time; null when that never was. */
  lastOutage(): Promise<Outage | null>;
  saveOutage(outage: Outage): Promise<void>;
}
