import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SharingStore } from '../../src/slack/sharing.ts';
import { createChannelsStore } from '../../src/storage/channels-store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const TEAM = 'T1';

/** What the store of channels promises on every database. `openDatabase`: a new one, migrated. */
export function sharingContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let store: SharingStore;
  beforeEach(async () => {
    knex = await openDatabase();
    store = createChannelsStore(knex);
  });
  afterEach(() => knex.destroy());

  describe('whether a channel is shared', () => {
    it('is known as Slack answered last, per workspace', async () => {
      expect(await store.find(TEAM, 'C1')).toBeUndefined();
      const first = { shared: true, askedAt: NOW, events: 0 };
      expect(await store.saveAnswer(TEAM, 'C1', first)).toEqual(first);
      const second = { shared: false, askedAt: NOW + 1, events: 0 };
      expect(await store.saveAnswer(TEAM, 'C1', second)).toEqual(second);
      expect(await store.find(TEAM, 'C1')).toEqual(second);
      expect(await store.find('T2', 'C1')).toBeUndefined();
    });

    it.each([
      ['about a channel that was known', true],
      ['about one that was not', false],
    ])('is what an event says, and no answer to a question from before it, %s', async (_, known) => {
      if (known) await store.saveAnswer(TEAM, 'C1', { shared: false, askedAt: NOW, events: 0 });
      const { events = 0 } = (await store.find(TEAM, 'C1')) ?? {};
      await store.saveEvent(TEAM, 'C1', { shared: true, askedAt: NOW + 10 });
      // The clock of whoever asked is far ahead.
      const late = await store.saveAnswer(TEAM, 'C1', { shared: false, askedAt: NOW + 60_000, events });
      expect(late).toEqual({ shared: true, askedAt: NOW + 10, events: 1 });
      const asked = { shared: false, askedAt: NOW + 20, events: late.events };
      expect(await store.saveAnswer(TEAM, 'C1', asked)).toEqual(asked);
    });
  });

  describe('the channels to ask about', () => {
    const subscribe = (number: number, channelId: string, told: object = {}) =>
      knex('subscriptions').insert({
        team_id: TEAM,
        number,
        channel_id: channelId,
        vdn: number,
        schedule: '{}',
        state: 'active',
        created_by: 'U1',
        created_at: NOW,
        starts_at: NOW,
        cursor: 0,
        previous_end_at: NOW,
        next_run_at: NOW,
        ...told,
      });

    it('are those with an active digest that were not asked about since, each once', async () => {
      await subscribe(1, 'C-never');
      await subscribe(2, 'C-never');
      await subscribe(3, 'C-long-ago');
      await subscribe(4, 'C-lately');
      await subscribe(5, 'C-paused', { state: 'paused' });
      await subscribe(6, 'C-elsewhere', { team_id: 'T2' });
      await store.saveAnswer(TEAM, 'C-long-ago', { shared: false, askedAt: NOW - 1, events: 0 });
      await store.saveAnswer(TEAM, 'C-lately', { shared: false, askedAt: NOW, events: 0 });
      await store.saveAnswer('T2', 'C-never', { shared: false, askedAt: NOW, events: 0 });
      expect((await store.notAskedSince(TEAM, NOW, 10)).sort()).toEqual(['C-long-ago', 'C-never']);
      expect(await store.notAskedSince(TEAM, NOW, 1)).toHaveLength(1);
    });
  });
}
