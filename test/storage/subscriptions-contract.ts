import type { Knex } from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import type { NewSubscription } from '../../src/digests/store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { draft } from '../outbox/desk-outbox.ts';

export const NOW = Date.UTC(2026, 10, 23, 9);

export const wish: NewSubscription = {
  teamId: 'T1',
  channelId: 'C1',
  vdn: 159,
  schedule: { every: { dailyAt: { hour: 9, minute: 30 } }, weekdays: true, hours: null, allClear: true },
  createdBy: 'U1',
  createdAt: NOW,
  startsAt: NOW - 1000,
  nextRunAt: NOW + 1000,
};

/** What the subscription store promises on every database. `openDatabase`: a new one, migrated. */
export function subscriptionsContract(openDatabase: () => Promise<Knex>): void {
  const opened: Knex[] = [];
  afterEach(async () => {
    for (const knex of opened.splice(0)) await knex.destroy();
  });

  async function subscriptionStore() {
    const knex = await openDatabase();
    opened.push(knex);
    const store = createSubscriptionStore(knex);
    const { subscription } = await store.create(wish);
    return { knex, store, subscription, outbox: createOutboxStore(knex) };
  }

  describe('the subscription store', () => {
    it('gives back what was written', async () => {
      const { store, subscription } = await subscriptionStore();
      const expected = {
        ...wish,
        id: subscription.id,
        number: 1,
        state: 'active',
        pausedBy: null,
        pauseError: null,
        cursor: 0,
        previousEndAt: wish.startsAt,
        retryAt: null,
        failures: 0,
        downToldAt: null,
        gapCause: null,
      };
      expect(subscription).toEqual(expected);
      expect(await store.find('T1', 1)).toEqual(expected);
      expect(await store.find('T1', 2 ** 40)).toBeUndefined();
      expect(await store.byId(subscription.id)).toEqual(expected);
    });

    it('moves what a change names, and nothing else', async () => {
      const { store, subscription } = await subscriptionStore();
      const change = {
        schedule: { ...wish.schedule, weekdays: false },
        state: 'paused',
        pausedBy: 'error',
        pauseError: 'is_archived',
        startsAt: 1,
        cursor: 2,
        previousEndAt: 3,
        nextRunAt: 4,
        retryAt: 5,
        failures: 6,
        downToldAt: 7,
        gapCause: 'paused',
      } as const;
      const moved = await store.move({ read: subscription, change, drafts: [] }, NOW);
      expect(moved).toEqual({ ...subscription, ...change });
      expect(
        moved && (await store.move({ read: moved, change: { retryAt: null }, drafts: [] }, NOW)),
      ).toEqual({
        ...moved,
        retryAt: null,
      });
    });

    it.each([
      ['told', { cursor: 7 }],
      ['paused', { state: 'paused' }],
      ['paused by somebody else', { paused_by: 'person' }],
      ['started anew', { starts_at: NOW }],
      ['run without news', { previous_end_at: NOW }],
      ['run by another desk', { next_run_at: NOW + 5000 }],
      ['tried again', { failures: 1 }],
      ['given another schedule', { schedule: JSON.stringify({ ...wish.schedule, allClear: false }) }],
    ])('moves nothing and writes no message when it was %s since it was read', async (_what, meanwhile) => {
      const { knex, store, subscription, outbox } = await subscriptionStore();
      await knex('subscriptions').update(meanwhile);
      const message = draft('digest');
      expect(
        await store.move({ read: subscription, change: { cursor: 9 }, drafts: [message] }, NOW),
      ).toBeUndefined();
      expect((await store.byId(subscription.id))?.cursor).not.toBe(9);
      expect(await outbox.find(message.id)).toBeUndefined();
    });

    it('writes the messages with the move, or neither', async () => {
      const { store, subscription, outbox } = await subscriptionStore();
      const message = draft('digest');
      await outbox.insert([message], NOW);
      // The same id again: the message cannot be written.
      await expect(
        store.move({ read: subscription, change: { cursor: 9 }, drafts: [message] }, NOW),
      ).rejects.toThrow();
      expect(await store.byId(subscription.id)).toEqual(subscription);
    });

    it('moves with others, each on its own condition, and writes the messages of those that moved in their order', async () => {
      const { knex, store, subscription } = await subscriptionStore();
      const other = async (channelId: string) =>
        (await store.create({ ...wish, channelId, teamId: subscription.teamId })).subscription;
      const [second, third] = [await other('C2'), await other('C3')];
      await knex('subscriptions').where({ id: second.id }).update({ cursor: 7 });
      const messages = [draft('first'), draft('second'), draft('third')];
      const moves = [subscription, second, third].map((read, index) => ({
        read,
        change: { cursor: 9 },
        drafts: messages.slice(index, index + 1),
      }));
      const moved = await store.moveAll(moves, NOW);
      expect(moved.map((one) => one?.cursor)).toEqual([9, undefined, 9]);
      const [first, , last] = messages.map(({ id }) => id);
      expect(await knex('outbox').orderBy('seq').pluck('id')).toEqual([first, last]);
      expect(await store.moveAll([], NOW)).toEqual([]);
    });

    it('is due by its next run, or by its retry where there is one', async () => {
      const { store, subscription } = await subscriptionStore();
      const due = async (at: number) =>
        (await store.due(subscription.teamId, subscription.vdn, at)).map(({ number }) => number);
      expect(await due(NOW + 999)).toEqual([]);
      expect(await due(NOW + 1000)).toEqual([1]);
      const failing = await store.move(
        { read: subscription, change: { retryAt: NOW + 60_000, failures: 1 }, drafts: [] },
        NOW,
      );
      expect(await due(NOW + 59_999)).toEqual([]);
      expect(await due(NOW + 60_000)).toEqual([1]);
      if (failing)
        await store.move({ read: failing, change: { state: 'paused', pausedBy: 'error' }, drafts: [] }, NOW);
      expect(await due(NOW + 60_000)).toEqual([]);
    });

    it('names the VDNs that are due, the longest due first', async () => {
      const { store, subscription } = await subscriptionStore();
      const { teamId, vdn } = subscription;
      const sooner = { ...wish, vdn: 160, nextRunAt: NOW };
      await store.create({ ...sooner, channelId: 'C8' });
      await store.create({ ...sooner, channelId: 'C9' });
      expect(await store.dueVdns(NOW + 999)).toEqual([{ teamId, vdn: 160 }]);
      expect(await store.dueVdns(NOW + 1000)).toEqual([
        { teamId, vdn: 160 },
        { teamId, vdn },
      ]);
      expect(await store.due(teamId, 160, NOW)).toHaveLength(2);
    });

    it('remembers when no desk was there for the last time', async () => {
      const { store } = await subscriptionStore();
      expect(await store.lastOutage()).toBeNull();
      await store.saveOutage({ fromAt: NOW, toAt: NOW + 1 });
      await store.saveOutage({ fromAt: NOW + 2, toAt: NOW + 3 });
      expect(await store.lastOutage()).toEqual({ fromAt: NOW + 2, toAt: NOW + 3 });
    });

    it('remembers when the desk was last alive', async () => {
      const { store } = await subscriptionStore();
      expect(await store.aliveAt()).toBeNull();
      await store.beat(NOW);
      await store.beat(NOW + 1);
      expect(await store.aliveAt()).toBe(NOW + 1);
    });
  });
}
