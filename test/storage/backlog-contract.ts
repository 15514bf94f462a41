import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBacklogStore } from '../../src/storage/backlog-store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { createSyncStore } from '../../src/storage/sync-store.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { NOW, wish } from './subscriptions-contract.ts';

const MINUTE = 60_000;

/** What the backlog promises on every database. `openDatabase`: a new one, migrated. */
export function backlogContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  beforeEach(async () => {
    knex = await openDatabase();
  });
  afterEach(() => knex.destroy());

  it('is empty where nothing has happened yet', async () => {
    expect(await createBacklogStore(knex).read()).toEqual({
      outbox: { pending: 0, sending: 0, edits: 0, oldestAt: null },
      vdns: [],
      lastSyncAt: null,
    });
  });

  it('counts messages that are not in Slack, and those that are not up to date there', async () => {
    const outbox = createOutboxStore(knex);
    const drafts = ['C1', 'C2', 'C3', 'C3'].map((channel) => draft('one', channel));
    await outbox.insert(drafts, NOW);
    const claimed = await outbox.claimDue(NOW, NOW + MINUTE, 10);
    const [first, second] = claimed;
    if (!first || !second) throw new Error('Two channels were free');
    await outbox.markSent(first.id, { channelId: first.channelId, ts: '1.1' });
    await outbox.revise(first.id, { page: 1 });
    await outbox.markSent(second.id, { channelId: second.channelId, ts: '1.2' });
    await outbox.insert([draft('later', 'C9')], NOW + MINUTE);
    expect((await createBacklogStore(knex).read()).outbox).toEqual({
      pending: 2,
      sending: 1,
      edits: 1,
      oldestAt: NOW,
    });
  });

  it('says of each VDN with digests since when they are due, and until when its calls are known', async () => {
    const subscriptions = createSubscriptionStore(knex);
    const syncs = createSyncStore(knex);
    const record = { knownFromAt: 0, lastEndAt: NOW - MINUTE, lookedBackAt: 0 };
    await subscriptions.create(wish);
    await subscriptions.create({ ...wish, channelId: 'C2', nextRunAt: NOW - 1000 });
    await subscriptions.create({ ...wish, vdn: 160 });
    const { subscription: paused } = await subscriptions.create({ ...wish, vdn: 161, nextRunAt: 1 });
    await subscriptions.move(
      { read: paused, change: { state: 'paused', pausedBy: 'person' }, drafts: [] },
      NOW,
    );
    await syncs.save('T1', 159, undefined, record);
    await syncs.save('T1', 900, undefined, { ...record, lastEndAt: NOW });
    await syncs.save('T2', 160, undefined, record);
    const backlog = await createBacklogStore(knex).read();
    expect(backlog.vdns).toEqual([
      { teamId: 'T1', vdn: 159, lastEndAt: NOW - MINUTE, dueAt: NOW - 1000 },
      { teamId: 'T1', vdn: 160, lastEndAt: null, dueAt: NOW + 1000 },
    ]);
    expect(backlog.lastSyncAt).toBe(NOW);
  });
}
