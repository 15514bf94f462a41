import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerKeys } from '../../src/calls/caller-keys.ts';
import { createAuditStore } from '../../src/storage/audit-store.ts';
import { createErasureStore } from '../../src/storage/erasure-store.ts';
import { createOldFiguresStore } from '../../src/storage/old-figures-store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { madeUpCall, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

const HOUR = 60 * 60_000;
const GREEN = 'tel:+442079460101';
const BLACK = 'tel:+442079460102';
const BY = { actorId: 'U0ADMIN', now: NOON };

/** What erasing a caller promises on every database. */
export function erasureContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let desk: CallbackDesk;

  beforeEach(async () => {
    knex = await openDatabase();
    desk = callbackDesk(knex);
    await desk.vdns.seed(TEAM, [{ number: VDN, name: null, timeZone: 'Asia/Shanghai', country: 'GB' }]);
  });
  afterEach(() => knex.destroy());

  const green = { teamId: TEAM, vdn: VDN, keys: callerKeys('020 7946 0101', 'GB') };
  const erase = (caller = green) => createErasureStore(knex).erase(caller, BY);

  /** Every text of the database but the audit's. */
  async function allThatIsKept(): Promise<string> {
    const tables = ['missed_calls', 'callbacks', 'callback_events', 'lists', 'list_rows', 'outbox', 'audit'];
    const rows = await Promise.all(tables.map((table) => knex(table)));
    return JSON.stringify(rows);
  }

  describe('erasing a caller', () => {
    it('leaves nothing by which the caller could be known, and all that is of others', async () => {
      await desk.arrive(
        { callerKey: GREEN, callerNo: '02079460101' },
        { callerKey: GREEN, callerNo: '+442079460101' },
        { callerKey: BLACK, callerNo: '02079460102' },
      );
      await desk.attach();
      const [id = 0, , other] = await desk.callbackIds();
      await desk.act('ana', 'claim', id ?? 0);
      await desk.act(
        'ana',
        { action: 'attempt', outcome: 'no-answer', note: 'Mr Green', dueAt: NOON },
        id ?? 0,
      );
      await desk.arrive({ callerKey: GREEN, callerNo: '02079460101', callEndAt: NOON });
      await desk.attach();
      const list = await desk.list();
      expect(await allThatIsKept()).toMatch(/946 ?0101/);

      expect(await createErasureStore(knex).count(green)).toEqual({ calls: 3, callbacks: 1 });
      expect(await erase()).toEqual({ calls: 3, callbacks: 1 });

      expect(await allThatIsKept()).not.toMatch(/946 ?0101|Mr Green/);
      expect(await desk.callbackIds()).toEqual([other]);
      const { rows, list: kept, stillOpen } = await desk.page(list.id);
      expect(rows.map(({ caller }) => caller.e164)).toEqual(['+442079460102']);
      // What the message said of how many there were still stands.
      expect(kept.figures).toEqual(list.figures);
      expect(stillOpen).toBe(1);
      expect(await createErasureStore(knex).count(green)).toEqual({ calls: 0, callbacks: 0 });
    });

    it('is not undone by a sync that brings the same calls again', async () => {
      const calls = [madeUpCall({ callerKey: GREEN }), madeUpCall({ callerKey: BLACK })];
      await desk.calls.insertNew(TEAM, VDN, calls);
      await erase();
      expect(await desk.calls.insertNew(TEAM, VDN, calls)).toBe(0);
      expect((await desk.stored()).map(({ callerKey }) => callerKey)).toEqual([BLACK]);
    });

    it('wants every message in Slack edited that has shown the caller, and no other', async () => {
      await desk.arrive({ callerKey: GREEN });
      await desk.attach();
      const shown = await desk.list();
      await desk.arrive({ callerKey: BLACK });
      await desk.attach();
      const other = await desk.list({}, { afterSeq: 1 });
      const outbox = createOutboxStore(knex);
      const posted = async (listId: string) => {
        const draft = { id: randomUUID(), teamId: TEAM, channelId: 'C1', kind: 'digest', data: {}, listId };
        const row = await outbox.insertClaimed(draft, NOON, NOON);
        await outbox.markSent(row.id, { channelId: 'C1', ts: `${row.id}` });
        return draft.id;
      };
      const [one, another] = [await posted(shown.id), await posted(other.id)];
      await erase();
      expect((await outbox.find(one))?.wanted).toBe(1);
      expect((await outbox.find(another))?.wanted).toBe(0);
    });

    it('forgets that somebody asked for the number', async () => {
      await desk.arrive({ callerKey: GREEN, callerNo: '02079460101' });
      await desk.attach();
      const list = await desk.list({ caller: '02079460101' });
      const data = { vdn: { number: VDN, name: null }, asked: `vdn ${VDN} caller 02079460101` };
      const draft = {
        id: randomUUID(),
        teamId: TEAM,
        channelId: 'C1',
        kind: 'answer',
        data,
        listId: list.id,
      };
      await createOutboxStore(knex).insert([draft], NOON);
      await erase();
      expect(await allThatIsKept()).not.toContain('0101');
    });

    it('keeps the figures of the days, by the clock of the VDN', async () => {
      const late = Date.UTC(2026, 10, 22, 20);
      await desk.arrive({ callerKey: GREEN, waitBeginAt: late, callEndAt: late + 20_000 });
      await erase();
      const [figures, ...others] = await knex('daily_figures').select('day', 'calls', 'longest_wait_ms');
      expect(others).toEqual([]);
      expect({
        day: figures.day,
        calls: Number(figures.calls),
        wait: Number(figures.longest_wait_ms),
      }).toEqual({
        day: '2026-11-23',
        calls: 1,
        wait: 20_000,
      });
    });

    it('is written down: who, when, where and how much, and not whom', async () => {
      await desk.arrive({ callerKey: GREEN });
      await erase();
      await erase();
      const range = { fromAt: 0, toAt: NOON + 1, afterId: 0, limit: 9 };
      const entries = await createAuditStore(knex).read(TEAM, range);
      expect(entries).toMatchObject([
        { at: NOON, actorId: 'U0ADMIN', action: 'erase', vdn: VDN, detail: { calls: 1, callbacks: 0 } },
      ]);
    });

    it('touches nobody of the same number in another VDN or workspace', async () => {
      await desk.arrive({ callerKey: GREEN }, { callerKey: GREEN, vdn: 160 });
      await desk.attach();
      await desk.attach('digest', 160);
      await erase();
      await erase({ ...green, teamId: 'T2', vdn: 160 });
      expect(await desk.stored(160)).toHaveLength(1);
      expect(await createErasureStore(knex).vdns(TEAM)).toEqual([160]);
    });
  });

  describe('what calls leave behind when they are removed', () => {
    it('is how many there were on each day, whatever the batches', async () => {
      const day = (n: number) => Date.UTC(2026, 10, 20 + n, 1);
      await desk.arrive(
        ...[0, 0, 1].map((n) => ({ callerKey: GREEN, waitBeginAt: day(n), callEndAt: day(n) + 10_000 })),
        { callerKey: null, waitBeginAt: day(1), callEndAt: day(1) + 30_000 },
      );
      expect(await desk.calls.removeEndedBefore(day(1))).toBe(2);
      expect(await desk.calls.removeEndedBefore(day(2))).toBe(2);
      expect(await desk.calls.removeEndedBefore(day(2))).toBe(0);
      // In Shanghai it is nine in the morning; a part of a day counts as the day.
      const figures = createOldFiguresStore(knex);
      await desk.arrive({ callerKey: BLACK, waitBeginAt: day(1) + 60_000, callEndAt: day(2) });
      const ofDays = (fromAt: number, toAt: number) => figures.ofDays(TEAM, VDN, { fromAt, toAt });
      expect(await ofDays(day(0), day(0) + 1)).toEqual({
        fromDay: '2026-11-20',
        toDay: '2026-11-20',
        calls: 2,
      });
      expect((await ofDays(day(0) + 60_000, day(1) - 9 * HOUR)).calls).toBe(2);
      expect((await ofDays(day(0), day(1))).calls).toBe(5);
      expect((await ofDays(day(2), day(3))).calls).toBe(0);
      const rows = await knex('daily_figures').orderBy('day');
      expect(
        rows.map((row) => [
          row.day,
          ...['calls', 'without_number', 'longest_wait_ms', 'total_wait_ms'].map((name) => Number(row[name])),
        ]),
      ).toEqual([
        ['2026-11-20', 2, 0, 10_000, 20_000],
        ['2026-11-21', 2, 1, 30_000, 40_000],
      ]);
    });
  });
}
