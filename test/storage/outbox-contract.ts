import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editsLane, historyLane, postLane, postsLane } from '../../src/outbox/lanes.ts';
import type { OutboxDraft, OutboxRow } from '../../src/outbox/outbox.ts';
import type { OutboxStore } from '../../src/outbox/store.ts';
import { createOutboxStore, insertDrafts } from '../../src/storage/outbox-store.ts';
import { draft } from '../outbox/desk-outbox.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const DOUBT_MS = 40_000;
const SECOND = 1000;
const MINUTE = 60_000;

/** What the outbox promises on every database. `openDatabase`: a new one, migrated. */
export function outboxContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let store: OutboxStore;
  beforeEach(async () => {
    knex = await openDatabase();
    store = createOutboxStore(knex);
  });
  afterEach(() => knex.destroy());

  const insert = async (drafts: OutboxDraft[], at = NOW) => {
    await store.insert(drafts, at);
    return drafts;
  };
  const claimDue = (at = NOW, limit = 10) => store.claimDue(at, at + DOUBT_MS, limit);
  /** One row, written and claimed. */
  const claimed = async (at = NOW, one = draft('one')): Promise<OutboxRow> => {
    await insert([one], at);
    const [row] = await claimDue(at);
    return row as OutboxRow;
  };
  const sent = async (one = draft('one'), at = NOW): Promise<OutboxRow> => {
    const row = await claimed(at, one);
    await store.markSent(row.id, { channelId: one.channelId, ts: `${one.channelId}.0` });
    return (await store.find(row.id)) as OutboxRow;
  };
  const texts = (rows: OutboxRow[]) => rows.map(({ data }) => (data as { text: string }).text);

  describe('rows', () => {
    it('give back what was written', async () => {
      const written = draft('hello', 'C1', {
        subscriptionId: 3,
        listId: crypto.randomUUID(),
        threadTs: '1764000000.000100',
      });
      await insert([written]);
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

    it('are found by where they are, within their workspace', async () => {
      const row = await claimed(NOW, draft('one', 'U1'));
      await store.markSent(row.id, { channelId: 'D1', ts: '1.0' });
      expect(await store.byMessage('T1', 'D1', '1.0')).toMatchObject({ id: row.id });
      expect(await store.byMessage('T2', 'D1', '1.0')).toBeUndefined();
    });

    it('are forgotten when they are old and settled, and kept when they are not', async () => {
      const [gone, waiting] = [draft('sent', 'C1'), draft('waiting', 'C2')] as const;
      const recent = draft('recent', 'C3');
      await insert([gone, waiting]);
      await insert([recent], NOW + 1);
      for (const { id } of [gone, recent]) await store.markSent(id, { channelId: 'C', ts: id });
      expect(await store.removeOlderThan(NOW + 1)).toBe(1);
      expect(await store.find(gone.id)).toBeUndefined();
      expect(await store.find(waiting.id)).toBeDefined();
      expect(await store.find(recent.id)).toBeDefined();
    });
  });

  describe('claiming what is due', () => {
    it('keeps the order of rows that were written in the same millisecond, one a second', async () => {
      const drafts = await insert(Array.from({ length: 30 }, (_, i) => draft(`m${i}`)));
      const order: string[] = [];
      for (let i = 0; i < drafts.length; i++) {
        const [next, ...others] = await claimDue(NOW + i * SECOND);
        expect(others).toEqual([]);
        order.push(next?.id ?? '');
        await store.markSent(next?.id ?? '', { channelId: 'C1', ts: `${i}` });
      }
      expect(order).toEqual(drafts.map(({ id }) => id));
    });

    it('takes the first of each channel, in their order, and no more than asked for', async () => {
      await insert([draft('a1', 'CA'), draft('a2', 'CA'), draft('b1', 'CB'), draft('c1', 'CC')]);
      expect(texts(await claimDue(NOW, 2))).toEqual(['a1', 'b1']);
      expect(texts(await claimDue(NOW, 2))).toEqual(['c1']);
      expect(await claimDue(NOW, 2)).toEqual([]);
    });

    it('says that it is in doubt later on, and counts the claim', async () => {
      const one = draft('one');
      await insert([one]);
      await store.bump([one.id]);
      expect(await claimDue()).toMatchObject([
        { state: 'sending', attempts: 1, sendingAt: NOW, nextTryAt: NOW + DOUBT_MS, wanted: 1, shown: 1 },
      ]);
    });

    it('gives a row to one of several who want it', async () => {
      await insert(Array.from({ length: 12 }, (_, i) => draft(`m${i}`, `C${i}`)));
      const claims = await Promise.all([claimDue(), claimDue(), claimDue(), claimDue()]);
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      // Whoever came second may have passed over what he left behind.
      const rest = await claimDue(NOW, 50);
      expect(ids.length + rest.length).toBe(12);
    });

    it('waits behind a row that is under way, whose time has not come, or that is in doubt', async () => {
      const row = await claimed();
      await insert([draft('two')]);
      expect(await claimDue(NOW + 2 * SECOND)).toEqual([]);
      await store.markLater(row, NOW + MINUTE);
      expect(await claimDue(NOW + 2 * SECOND)).toEqual([]);
      expect(texts(await claimDue(NOW + MINUTE))).toEqual(['one']);
      expect(await claimDue(NOW + 2 * MINUTE)).toEqual([]);
    });

    it('leaves a channel its second, and a lane its hold', async () => {
      const row = await claimed();
      await store.markSent(row.id, { channelId: 'C1', ts: '1.0' });
      await insert([draft('two')]);
      expect(await claimDue(NOW + 999)).toEqual([]);
      await store.hold(postLane(row), NOW + 3000);
      await store.hold(postLane(row), NOW + 2000);
      expect(await claimDue(NOW + 2999)).toEqual([]);
      expect(texts(await claimDue(NOW + 3000))).toEqual(['two']);
    });

    it('takes nothing of a workspace whose posts are held, and everything of others', async () => {
      await store.hold(postsLane('T1'), NOW + MINUTE);
      await insert([draft('here'), draft('there', 'C1', { teamId: 'T2' })]);
      expect(texts(await claimDue())).toEqual(['there']);
      expect(texts(await claimDue(NOW + MINUTE))).toEqual(['here']);
    });

    it('forgets lanes that are open, and no others', async () => {
      await claimed(NOW, draft('one', 'C1'));
      await store.hold(postsLane('T1'), NOW + MINUTE);
      await store.tidyLanes(NOW + SECOND);
      expect(await knex('paces').pluck('channel_id')).toEqual([postsLane('T1').name]);
      await store.tidyLanes(NOW + MINUTE);
      expect(await knex('paces')).toEqual([]);
    });
  });

  describe('an answer', () => {
    const answer = (text: string, at = NOW) => store.insertClaimed(draft(text), at, at + DOUBT_MS);

    it('is claimed past the queue, in a burst of four, and waits in it beyond that', async () => {
      await insert([draft('digest')]);
      await claimDue();
      const states = [];
      for (const text of ['a', 'b', 'c', 'd']) states.push((await answer(text)).state);
      expect(states).toEqual(['sending', 'sending', 'sending', 'pending']);
      expect((await answer('e', NOW + SECOND)).state).toBe('sending');
    });

    it('takes turns that a digest then has to wait for', async () => {
      for (const text of ['a', 'b', 'c', 'd']) {
        await store.markSent((await answer(text)).id, { channelId: 'C1', ts: text });
      }
      await insert([draft('digest')]);
      expect(await claimDue(NOW + 3999)).toEqual([]);
      expect(texts(await claimDue(NOW + 4000))).toEqual(['digest']);
    });

    it('never takes more turns than there are, however many ask at once', async () => {
      const rows = await Promise.all(Array.from({ length: 9 }, (_, i) => answer(`a${i}`)));
      expect(rows.filter(({ state }) => state === 'sending')).toHaveLength(4);
      expect(rows.filter(({ state }) => state === 'pending')).toHaveLength(5);
    });

    it('waits where the channel is held, not where the posts of the workspace are', async () => {
      await store.hold(postsLane('T1'), NOW + MINUTE);
      expect((await answer('one')).state).toBe('sending');
      await store.hold(postLane({ teamId: 'T1', channelId: 'C1' }), NOW + MINUTE);
      expect((await answer('two')).state).toBe('pending');
    });
  });

  describe('a claim', () => {
    /** Claimed by one who slept until it was in doubt, looked for in vain, and claimed by another. */
    const overtaken = async () => {
      const first = await claimed();
      await store.markLater(first, NOW);
      const [second] = await claimDue(NOW + SECOND);
      expect(second).toMatchObject({ id: first.id, attempts: 2 });
      return { first, second: second as OutboxRow };
    };

    it('that is not the latest changes nothing', async () => {
      const { first, second } = await overtaken();
      expect(await store.renewClaim(first, NOW + MINUTE, NOW + MINUTE)).toBe(false);
      expect(await store.shrink(first, 1)).toBe(false);
      expect(await store.markLater(first, NOW)).toBe(false);
      expect(await store.markFailed(first, 'is_archived')).toBe(false);
      expect(await store.lookedInVain(first, NOW)).toBe(false);
      expect(await store.delayLook(first, NOW, '1.0')).toBe(false);
      expect(await store.find(first.id)).toEqual(second);
    });

    it('that is not the latest tells all the same that the message is there: the later one then changes nothing', async () => {
      const { first, second } = await overtaken();
      expect(await store.markSent(first.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await store.markSent(second.id, { channelId: 'C1', ts: '2.0' })).toBe(false);
      expect(await store.markLater(second, NOW)).toBe(false);
      expect(await store.markFailed(second, 'is_archived')).toBe(false);
      expect(await store.find(first.id)).toMatchObject({ state: 'sent', ts: '1.0' });
    });

    it('that is not the latest keeps the message from being posted again while it waits', async () => {
      const first = await claimed();
      await store.markLater(first, NOW);
      expect(await store.markSent(first.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await claimDue(NOW + MINUTE)).toEqual([]);
    });

    it('does not fail, delay or send what is settled', async () => {
      const row = await claimed();
      expect(await store.markSent(row.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await store.markSent(row.id, { channelId: 'C2', ts: '2.0' })).toBe(false);
      expect(await store.markFailed(row, 'is_archived')).toBe(false);
      expect(await store.markLater(row, NOW)).toBe(false);
      expect(await store.renewClaim(row, NOW, NOW)).toBe(false);
      expect(await store.find(row.id)).toMatchObject({ state: 'sent', postedChannelId: 'C1', ts: '1.0' });
    });

    it('can be renewed, smaller, and given back with what it has learnt', async () => {
      const row = await claimed();
      expect(await store.renewClaim(row, NOW + 9, NOW + MINUTE)).toBe(true);
      expect(await store.shrink(row, 1)).toBe(true);
      expect(await store.find(row.id)).toMatchObject({
        sendingAt: NOW + 9,
        nextTryAt: NOW + MINUTE,
        shrunk: 1,
      });
      expect(await store.markLater(row, NOW + 5, { unrendered: 2 })).toBe(true);
      expect(await store.find(row.id)).toMatchObject({
        state: 'pending',
        nextTryAt: NOW + 5,
        unrendered: 2,
        shrunk: 1,
      });
    });
  });

  describe('looks for rows in doubt', () => {
    const claimDoubts = (at: number) => store.claimDoubts(at, at + 90_000, 2 * MINUTE);

    it('are claimed when their time has come, and by one', async () => {
      const row = await claimed();
      expect(await claimDoubts(NOW + DOUBT_MS - 1)).toEqual([]);
      const looks = await Promise.all([1, 2, 3].map(() => claimDoubts(NOW + DOUBT_MS)));
      expect(looks.flat()).toMatchObject([{ id: row.id, nextTryAt: NOW + DOUBT_MS + 90_000 }]);
    });

    it('come again when whoever looked has died', async () => {
      await claimed();
      await claimDoubts(NOW + DOUBT_MS);
      expect(await claimDoubts(NOW + DOUBT_MS + 90_000)).toHaveLength(1);
    });

    it('are for all rows of a channel that were sent at about the same time, one channel at a time', async () => {
      for (const text of ['a', 'b', 'c']) await store.insertClaimed(draft(text, 'C1'), NOW, NOW + DOUBT_MS);
      await store.insertClaimed(draft('other', 'C2'), NOW, NOW + DOUBT_MS + 1);
      await store.insertClaimed(draft('much later', 'C1'), NOW + 5 * MINUTE, NOW + 6 * MINUTE);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE))).toEqual(['a', 'b', 'c']);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE + 1250))).toEqual(['other']);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE + 2500))).toEqual(['much later']);
    });

    it('keep the pace of the workspace, and its hold', async () => {
      await store.insertClaimed(draft('a', 'C1'), NOW, NOW + DOUBT_MS);
      await store.insertClaimed(draft('b', 'C2'), NOW, NOW + DOUBT_MS);
      expect(await claimDoubts(NOW + DOUBT_MS)).toHaveLength(1);
      expect(await claimDoubts(NOW + DOUBT_MS + 1249)).toEqual([]);
      await store.hold(historyLane('T1'), NOW + DOUBT_MS + MINUTE);
      expect(await claimDoubts(NOW + DOUBT_MS + MINUTE - 1)).toEqual([]);
      expect(await claimDoubts(NOW + DOUBT_MS + MINUTE)).toHaveLength(1);
    });

    it('are remembered in the row, until it is claimed anew', async () => {
      const row = await claimed();
      expect(await store.delayLook(row, NOW + 1, '5.000001')).toBe(true);
      expect(await store.find(row.id)).toMatchObject({ absentLooks: 0, historyReadTo: '5.000001' });
      expect(await store.lookedInVain(row, NOW + 2)).toBe(true);
      expect(await store.find(row.id)).toMatchObject({
        absentLooks: 1,
        historyReadTo: null,
        nextTryAt: NOW + 2,
      });
      await store.markLater(row, NOW);
      expect(await claimDue(NOW + SECOND)).toMatchObject([{ attempts: 2, absentLooks: 0 }]);
    });
  });

  describe('an edit', () => {
    const LEASE = 15_000;
    const claimEdit = (id: string, at = NOW) => store.claimEdit(id, at, at + LEASE);
    const claimNext = (at = NOW) => store.claimNextEdit(at, at + LEASE);

    it('is claimed of a sent row that wants one, by one, and again when he has died', async () => {
      const { id } = await sent();
      expect(await claimEdit(id)).toBeUndefined();
      await store.bump([id]);
      const claims = await Promise.all([claimEdit(id), claimNext(), claimEdit(id)]);
      expect(claims.filter(Boolean)).toMatchObject([{ id, wanted: 1, shown: 0, nextTryAt: NOW + LEASE }]);
      expect(await claimEdit(id, NOW + LEASE - 1)).toBeUndefined();
      expect(await claimEdit(id, NOW + LEASE)).toBeDefined();
    });

    it('can be asked for of all that show a VDN in channels, the newest first', async () => {
      const ids = { seven: randomUUID(), eight: randomUUID() };
      await knex('lists').insert(
        [7, 8].map((vdn) => ({
          id: vdn === 7 ? ids.seven : ids.eight,
          team_id: 'T1',
          vdn,
          created_at: NOW,
          data: '{}',
          row_count: 0,
        })),
      );
      const showing = (channelId: string, listId: string) => ({ ...draft('one', channelId), listId });
      const old = await sent(showing('C0', ids.seven), NOW - 10);
      const one = await sent(showing('C1', ids.seven));
      const two = await sent(showing('C2', ids.seven));
      await sent(showing('C3', ids.eight));
      await sent(showing('U1', ids.seven));
      await sent(draft('none', 'C4'));
      await store.keep(showing('C5', ids.seven), NOW);

      const found = (fromAt: number, limit = 9) => store.showing('T1', 7, fromAt, limit);
      expect(await found(NOW)).toEqual([
        { id: two.id, channelId: 'C2' },
        { id: one.id, channelId: 'C1' },
      ]);
      expect((await found(0)).map(({ id }) => id)).toEqual([two.id, one.id, old.id]);
      expect(await found(0, 1)).toHaveLength(1);
      expect(await store.showing('T2', 7, 0, 9)).toEqual([]);
    });

    it('is not claimed of a row that is not there yet, nor of a private one', async () => {
      const one = draft('one', 'C1');
      const two = draft('two', 'C2');
      await insert([one]);
      await store.keep(two, NOW);
      await store.bump([one.id, two.id]);
      expect(await claimEdit(one.id)).toBeUndefined();
      expect(await claimEdit(two.id)).toBeUndefined();
      expect(await claimNext()).toBeUndefined();
    });

    it('shows what was read, and is due again at once when more was wanted meanwhile', async () => {
      const { id } = await sent();
      await store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      await store.revise(id, { page: 3 });
      expect(await store.markShown(edit)).toBe(true);
      expect(await store.find(id)).toMatchObject({ page: 3, wanted: 2, shown: 1 });
      expect(await claimEdit(id)).toMatchObject({ wanted: 2 });
    });

    it('of one who slept through his claim changes nothing', async () => {
      const { id } = await sent();
      await store.bump([id]);
      const slept = (await claimEdit(id)) as OutboxRow;
      await store.bump([id]);
      const other = (await claimEdit(id, NOW + LEASE)) as OutboxRow;
      expect(await store.markShown(slept)).toBe(false);
      expect(await store.delayEdit(slept, NOW)).toBe(false);
      expect(await store.shrinkEdit(slept, 1)).toBe(false);
      expect(await store.markGone(slept, 'message_not_found')).toBe(false);
      expect(await store.find(id)).toEqual(other);
    });

    it('never lets what is shown go back', async () => {
      const { id } = await sent();
      await store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      await store.markShown({ ...edit, wanted: 2 });
      await store.bump([id, id]);
      await store.bump([id]);
      const later = (await claimEdit(id)) as OutboxRow;
      await store.markShown({ ...later, wanted: 1 });
      expect(await store.find(id)).toMatchObject({ shown: 2 });
    });

    it('can be delayed, made smaller, or end with its message', async () => {
      const { id } = await sent();
      await store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      expect(await store.shrinkEdit(edit, 2)).toBe(true);
      expect(await store.delayEdit(edit, NOW + MINUTE, { unrendered: 1 })).toBe(true);
      expect(await claimEdit(id, NOW + MINUTE - 1)).toBeUndefined();
      const again = (await claimEdit(id, NOW + MINUTE)) as OutboxRow;
      expect(again).toMatchObject({ shrunk: 2, unrendered: 1 });
      expect(await store.markGone(again, 'message_not_found')).toBe(true);
      expect(await store.find(id)).toMatchObject({ state: 'failed', error: 'message_not_found' });
    });

    /** So many messages, each in a channel of its own, that want an edit. */
    const wanting = async (count: number) => {
      const drafts = await insert(Array.from({ length: count }, (_, i) => draft(`m${i}`, `C${i}`)));
      for (const { id, channelId } of drafts) await store.markSent(id, { channelId, ts: '1.0' });
      await store.bump(drafts.map(({ id }) => id));
      return drafts.map(({ id }) => id);
    };

    it('that nobody waits for keeps the pace: at most 30 in any minute', async () => {
      await wanting(40);
      const times: number[] = [];
      for (let at = NOW; at < NOW + 75 * SECOND; at += 1250) {
        while (await store.claimNextEdit(at, NOW + 10 * MINUTE)) times.push(at);
      }
      expect(times.filter((at) => at === NOW)).toHaveLength(6);
      expect(times.length).toBeGreaterThan(30);
      for (const from of times) {
        expect(times.filter((at) => at >= from && at < from + MINUTE).length).toBeLessThanOrEqual(30);
      }
    });

    it('that somebody waits for needs no turn, but none goes while Slack says not now', async () => {
      const ids = await wanting(8);
      for (let i = 0; i < 6; i++) expect(await claimNext()).toBeDefined();
      expect(await claimNext()).toBeUndefined();
      const waiting = (await Promise.all(ids.map((id) => store.find(id)))).filter(
        (row) => (row?.nextTryAt ?? 0) <= NOW,
      );
      expect(waiting).toHaveLength(2);
      expect(await claimEdit(waiting[0]?.id ?? '')).toBeDefined();
      await store.hold(editsLane('T1'), NOW + MINUTE);
      expect(await claimEdit(waiting[1]?.id ?? '', NOW + MINUTE - 1)).toBeUndefined();
      expect(await claimEdit(waiting[1]?.id ?? '', NOW + MINUTE)).toBeDefined();
    });
  });

  describe('a private answer', () => {
    const MANY = 10;

    it('is owed until it is told, and is never posted meanwhile', async () => {
      const one = draft('one');
      await store.owe(one, NOW);
      expect(await claimDue(NOW + MINUTE)).toEqual([]);
      expect(texts(await store.owedBefore(NOW, MANY))).toEqual(['one']);
      expect(await store.owedBefore(NOW - 1, MANY)).toEqual([]);
      expect(await store.markTold(one.id)).toBe(true);
      expect(await store.find(one.id)).toMatchObject({ state: 'private' });
      expect(await store.owedBefore(NOW, MANY)).toEqual([]);
      expect(await store.markTold(one.id)).toBe(false);
    });

    it('that nobody told is posted to its asker directly, once, unless it has moved on', async () => {
      const one = draft('one', 'C1', { threadTs: '1764000000.000100' });
      await store.owe(one, NOW);
      const [row] = (await store.owedBefore(NOW, MANY)) as [OutboxRow];
      await store.revise(one.id, { data: { text: 'answered' } });
      expect(await store.tellDirectly(row, 'U1', { text: 'lost' })).toBe(false);
      const [moved] = (await store.owedBefore(NOW, MANY)) as [OutboxRow];
      const tell = () => store.tellDirectly(moved, 'U1', { text: 'lost' });
      expect((await Promise.all([tell(), tell()])).toSorted()).toEqual([false, true]);
      expect(await claimDue()).toMatchObject([{ channelId: 'U1', threadTs: null, data: { text: 'lost' } }]);
      expect(await store.markTold(one.id)).toBe(false);
    });

    it('is forgotten with the others', async () => {
      await store.owe(draft('one'), NOW - 1);
      await store.owe(draft('two'), NOW);
      expect(await store.removeOlderThan(NOW)).toBe(1);
    });
  });

  describe('a message whose answer was lost', () => {
    it('counts how often in a row, and since when', async () => {
      const first = await claimed();
      expect(await store.noteLost(first, 'internal_error', NOW)).toBe(true);
      await store.markLater(first, NOW);
      const [again] = (await claimDue(NOW + SECOND)) as [OutboxRow];
      expect(await store.noteLost(first, 'late', NOW + SECOND)).toBe(false);
      await store.noteLost(again, 'fatal_error', NOW + SECOND);
      expect(await store.find(first.id)).toMatchObject({ lost: 2, lostSince: NOW, error: 'fatal_error' });
      await store.markSent(first.id, { channelId: 'C1', ts: '1.0' });
      expect(await store.find(first.id)).toMatchObject({ lost: 0, lostSince: null, error: null });
    });

    it('four times holds up its own subscription, and no others of its channel', async () => {
      const of = (text: string, subscriptionId?: number) =>
        draft(text, 'C1', subscriptionId === undefined ? {} : { subscriptionId });
      await insert([of('lost', 1), of('its own', 1), of('another', 2), of('of none')]);
      let at = NOW;
      for (const lost of [1, 2, 3, 4]) {
        const [row] = (await claimDue(at)) as [OutboxRow];
        expect(texts([row])).toEqual(['lost']);
        await store.noteLost(row, 'internal_error', at);
        at += MINUTE;
        if (lost < 4) expect(await claimDue(at)).toEqual([]);
        await store.markLater(row, lost < 4 ? at : at + MINUTE);
      }
      for (const text of ['another', 'of none']) {
        const [row] = (await claimDue(at)) as [OutboxRow];
        expect(texts([row])).toEqual([text]);
        await store.markSent(row.id, { channelId: 'C1', ts: `${at}.0` });
        at += SECOND;
      }
      expect(await claimDue(at)).toEqual([]);
    });
  });

  it('gives a channel one turn where a message that steps aside is due with one that passes it', async () => {
    await insert([
      draft('lost', 'C1', { subscriptionId: 1 }),
      draft('another', 'C1', { subscriptionId: 2 }),
      draft('elsewhere', 'C2', {}),
    ]);
    let at = NOW;
    for (const _ of [1, 2, 3, 4]) {
      const [row, other] = (await claimDue(at)) as [OutboxRow, OutboxRow | undefined];
      expect(texts([row])).toEqual(['lost']);
      if (other) await store.markSent(other.id, { channelId: 'C2', ts: '1.0' });
      await store.noteLost(row, 'internal_error', at);
      at += MINUTE;
      await store.markLater(row, at);
    }
    expect(texts(await claimDue(at))).toEqual(['lost']);
    expect(texts(await claimDue(at + MINUTE))).toEqual(['another']);
  });

  describe('a revision', () => {
    it('changes what it names, and asks for an edit', async () => {
      const { id, data } = await sent();
      const listId = crypto.randomUUID();
      expect(await store.revise(id, { listId })).toMatchObject({ data, listId, page: 0, wanted: 1 });
      expect(await store.revise(id, { data: { text: 'new' }, page: 1 })).toMatchObject({
        data: { text: 'new' },
        listId,
        page: 1,
        wanted: 2,
      });
    });

    it('that is made only unless something has moved gives way to any other', async () => {
      const { id } = await sent();
      expect(await store.revise(id, { page: 1 }, 0)).toMatchObject({ page: 1, wanted: 1 });
      expect(await store.revise(id, { page: 2 }, 0)).toBeUndefined();
      expect(await store.find(id)).toMatchObject({ page: 1, wanted: 1 });
    });
  });
}
