import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type VdnStore, vdnOf, zoneOf } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { OutboxDraft, OutboxRow } from '../outbox/outbox.ts';
import { digestKinds, type SubscriptionPausedData } from './digest.ts';
import { nextRunAfter, slotStart } from './next-run.ts';
import type { Schedule } from './schedule.ts';
import type { SubscriptionChange, SubscriptionStore } from './store.ts';
import type { Subscription } from './subscription.ts';

/** What became of a command about subscription N. */
export type SubscriptionResult =
  | { outcome: 'changed' | 'unchanged'; subscription: Subscription }
  | { outcome: 'unknown-number' };

/** What people do with subscriptions. A schedule that never runs (`neverRuns`) throws RangeError. */
export interface Subscriptions {
  /** `already`: the channel has one for this VDN, active or paused; it is offered to change that one. */
  subscribe(wish: {
    teamId: string;
    channelId: string;
    vdn: number;
    schedule: Schedule;
    createdBy: string;
  }): Promise<{ outcome: 'created' | 'already'; subscription: Subscription }>;
  /** Another schedule from now on; what is untold stays so. */
  change(teamId: string, number: number, schedule: Schedule): Promise<SubscriptionResult>;
  find(teamId: string, number: number): Promise<Subscription | undefined>;
  /** By number; of one channel, or of the whole workspace. */
  list(teamId: string, channelId?: string): Promise<Subscription[]>;
  pause(teamId: string, number: number): Promise<SubscriptionResult>;
  /** Starts now what a person paused; runs at once, and tells the gap, what an error paused. */
  resume(teamId: string, number: number): Promise<SubscriptionResult>;
  /** For good: its number is not given again, the channel may subscribe to the VDN anew. */
  remove(teamId: string, number: number): Promise<SubscriptionResult>;
  /** For the outbox's `onRefused`: pauses the subscription that the message belongs to and tells its creator. */
  pauseByError(row: OutboxRow, error: string): Promise<void>;
}

export interface SubscriptionsOptions {
  store: SubscriptionStore;
  vdns: Pick<VdnStore, 'find'>;
  clock: Clock;
  log: Log;
  outbox: { wake(): void };
}

/** Runs and other people may move a subscription between reading and changing it. */
const TRIES = 5;

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { store, vdns, clock, log, outbox } = options;

  /** Reads, decides, and changes if nothing has moved in between. `decide` answers undefined when there is nothing to do. */
  async function transition(
    teamId: string,
    number: number,
    decide: (subscription: Subscription, now: number) => Promise<SubscriptionChange | undefined>,
  ): Promise<SubscriptionResult> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const read = await store.find(teamId, number);
      if (!read || read.state === 'removed') return { outcome: 'unknown-number' };
      const now = clock.now();
      const change = await decide(read, now);
      if (!change) return { outcome: 'unchanged', subscription: read };
      const subscription = await store.move({ read, change, drafts: [] }, now);
      if (subscription) return { outcome: 'changed', subscription };
    }
    throw new Error(`Subscription ${number} moves faster than it can be changed`);
  }

  async function nextRun(subscription: Subscription, schedule: Schedule, now: number): Promise<number> {
    return nextRunAfter(schedule, now, zoneOf(await vdnOf(vdns, subscription)));
  }

  return {
    async subscribe({ schedule, ...wish }) {
      const now = clock.now();
      const timeZone = zoneOf(await vdnOf(vdns, wish));
      return store.create({
        ...wish,
        schedule,
        createdAt: now,
        startsAt: slotStart(schedule, now, timeZone),
        nextRunAt: nextRunAfter(schedule, now, timeZone),
      });
    },

    change: (teamId, number, schedule) =>
      transition(teamId, number, async (subscription, now) =>
        isDeepStrictEqual(subscription.schedule, schedule)
          ? undefined
          : { schedule, nextRunAt: await nextRun(subscription, schedule, now) },
      ),

    find: (teamId, number) => store.find(teamId, number),
    list: (teamId, channelId) => store.list(teamId, channelId),

    pause: (teamId, number) =>
      transition(teamId, number, async ({ state, pausedBy }) =>
        state === 'paused' && pausedBy === 'person'
          ? undefined
          : { state: 'paused', pausedBy: 'person', pauseError: null, gapCause: null },
      ),

    resume: (teamId, number) =>
      transition(teamId, number, async (subscription, now) => {
        if (subscription.state === 'active') return undefined;
        const active = {
          state: 'active',
          pausedBy: null,
          pauseError: null,
          retryAt: null,
          failures: 0,
        } as const;
        if (subscription.pausedBy === 'error') return { ...active, nextRunAt: now, gapCause: 'paused' };
        // Call ends are whole seconds: one of this very second counts.
        const startsAt = Math.floor(now / 1000) * 1000;
        const nextRunAt = await nextRun(subscription, subscription.schedule, now);
        return { ...active, startsAt, previousEndAt: startsAt, nextRunAt, downToldAt: null };
      }),

    remove: (teamId, number) => transition(teamId, number, async () => ({ state: 'removed' })),

    async pauseByError(row, error) {
      if (row.subscriptionId === null) return;
      const subscription = await store.byId(row.subscriptionId);
      if (!subscription) return;
      const vdn = await vdnOf(vdns, subscription);
      const notice = (paused: Subscription) => pausedNotice(paused, vdn.name, error);
      if (!(await store.pauseByError(row, error, notice, clock.now()))) return;
      const { teamId, number, channelId } = subscription;
      log.warn({ teamId, number, channelId, error }, 'Slack refuses a channel: its digest is paused');
      outbox.wake();
    },
  };
}

/** A direct message to the creator; it belongs to no subscription, since its own refusal must pause nothing. */
function pausedNotice(paused: Subscription, vdnName: string | null, error: string): OutboxDraft {
  const data: SubscriptionPausedData = {
    subscriptionNumber: paused.number,
    vdn: { number: paused.vdn, name: vdnName },
    channelId: paused.channelId,
    error,
  };
  const { teamId, createdBy: channelId } = paused;
  return { id: randomUUID(), teamId, channelId, kind: digestKinds.subscriptionPaused, data };
}
