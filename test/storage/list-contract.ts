import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListPage } from '../../src/callbacks/list-page.ts';
import type { StoredCall } from '../../src/calls/missed-call.ts';
import { DAY, HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

/** What lists promise on every database. `openDatabase`: a new one, migrated. */
export function listContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
  });
  afterEach(() => desk.knex.destroy());

  /** Calls arrive and are attached. */
  const arrive = async (...told: Partial<StoredCall>[]) => {
    await desk.arrive(...told);
    await desk.attach();
  };
  const keysOf = ({ rows }: ListPage) => rows.map(({ figures }) => figures.callerKey);
  const idOf = async (callerKey: string) => {
    const call = (await desk.stored()).findLast((one) => one.callerKey === callerKey);
    return call?.callbackId ?? 0;
  };
  const caller = (n: number, minutes: number, told: Partial<StoredCall> = {}): Partial<StoredCall> => ({
    callerKey: `num:55501${String(n).padStart(2, '0')}`,
    waitBeginAt: NOON - 2 * HOUR + minutes * MINUTE,
    ...told,
  });

  describe('a list', () => {
    it('has one row a caller, with the figures of the whole', async () => {
      await arrive(caller(1, 0), caller(2, 1), caller(1, 2), { callerKey: null }, { callerKey: null });
      const list = await desk.list();
      expect(list).toMatchObject({
        teamId: TEAM,
        vdn: VDN,
        createdAt: NOON,
        rowCount: 3,
        figures: { calls: 5, callers: 2, withoutNumber: 2, longestWaitMs: 10_000, medianWaitMs: 10_000 },
      });
      const page = await desk.page(list.id);
      expect(page.list).toEqual(list);
      expect(page).toMatchObject({ page: 0, pages: 1, stillOpen: 2 });
      expect(page.rows.map(({ figures }) => figures.calls)).toEqual([2, 1, 2]);
    });

    it('puts open callers first, then claimed, then done, then those nobody can call back; the oldest call first', async () => {
      await arrive(
        caller(1, 9),
        caller(2, 8),
        caller(3, 7),
        caller(4, 6),
        caller(5, 5),
        caller(6, 4),
        { callerKey: null, waitBeginAt: NOON - 30 * DAY },
        caller(7, 0, { waitBeginAt: NOON - 20 * DAY }),
        caller(8, 0, { waitBeginAt: NOON - 21 * DAY }),
      );
      for (const n of [5, 6, 3, 4]) await desk.act('ana', 'claim', await idOf(`num:555010${n}`));
      for (const n of [5, 6]) await desk.act('ana', 'done', await idOf(`num:555010${n}`));
      const page = await desk.page((await desk.list()).id);
      expect(keysOf(page)).toEqual([
        'num:5550102',
        'num:5550101',
        'num:5550104',
        'num:5550103',
        'num:5550106',
        'num:5550105',
        'num:5550108',
        'num:5550107',
        null,
      ]);
      expect(page.rows.map(({ callback }) => callback?.state ?? null)).toEqual([
        'open',
        'open',
        'claimed',
        'claimed',
        'done',
        'done',
        null,
        null,
        null,
      ]);
      expect(page.rows.map(({ unclaimable }) => unclaimable).slice(-3)).toEqual([
        'too-old',
        'too-old',
        'no-number',
      ]);
      expect(page.stillOpen).toBe(2);
    });

    it("orders by the oldest of a caller's calls, not by the latest", async () => {
      await arrive(caller(1, 1), caller(2, 0), caller(2, 5));
      expect(keysOf(await desk.page((await desk.list()).id))).toEqual(['num:5550102', 'num:5550101']);
    });

    it('puts who called most often first where that was asked, of those whose callback is in the same state', async () => {
      await arrive(
        caller(1, 9),
        caller(2, 5),
        caller(2, 4),
        caller(3, 7),
        caller(4, 3),
        caller(4, 2),
        caller(4, 1),
      );
      await desk.act('ana', 'claim', await idOf('num:5550104'));
      expect(keysOf(await desk.page((await desk.list({ order: 'repeat-first' })).id))).toEqual([
        'num:5550102',
        'num:5550103',
        'num:5550101',
        'num:5550104',
      ]);
    });

    it("shows callers in the way of the VDN's country, and nothing of those without a number", async () => {
      await desk.vdns.seed(TEAM, [{ number: VDN, name: null, timeZone: null, country: 'US' }]);
      await arrive({ callerNo: '2015550123', callerKey: 'tel:+12015550123' }, { callerKey: null });
      const { rows } = await desk.page((await desk.list()).id);
      expect(rows.map(({ caller }) => caller)).toEqual([
        { kind: 'phone', text: '+1 201 555 0123', e164: '+12015550123' },
        { kind: 'withheld', text: '', e164: null },
      ]);
    });

    it('is one empty page where there are no calls', async () => {
      const list = await desk.list();
      expect(list.rowCount).toBe(0);
      expect(await desk.page(list.id)).toMatchObject({
        page: 0,
        pages: 1,
        rows: [],
        stillOpen: 0,
        anyClaimable: false,
      });
    });

    it('is no more once it is deleted', async () => {
      await arrive({});
      const list = await desk.list();
      await desk.lists.delete(list.id);
      expect(await desk.lists.page(list.id, 0)).toBeUndefined();
      expect(await desk.knex('list_rows')).toEqual([]);
    });

    it('is forgotten when it is older than the retention', async () => {
      await arrive({});
      const old = await desk.list();
      desk.clock.time = NOON + DAY;
      const young = await desk.list();
      expect(await desk.listStore.removeOlderThan(NOON + DAY)).toBe(1);
      expect(await desk.lists.page(old.id, 0)).toBeUndefined();
      expect(keysOf(await desk.page(young.id))).toHaveLength(1);
    });
  });

  describe('what a list leaves out', () => {
    it('is what lies outside its window', async () => {
      await arrive(caller(1, 0), caller(2, 1), caller(3, 2), caller(4, 3));
      const times = { waitFromAt: NOON - 2 * HOUR + MINUTE, waitToAt: NOON - 2 * HOUR + 3 * MINUTE };
      const asked = await desk.list({}, times);
      expect(keysOf(await desk.page(asked.id))).toEqual(['num:5550102', 'num:5550103']);

      const [first] = await desk.stored();
      const told = await desk.list(
        {},
        { afterSeq: first?.seq ?? 0, endFromAt: NOON - 2 * HOUR + 2 * MINUTE },
      );
      expect(keysOf(await desk.page(told.id))).toEqual(['num:5550103', 'num:5550104']);
    });

    it('is what its filter does not let through, on every page and in the figures', async () => {
      await arrive(
        caller(1, 0, { calleeNo: '5550191' }),
        caller(1, 1, { calleeNo: '5550192' }),
        caller(2, 2, { calleeNo: '5550192' }),
      );
      const list = await desk.list({ callee: '5550191' });
      expect(list).toMatchObject({ rowCount: 1, figures: { calls: 1, callers: 1 } });
      const { rows } = await desk.page(list.id);
      expect(rows).toMatchObject([{ figures: { calls: 1, calleeNos: ['5550191'] } }]);
    });

    it.each([
      ['open', 'num:5550101'],
      ['claimed', 'num:5550102'],
      ['done', 'num:5550103'],
    ] as const)('is every caller who is not %s, where it is asked for those', async (state, callerKey) => {
      await arrive(
        caller(1, 0),
        caller(2, 1),
        caller(3, 2),
        { callerKey: null },
        { callEndAt: NOON - 9 * DAY },
      );
      await desk.act('ana', 'claim', await idOf('num:5550102'));
      await desk.act('ana', 'claim', await idOf('num:5550103'));
      await desk.act('ana', 'done', await idOf('num:5550103'));
      const list = await desk.list({ state });
      expect(list).toMatchObject({ rowCount: 1, figures: { calls: 1, callers: 1, withoutNumber: 0 } });
      expect(keysOf(await desk.page(list.id))).toEqual([callerKey]);
    });
  });

  describe('a page, read later', () => {
    it('shows callbacks as they stand, in the order in which they stood', async () => {
      await arrive(caller(1, 0), caller(2, 1));
      const list = await desk.list();
      await desk.act('ana', 'claim', await idOf('num:5550101'));
      const page = await desk.page(list.id);
      expect(keysOf(page)).toEqual(['num:5550101', 'num:5550102']);
      expect(page.rows[0]?.callback).toMatchObject({ state: 'claimed', ownerId: 'ana' });
      expect(page).toMatchObject({ stillOpen: 1, anyClaimable: true });
      expect(page.list.figures).toEqual(list.figures);
    });

    it('keeps a caller whose state no longer is the one that was asked for', async () => {
      await arrive(caller(1, 0));
      const list = await desk.list({ state: 'open' });
      await desk.act('ana', 'claim', await idOf('num:5550101'));
      expect((await desk.page(list.id)).rows).toMatchObject([{ callback: { state: 'claimed' } }]);
    });

    it('leaves its figures as they were and counts what came since apart', async () => {
      await arrive(caller(1, 0), caller(2, 1));
      const list = await desk.list();
      await arrive(caller(1, 3), caller(1, 4), caller(3, 5), { callerKey: null });
      const { rows } = await desk.page(list.id);
      expect(rows.map(({ figures, laterCalls }) => [figures.calls, laterCalls])).toEqual([
        [1, 2],
        [1, 0],
      ]);
    });

    it('counts no call as later that was there before, whenever it was', async () => {
      await arrive(caller(1, 0), caller(1, 60));
      const list = await desk.list({}, { waitToAt: NOON - 2 * HOUR + MINUTE });
      expect((await desk.page(list.id)).rows).toMatchObject([{ figures: { calls: 1 }, laterCalls: 0 }]);
    });

    it('follows a callback into the one that it was merged into', async () => {
      await arrive(caller(1, 0));
      const old = await idOf('num:5550101');
      const list = await desk.list();
      await desk.act('ana', 'claim', old);
      await desk.act('ana', 'done', old);
      desk.clock.time = NOON + 2 * HOUR;
      await arrive(caller(1, 180));
      const newer = await idOf('num:5550101');
      expect((await desk.page(list.id)).rows).toMatchObject([
        { callback: { id: old, state: 'done' }, laterCalls: 0 },
      ]);
      await desk.act('ana', 'undo', old);
      const page = await desk.page(list.id);
      expect(page.rows).toMatchObject([{ callback: { id: newer, state: 'open' }, laterCalls: 1 }]);
      expect(page.stillOpen).toBe(1);
    });

    it("offers of a caller's callbacks the one that is not done", async () => {
      await arrive(caller(1, 0));
      const old = await idOf('num:5550101');
      await desk.act('ana', 'claim', old);
      await desk.act('ana', 'done', old);
      desk.clock.time = NOON + 2 * HOUR;
      await arrive(caller(1, 180));
      await arrive(caller(1, 1));
      const { rows } = await desk.page((await desk.list()).id);
      expect(rows).toMatchObject([{ callback: { state: 'open' }, figures: { calls: 3 } }]);
    });

    it('leaves out a caller of whom nothing is kept any more; the others stay', async () => {
      await arrive(caller(1, 0, { waitBeginAt: NOON - 6 * DAY }), caller(2, 1));
      const list = await desk.list();
      await desk.calls.removeEndedBefore(NOON - DAY);
      expect(keysOf(await desk.page(list.id))).toEqual(['num:5550102']);
    });
  });

  describe('pages', () => {
    it('hold ten callers each, in the order of the list', async () => {
      await arrive(...Array.from({ length: 23 }, (_, n) => caller(n, n)));
      const { id } = await desk.list();
      const pages = [await desk.page(id, 0), await desk.page(id, 1), await desk.page(id, 2)];
      expect(pages.map(({ page, pages: of, rows }) => [page, of, rows.length])).toEqual([
        [0, 3, 10],
        [1, 3, 10],
        [2, 3, 3],
      ]);
      expect(new Set(pages.flatMap(keysOf)).size).toBe(23);
      expect(pages.map(({ stillOpen }) => stillOpen)).toEqual([23, 23, 23]);
    });

    it.each([
      [7, 1],
      [-1, 0],
      [Number.NaN, 0],
      [Number.POSITIVE_INFINITY, 1],
      [0.9, 0],
    ])('that do not exist (%d) are the nearest that do', async (wanted, found) => {
      await arrive(...Array.from({ length: 11 }, (_, n) => caller(n, n)));
      const { id } = await desk.list();
      expect((await desk.page(id, wanted)).page).toBe(found);
    });

    it('of a list that is not there are not there', async () => {
      expect(await desk.lists.page('00000000-0000-4000-8000-000000000000', 0)).toBeUndefined();
      expect(await desk.lists.page('of-an-older-version', 0)).toBeUndefined();
    });

    it("of 12,000 callers read only their own callers' calls", async () => {
      await desk.arrive(
        ...Array.from({ length: 12_000 }, (_, n) => ({
          callerKey: `social:2:${n}`,
          callEndAt: NOON - DAY + n * 1000,
        })),
      );
      await desk.attach();
      const list = await desk.list();
      expect(list.rowCount).toBe(12_000);
      const page = await desk.page(list.id, 600);
      expect(page).toMatchObject({ pages: 1_200, stillOpen: 12_000 });
      expect(keysOf(page)[0]).toBe('social:2:6000');
      expect(await desk.listStore.callsOf(list, keysOf(page))).toHaveLength(10);
      // However it is bounded: it is read, and written, in several stretches.
      for (const window of [{ afterSeq: 1 }, { waitFromAt: 0 }, { endFromAt: 0 }]) {
        const rowCount = 12_000 - (window.afterSeq ?? 0);
        const bounded = await desk.list({}, window);
        expect(bounded).toMatchObject({ rowCount, figures: { calls: rowCount, callers: rowCount } });
        expect(await desk.page(bounded.id)).toMatchObject({ stillOpen: rowCount });
      }
    });
  });
}
