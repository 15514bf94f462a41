import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallWindow } from '../../src/calls/call-list.ts';
import type { CallStore } from '../../src/calls/call-store.ts';
import type { MissedCall } from '../../src/calls/missed-call.ts';
import { createCallStore } from '../../src/storage/calls-store.ts';
import { createErasureStore } from '../../src/storage/erasure-store.ts';

export const NINE = Date.UTC(2026, 10, 23, 9);
const MINUTE_MS = 60_000;
export const ALL: CallWindow = {
  afterSeq: 0,
  uptoSeq: Number.MAX_SAFE_INTEGER,
  waitFromAt: null,
  waitToAt: null,
  endFromAt: null,
};

/** A call that began to wait so many minutes after nine, for 20 seconds. */
export function call(id: string, minutes = 0, over: Partial<MissedCall> = {}): MissedCall {
  const waitBeginAt = NINE + minutes * MINUTE_MS;
  const raw = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return {
    vdn: 159,
    callId: id,
    callerNo: '13800138000',
    calleeNo: '31045665',
    waitBeginRaw: raw(waitBeginAt),
    callEndRaw: raw(waitBeginAt + 20_000),
    waitBeginAt,
    callEndAt: waitBeginAt + 20_000,
    mediaType: 5,
    subMediaType: null,
    callerKey: 'num:13800138000',
    ...over,
  };
}

/** What the record of calls promises on every database. `openDatabase`: a new one, migrated. */
export function callsContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let calls: CallStore;

  beforeEach(async () => {
    knex = await openDatabase();
    calls = createCallStore(knex);
  });
  afterEach(() => knex.destroy());

  const erase = (key: string) =>
    createErasureStore(knex).erase({ teamId: 'T1', vdn: 159, keys: [key] }, { actorId: 'U1', now: NINE });
  const ids = async (window: Partial<CallWindow> = {}, vdn = 159) =>
    (await calls.inWindow('T1', vdn, { ...ALL, ...window })).map(({ callId }) => callId);

  describe('the record of calls', () => {
    it('gives back what was put in, with the order of arrival', async () => {
      const withheld = call('b', 1, { callerKey: null, callerNo: '', mediaType: null });
      const hostile = call(`c'"\\ \u{1F600} ?`, 2, {
        callerNo: `'; drop table missed_calls; -- 微信`,
        subMediaType: 2,
      });
      expect(await calls.insertNew('T1', 159, [call('a'), withheld, hostile])).toBe(3);
      expect(await calls.inWindow('T1', 159, ALL)).toEqual([
        { ...call('a'), seq: 1, callbackId: null },
        { ...withheld, seq: 2, callbackId: null },
        { ...hostile, seq: 3, callbackId: null },
      ]);
    });

    it('takes a call once, whoever brings it and however often', async () => {
      await calls.insertNew('T1', 159, [call('a')]);
      expect(await calls.insertNew('T1', 159, [call('a'), call('b'), call('b')])).toBe(1);
      expect(await calls.insertNew('T1', 159, [])).toBe(0);
      expect(await ids()).toEqual(['a', 'b']);
    });

    it('takes texts of any length', async () => {
      const long = call('i'.repeat(300), 0, { callerNo: '1'.repeat(300) });
      await calls.insertNew('T1', 159, [long]);
      expect(await calls.inWindow('T1', 159, ALL)).toMatchObject([
        { callId: long.callId, callerNo: long.callerNo },
      ]);
    });

    it('keeps what it has when the same call comes with other times', async () => {
      await calls.insertNew('T1', 159, [call('a')]);
      await calls.insertNew('T1', 159, [call('a', 30)]);
      expect((await calls.inWindow('T1', 159, ALL))[0]?.waitBeginAt).toBe(NINE);
    });

    it('keeps VDNs and workspaces apart', async () => {
      expect(await calls.insertNew('T1', 159, [call('a')])).toBe(1);
      expect(await calls.insertNew('T1', 160, [call('a', 0, { vdn: 160 })])).toBe(1);
      expect(await calls.insertNew('T2', 159, [call('a')])).toBe(1);
      expect(await ids({}, 160)).toEqual(['a']);
      expect(await calls.maxSeq('T1', 159)).toBe(1);
      expect(await calls.maxSeq('T1', 160)).toBe(2);
      expect(await calls.maxSeq('T2', 160)).toBe(0);
    });

    it('takes 5,000 calls in one statement', async () => {
      const page = Array.from({ length: 5000 }, (_, n) => call(`n${n}`, n));
      expect(await calls.insertNew('T1', 159, page)).toBe(5000);
      expect(await calls.insertNew('T1', 159, page)).toBe(0);
    });
  });

  describe('a window', () => {
    beforeEach(() => calls.insertNew('T1', 159, [call('a', 0), call('b', 10), call('c', 20), call('d', 5)]));

    it('of arrivals leaves out its lower bound and takes its upper', async () => {
      expect(await ids({ afterSeq: 1, uptoSeq: 3 })).toEqual(['b', 'c']);
    });

    it('of a question takes its begin and leaves out its end', async () => {
      expect(await ids({ waitFromAt: NINE, waitToAt: NINE + 10 * MINUTE_MS })).toEqual(['a', 'd']);
      expect(await ids({ waitFromAt: NINE, waitToAt: NINE + 10 * MINUTE_MS, uptoSeq: 3 })).toEqual(['a']);
    });

    it('of a digest takes calls that ended at its bound', async () => {
      const end = NINE + 5 * MINUTE_MS + 20_000;
      expect(await ids({ endFromAt: end })).toEqual(['b', 'c', 'd']);
      expect(await ids({ endFromAt: end + 1 })).toEqual(['b', 'c']);
    });

    it('has a last arrival, unless it is empty', async () => {
      const last = (window: Partial<CallWindow>) => calls.lastInWindow('T1', 159, { ...ALL, ...window });
      expect(await last({})).toBe(4);
      expect(await last({ afterSeq: 1, uptoSeq: 3 })).toBe(3);
      expect(await last({ endFromAt: NINE + 5 * MINUTE_MS + 20_001 })).toBe(3);
      expect(await last({ afterSeq: 4 })).toBeUndefined();
      expect(await last({ endFromAt: NINE + 60 * MINUTE_MS })).toBeUndefined();
    });
  });

  describe('another zone of the contact centre', () => {
    it('derives the times of every call anew from what the contact centre sent', async () => {
      const many = Array.from({ length: 4500 }, (_, n) => call(`n${n}`, n));
      await calls.insertNew('T1', 159, many);
      await calls.insertNew('T2', 160, [call('x', 0, { vdn: 160 })]);
      expect(await calls.rederiveTimes('UTC')).toBe(0);
      expect(await calls.rederiveTimes('Asia/Shanghai')).toBe(4501);
      const moved = await calls.inWindow('T1', 159, ALL);
      const EIGHT_HOURS = 8 * 60 * MINUTE_MS;
      expect(moved).toHaveLength(4500);
      expect(moved.filter((row, n) => row.waitBeginAt !== NINE + n * MINUTE_MS - EIGHT_HOURS)).toEqual([]);
      expect(moved.filter((row) => row.callEndAt !== row.waitBeginAt + 20_000)).toEqual([]);
    });
  });

  describe('erasing a caller', () => {
    it("removes that caller's calls, which a sync then does not bring back", async () => {
      const other = call('c', 0, { callerKey: 'num:2' });
      await calls.insertNew('T1', 159, [call('a'), call('b'), other]);
      expect((await erase('num:13800138000')).calls).toBe(2);
      expect(await calls.insertNew('T1', 159, [call('a'), call('b'), other, call('d')])).toBe(1);
      expect(await ids()).toEqual(['c', 'd']);
    });

    it('leaves nothing by which the call could be read', async () => {
      await calls.insertNew('T1', 159, [call('1668048253-1')]);
      await erase('num:13800138000');
      const [left] = await knex('erased_calls');
      expect({ ...left, erased_at: Number(left?.erased_at) }).toEqual({
        team_id: 'T1',
        vdn: 159,
        erased_at: NINE,
        call_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    });

    it('erases nothing of another VDN or workspace, and does not forbid it there', async () => {
      await calls.insertNew('T1', 159, [call('a')]);
      await calls.insertNew('T1', 160, [call('a', 0, { vdn: 160 })]);
      await erase('num:13800138000');
      expect(await ids({}, 160)).toEqual(['a']);
      expect(await calls.insertNew('T2', 159, [call('a')])).toBe(1);
    });

    it('of whom there is nothing is nothing', async () => {
      expect((await erase('num:1')).calls).toBe(0);
    });
  });

  describe('retention', () => {
    it('removes calls that ended before, in all VDNs and in batches, and never reuses their seq', async () => {
      const many = Array.from({ length: 4500 }, (_, n) => call(`n${n}`));
      await calls.insertNew('T1', 159, [...many, call('late', 1)]);
      await calls.insertNew('T2', 160, [call('x', 0, { vdn: 160 })]);
      expect(await calls.removeEndedBefore(NINE + 20_000)).toBe(0);
      expect(await calls.removeEndedBefore(NINE + 20_001)).toBe(4501);
      expect(await ids()).toEqual(['late']);
      expect(await calls.removeEndedBefore(NINE + MINUTE_MS * 60)).toBe(1);
      await calls.insertNew('T1', 159, [call('new', 2)]);
      expect(await calls.maxSeq('T1', 159)).toBe(4503);
    });

    it('forgets hashes only when their calls would be too old to be stored again', async () => {
      await calls.insertNew('T1', 159, [call('a')]);
      await erase('num:13800138000');
      await calls.removeEndedBefore(NINE);
      expect(await calls.insertNew('T1', 159, [call('a')])).toBe(0);
      await calls.removeEndedBefore(NINE + 1);
      expect(await knex('erased_calls')).toEqual([]);
    });
  });
}
