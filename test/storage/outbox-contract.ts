import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { insertDrafts } from '../../src/storage/outbox-store.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { MINUTE, NOW, outboxRows, texts } from './outbox-rows.ts';

/** What the outbox keeps, on every database. `openDatabase`: a new one, migrated. */
export function outboxContract(openDatabase: () => Promise<Knex>): void {
  const desk = outboxRows(openDatabase);
  const { insert, claimDue, claimed, sent } = desk;

  describe('rows', () => {
    it('give back what was written', async () => {
      const written = draft('hello', 'C1', {
        subscriptionId: 3,
        listId: crypto.randomUUID(),
        threadTs: '1764000000.000100',
      });
      await insert([written]);
      expect(await desk.store.find(written.id)).toEqual({
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
        absentLooks: 0,
        historyReadTo: null,
        shrunk: 0,
        unrendered: 0,
        lost: 0,
        lostSince: null,
      });
    });

    it('are written with the transaction that decides them, or not at all', async () => {
      const kept = draft('kept');
      const undone = draft('undone');
      await desk.knex.transaction((trx) => insertDrafts(trx, [kept], NOW));
      await desk.knex
        .transaction(async (trx) => {
          await insertDrafts(trx, [undone], NOW);
          throw new Error('no');
        })
        .catch(() => {});
      expect(await desk.store.find(kept.id)).toBeDefined();
      expect(await desk.store.find(undone.id)).toBeUndefined();
    });

    it('are found by where they are, within their workspace', async () => {
      const row = await claimed(NOW, draft('one', 'U1'));
      await desk.store.markSent(row.id, { channelId: 'D1', ts: '1.0' });
      expect(await desk.store.byMessage('T1', 'D1', '1.0')).toMatchObject({ id: row.id });
      expect(await desk.store.byMessage('T2', 'D1', '1.0')).toBeUndefined();
    });

    it('are forgotten when they are old and settled, and kept when they are not', async () => {
      const [gone, waiting] = [draft('sent', 'C1'), draft('waiting', 'C2')] as const;
      const recent = draft('recent', 'C3');
      await insert([gone, waiting]);
      await insert([recent], NOW + 1);
      for (const { id } of [gone, recent]) await desk.store.markSent(id, { channelId: 'C', ts: id });
      expect(await desk.store.removeOlderThan(NOW + 1)).toBe(1);
      expect(await desk.store.find(gone.id)).toBeUndefined();
      expect(await desk.store.find(waiting.id)).toBeDefined();
      expect(await desk.store.find(recent.id)).toBeDefined();
    });
  });

  describe('a private answer', () => {
    const MANY = 10;

    it('is owed until it is told, and is never posted meanwhile', async () => {
      const one = draft('one');
      await desk.store.owe(one, NOW);
      expect(await claimDue(NOW + MINUTE)).toEqual([]);
      expect(texts(await desk.store.owedBefore(NOW, MANY))).toEqual(['one']);
      expect(await desk.store.owedBefore(NOW - 1, MANY)).toEqual([]);
      expect(await desk.store.markTold(one.id)).toBe(true);
      expect(await desk.store.find(one.id)).toMatchObject({ state: 'private' });
      expect(await desk.store.owedBefore(NOW, MANY)).toEqual([]);
      expect(await desk.store.markTold(one.id)).toBe(false);
    });

    it('that nobody told is posted to its asker directly, once, unless it has moved on', async () => {
      const one = draft('one', 'C1', { threadTs: '1764000000.000100' });
      await desk.store.owe(one, NOW);
      const [row] = (await desk.store.owedBefore(NOW, MANY)) as [OutboxRow];
      await desk.store.revise(one.id, { data: { text: 'answered' } });
      expect(await desk.store.tellDirectly(row, 'U1', { text: 'lost' })).toBe(false);
      const [moved] = (await desk.store.owedBefore(NOW, MANY)) as [OutboxRow];
      const tell = () => desk.store.tellDirectly(moved, 'U1', { text: 'lost' });
      expect((await Promise.all([tell(), tell()])).toSorted()).toEqual([false, true]);
      expect(await claimDue()).toMatchObject([{ channelId: 'U1', threadTs: null, data: { text: 'lost' } }]);
      expect(await desk.store.markTold(one.id)).toBe(false);
    });

    it('is forgotten with the others', async () => {
      await desk.store.owe(draft('one'), NOW - 1);
      await desk.store.owe(draft('two'), NOW);
      expect(await desk.store.removeOlderThan(NOW)).toBe(1);
    });
  });

  describe('a revision', () => {
    it('changes what it names, and asks for an edit', async () => {
      const { id, data } = await sent();
      const listId = crypto.randomUUID();
      expect(await desk.store.revise(id, { listId })).toMatchObject({ data, listId, page: 0, wanted: 1 });
      expect(await desk.store.revise(id, { data: { text: 'new' }, page: 1 })).toMatchObject({
        data: { text: 'new' },
        listId,
        page: 1,
        wanted: 2,
      });
    });

    it('that is made only unless something has moved gives way to any other', async () => {
      const { id } = await sent();
      expect(await desk.store.revise(id, { page: 1 }, 0)).toMatchObject({ page: 1, wanted: 1 });
      expect(await desk.store.revise(id, { page: 2 }, 0)).toBeUndefined();
      expect(await desk.store.find(id)).toMatchObject({ page: 1, wanted: 1 });
    });
  });
}
