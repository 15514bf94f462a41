import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { editsLane, historyLane } from '../../src/outbox/lanes.ts';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { DOUBT_MS, MINUTE, NOW, outboxRows, SECOND, texts } from './outbox-rows.ts';

/** Messages that are there, or may be: looks and edits, on every database. `openDatabase`: a new one, migrated. */
export function outboxEditsContract(openDatabase: () => Promise<Knex>): void {
  const desk = outboxRows(openDatabase);
  const { insert, claimDue, claimed, sent } = desk;

  describe('looks for rows in doubt', () => {
    const claimDoubts = (at: number) => desk.store.claimDoubts(at, at + 90_000, 2 * MINUTE);

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
      for (const text of ['a', 'b', 'c'])
        await desk.store.insertClaimed(draft(text, 'C1'), NOW, NOW + DOUBT_MS);
      await desk.store.insertClaimed(draft('other', 'C2'), NOW, NOW + DOUBT_MS + 1);
      await desk.store.insertClaimed(draft('much later', 'C1'), NOW + 5 * MINUTE, NOW + 6 * MINUTE);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE))).toEqual(['a', 'b', 'c']);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE + 1250))).toEqual(['other']);
      expect(texts(await claimDoubts(NOW + 6 * MINUTE + 2500))).toEqual(['much later']);
    });

    it('keep the pace of the workspace, and its hold', async () => {
      await desk.store.insertClaimed(draft('a', 'C1'), NOW, NOW + DOUBT_MS);
      await desk.store.insertClaimed(draft('b', 'C2'), NOW, NOW + DOUBT_MS);
      expect(await claimDoubts(NOW + DOUBT_MS)).toHaveLength(1);
      expect(await claimDoubts(NOW + DOUBT_MS + 1249)).toEqual([]);
      await desk.store.hold(historyLane('T1'), NOW + DOUBT_MS + MINUTE);
      expect(await claimDoubts(NOW + DOUBT_MS + MINUTE - 1)).toEqual([]);
      expect(await claimDoubts(NOW + DOUBT_MS + MINUTE)).toHaveLength(1);
    });

    it('are remembered in the row, until it is claimed anew', async () => {
      const row = await claimed();
      expect(await desk.store.delayLook(row, NOW + 1, '5.000001')).toBe(true);
      expect(await desk.store.find(row.id)).toMatchObject({ absentLooks: 0, historyReadTo: '5.000001' });
      expect(await desk.store.lookedInVain(row, NOW + 2)).toBe(true);
      expect(await desk.store.find(row.id)).toMatchObject({
        absentLooks: 1,
        historyReadTo: null,
        nextTryAt: NOW + 2,
      });
      await desk.store.markLater(row, NOW);
      expect(await claimDue(NOW + SECOND)).toMatchObject([{ attempts: 2, absentLooks: 0 }]);
    });
  });

  describe('an edit', () => {
    const LEASE = 15_000;
    const claimEdit = (id: string, at = NOW) => desk.store.claimEdit(id, at, at + LEASE);
    const claimNext = (at = NOW) => desk.store.claimNextEdit(at, at + LEASE);

    it('is claimed of a sent row that wants one, by one, and again when he has died', async () => {
      const { id } = await sent();
      expect(await claimEdit(id)).toBeUndefined();
      await desk.store.bump([id]);
      const claims = await Promise.all([claimEdit(id), claimNext(), claimEdit(id)]);
      expect(claims.filter(Boolean)).toMatchObject([{ id, wanted: 1, shown: 0, nextTryAt: NOW + LEASE }]);
      expect(await claimEdit(id, NOW + LEASE - 1)).toBeUndefined();
      expect(await claimEdit(id, NOW + LEASE)).toBeDefined();
    });

    it('can be asked for of all that show a VDN in channels, the newest first', async () => {
      const ids = { seven: randomUUID(), eight: randomUUID() };
      await desk.knex('lists').insert(
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
      await desk.store.keep(showing('C5', ids.seven), NOW);

      const found = (fromAt: number, limit = 9) => desk.store.showing('T1', 7, fromAt, limit);
      expect(await found(NOW)).toEqual([
        { id: two.id, channelId: 'C2' },
        { id: one.id, channelId: 'C1' },
      ]);
      expect((await found(0)).map(({ id }) => id)).toEqual([two.id, one.id, old.id]);
      expect(await found(0, 1)).toHaveLength(1);
      expect(await desk.store.showing('T2', 7, 0, 9)).toEqual([]);
    });

    it('is not claimed of a row that is not there yet, nor of a private one', async () => {
      const one = draft('one', 'C1');
      const two = draft('two', 'C2');
      await insert([one]);
      await desk.store.keep(two, NOW);
      await desk.store.bump([one.id, two.id]);
      expect(await claimEdit(one.id)).toBeUndefined();
      expect(await claimEdit(two.id)).toBeUndefined();
      expect(await claimNext()).toBeUndefined();
    });

    it('shows what was read, and is due again at once when more was wanted meanwhile', async () => {
      const { id } = await sent();
      await desk.store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      await desk.store.revise(id, { page: 3 });
      expect(await desk.store.markShown(edit)).toBe(true);
      expect(await desk.store.find(id)).toMatchObject({ page: 3, wanted: 2, shown: 1 });
      expect(await claimEdit(id)).toMatchObject({ wanted: 2 });
    });

    it('of one who slept through his claim changes nothing', async () => {
      const { id } = await sent();
      await desk.store.bump([id]);
      const slept = (await claimEdit(id)) as OutboxRow;
      await desk.store.bump([id]);
      const other = (await claimEdit(id, NOW + LEASE)) as OutboxRow;
      expect(await desk.store.markShown(slept)).toBe(false);
      expect(await desk.store.delayEdit(slept, NOW)).toBe(false);
      expect(await desk.store.shrinkEdit(slept, 1)).toBe(false);
      expect(await desk.store.markGone(slept, 'message_not_found')).toBe(false);
      expect(await desk.store.find(id)).toEqual(other);
    });

    it('never lets what is shown go back', async () => {
      const { id } = await sent();
      await desk.store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      await desk.store.markShown({ ...edit, wanted: 2 });
      await desk.store.bump([id, id]);
      await desk.store.bump([id]);
      const later = (await claimEdit(id)) as OutboxRow;
      await desk.store.markShown({ ...later, wanted: 1 });
      expect(await desk.store.find(id)).toMatchObject({ shown: 2 });
    });

    it('can be delayed, made smaller, or end with its message', async () => {
      const { id } = await sent();
      await desk.store.bump([id]);
      const edit = (await claimEdit(id)) as OutboxRow;
      expect(await desk.store.shrinkEdit(edit, 2)).toBe(true);
      expect(await desk.store.delayEdit(edit, NOW + MINUTE, { unrendered: 1 })).toBe(true);
      expect(await claimEdit(id, NOW + MINUTE - 1)).toBeUndefined();
      const again = (await claimEdit(id, NOW + MINUTE)) as OutboxRow;
      expect(again).toMatchObject({ shrunk: 2, unrendered: 1 });
      expect(await desk.store.markGone(again, 'message_not_found')).toBe(true);
      expect(await desk.store.find(id)).toMatchObject({ state: 'failed', error: 'message_not_found' });
    });

    /** So many messages, each in a channel of its own, that want an edit. */
    const wanting = async (count: number) => {
      const drafts = await insert(Array.from({ length: count }, (_, i) => draft(`m${i}`, `C${i}`)));
      for (const { id, channelId } of drafts) await desk.store.markSent(id, { channelId, ts: '1.0' });
      await desk.store.bump(drafts.map(({ id }) => id));
      return drafts.map(({ id }) => id);
    };

    it('that nobody waits for keeps the pace: at most 30 in any minute', async () => {
      await wanting(40);
      const times: number[] = [];
      for (let at = NOW; at < NOW + 75 * SECOND; at += 1250) {
        while (await desk.store.claimNextEdit(at, NOW + 10 * MINUTE)) times.push(at);
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
      const waiting = (await Promise.all(ids.map((id) => desk.store.find(id)))).filter(
        (row) => (row?.nextTryAt ?? 0) <= NOW,
      );
      expect(waiting).toHaveLength(2);
      expect(await claimEdit(waiting[0]?.id ?? '')).toBeDefined();
      await desk.store.hold(editsLane('T1'), NOW + MINUTE);
      expect(await claimEdit(waiting[1]?.id ?? '', NOW + MINUTE - 1)).toBeUndefined();
      expect(await claimEdit(waiting[1]?.id ?? '', NOW + MINUTE)).toBeDefined();
    });
  });
}
