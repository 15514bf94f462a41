import { describe, expect, it } from 'vitest';
import { createOutboxStore, insertDrafts } from '../../src/storage/outbox-store.ts';
import { draft, memoryDatabase } from '../outbox/desk-outbox.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

async function outboxStore() {
  const knex = await memoryDatabase();
  return { knex, store: createOutboxStore(knex) };
}

describe('the outbox store', () => {
  it('gives back what was written', async () => {
    const { store } = await outboxStore();
    const written = draft('hello', 'C1', { subscriptionId: 3, listId: crypto.randomUUID() });
    await store.insert([written], NOW);
    expect(await store.find(written.id)).toEqual({
      ...written,
      state: 'pending',
      createdAt: NOW,
      attempts: 0,
      nextTryAt: NOW,
      sendingAt: null,
      postedChannelId: null,
      ts: null,
      error: null,
      page: 0,
      wanted: 0,
      shown: 0,
    });
  });

  it('keeps the order of drafts that were written in the same millisecond', async () => {
    const { store } = await outboxStore();
    const drafts = Array.from({ length: 50 }, (_, i) => draft(`m${i}`));
    await store.insert(drafts, NOW);
    const order: string[] = [];
    for (let i = 0; i < drafts.length; i++) {
      const [next, ...others] = await store.due(NOW, 10);
      expect(others).toEqual([]);
      order.push(next?.id ?? '');
      await store.claim(next?.id ?? '', NOW);
      await store.markSent(next?.id ?? '', { channelId: 'C1', ts: `${i}` });
    }
    expect(order).toEqual(drafts.map(({ id }) => id));
  });

  it('writes drafts with the transaction that decides them, or not at all', async () => {
    const { knex, store } = await outboxStore();
    const kept = draft('kept');
    const undone = draft('undone');
    await knex.transaction((trx) => insertDrafts(trx, [kept], NOW));
    await knex
      .transaction(async (trx) => {
        await insertDrafts(trx, [undone], NOW);
        throw new Error('no');
      })
      .catch(() => {});
    expect(await store.find(kept.id)).toBeDefined();
    expect(await store.find(undone.id)).toBeUndefined();
  });

  it('lets one of two claim a row', async () => {
    const { store } = await outboxStore();
    const one = draft('one');
    await store.insert([one], NOW);
    const claims = await Promise.all([store.claim(one.id, NOW), store.claim(one.id, NOW)]);
    expect(claims.filter(Boolean)).toMatchObject([{ state: 'sending', attempts: 1, sendingAt: NOW }]);
  });

  it('does not fail, delay or send what is settled', async () => {
    const { store } = await outboxStore();
    const one = draft('one');
    await store.insert([one], NOW);
    await store.claim(one.id, NOW);
    expect(await store.markSent(one.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
    expect(await store.markSent(one.id, { channelId: 'C2', ts: '2.0' })).toBe(false);
    expect(await store.markFailed(one.id, 'is_archived')).toBe(false);
    expect(await store.markLater(one.id, NOW)).toBe(false);
    expect(await store.find(one.id)).toMatchObject({ state: 'sent', postedChannelId: 'C1', ts: '1.0' });
  });

  it('never lets what is shown go back', async () => {
    const { store } = await outboxStore();
    const one = draft('one');
    await store.insert([one], NOW);
    await store.bump([one.id]);
    await store.bump([one.id]);
    await store.markShown(one.id, 2);
    await store.markShown(one.id, 1);
    expect(await store.find(one.id)).toMatchObject({ wanted: 2, shown: 2 });
  });

  it('finds a message by where it is, within its workspace', async () => {
    const { store } = await outboxStore();
    const one = draft('one', 'U1');
    await store.insert([one], NOW);
    await store.claim(one.id, NOW);
    await store.markSent(one.id, { channelId: 'D1', ts: '1.0' });
    expect(await store.byMessage('T1', 'D1', '1.0')).toMatchObject({ id: one.id });
    expect(await store.byMessage('T2', 'D1', '1.0')).toBeUndefined();
  });

  it('looks for what is due by indexes, however much was sent before', async () => {
    const { knex, store } = await outboxStore();
    const queries: { sql: string; bindings: number[] }[] = [];
    knex.on('query', (query) => queries.push(query));
    await store.due(NOW, 10);
    const asked = queries[0] as { sql: string; bindings: number[] };
    const plan = await knex.raw(`explain query plan ${asked.sql}`, asked.bindings);
    const steps = plan.map(({ detail }: { detail: string }) => detail).join('\n');
    expect(steps).toMatch(/SEARCH outbox USING INDEX/);
    expect(steps).toMatch(/SEARCH earlier USING (COVERING )?INDEX outbox_unsettled/);
  });

  it('forgets what is old and settled, and keeps what is not', async () => {
    const { store } = await outboxStore();
    const [sent, waiting, recent] = [draft('sent', 'C1'), draft('waiting', 'C2'), draft('recent', 'C3')];
    await store.insert([sent, waiting], NOW);
    await store.insert([recent], NOW + 1);
    for (const { id } of [sent, recent]) await store.markSent(id, { channelId: 'C', ts: id });
    expect(await store.removeOlderThan(NOW + 1)).toBe(1);
    expect(await store.find(sent.id)).toBeUndefined();
    expect(await store.find(waiting.id)).toBeDefined();
    expect(await store.find(recent.id)).toBeDefined();
  });
});
