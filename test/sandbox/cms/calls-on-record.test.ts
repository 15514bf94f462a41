import { describe, expect, it } from 'vitest';
import { createCallsOnRecord } from '../../../src/sandbox/cms/calls-on-record.ts';
import { noonAt } from './signer.ts';

const everything = (vdn: number) => ({ vdn, offset: 0, limit: 5000, beginAt: null, endAt: null });
const startEmpty = () => {
  const time = { at: noonAt };
  const calls = createCallsOnRecord({ now: () => time.at });
  const idsOf = (vdn: number) => calls.matching(everything(vdn)).map((call) => call.callId);
  return { calls, time, idsOf };
};

describe('the calls on record', () => {
  it('take a call that has just ended, with a made-up caller, unless told otherwise', () => {
    const { calls } = startEmpty();
    const call = calls.ring({ vdn: 7 });
    expect(call).toMatchObject({ callEndAt: noonAt, waitBeginAt: noonAt - 30_000, mediaType: 5 });
    expect(call.callId).toBe(`${(noonAt - 30_000) / 1000}-1`);
    expect(calls.matching(everything(7))).toEqual([call]);
    expect(calls.matching(everything(8))).toEqual([]);
  });

  it('keep whole seconds', () => {
    const { calls } = startEmpty();
    const call = calls.ring({ vdn: 7, waitBeginAt: noonAt - 90_001, waitMs: 1_999 });
    expect([call.waitBeginAt, call.callEndAt]).toEqual([noonAt - 91_000, noonAt - 90_000]);
  });

  it('show a call only when it has ended, and those that appear late only then', () => {
    const { calls, time, idsOf } = startEmpty();
    const waiting = calls.ring({ vdn: 7, waitBeginAt: noonAt - 10_000, waitMs: 20_000 });
    const late = calls.ring({ vdn: 7, appearsAfterMs: 60_000 });
    expect(idsOf(7)).toEqual([]);
    time.at = noonAt + 9_999;
    expect(idsOf(7)).toEqual([]);
    time.at = noonAt + 10_000;
    expect(idsOf(7)).toEqual([waiting.callId]);
    time.at = noonAt + 60_000;
    expect(idsOf(7)).toEqual([waiting.callId, late.callId]);
  });

  it('are newest first, whatever the order they came in', () => {
    const { calls, idsOf } = startEmpty();
    const at = (secondsAgo: number) =>
      calls.ring({ vdn: 7, waitBeginAt: noonAt - secondsAgo * 1000, waitMs: 0 }).callId;
    const [two, nine, one, five] = [at(2), at(9), at(1), at(5)];
    expect(idsOf(7)).toEqual([one, two, five, nine]);
  });

  it('match within both ends of a window, on the begin of the wait', () => {
    const { calls } = startEmpty();
    const at = (minutesAgo: number) =>
      calls.ring({ vdn: 7, waitBeginAt: noonAt - minutesAgo * 60_000, waitMs: 0 });
    const [early, late] = [at(20), at(10)];
    at(9);
    at(21);
    const query = { ...everything(7), beginAt: early.waitBeginAt, endAt: late.waitBeginAt };
    expect(calls.matching(query)).toEqual([late, early]);
  });

  it('hold bursts of different callers, the last one ending now, and repeat callers', () => {
    const { calls } = startEmpty();
    const burst = calls.burst({ vdn: 7, count: 3000, everyMs: 0 });
    expect(new Set(burst.map((call) => call.callerNo)).size).toBe(3000);
    expect(new Set(burst.map((call) => call.callId)).size).toBe(3000);
    expect(burst.at(-1)?.callEndAt).toBe(noonAt);
    const repeated = calls.repeatCaller({ vdn: 8, count: 3 });
    expect(new Set(repeated.map((call) => call.callerNo)).size).toBe(1);
    expect(repeated.map((call) => (noonAt - call.callEndAt) / 60_000)).toEqual([2, 1, 0]);
  });

  it('forget a call, a VDN, or all of them', () => {
    const { calls, idsOf } = startEmpty();
    const [first, second] = calls.burst({ vdn: 7, count: 2 });
    calls.ring({ vdn: 8 });
    expect(calls.remove(7, first?.callId ?? '')).toBe(true);
    expect(calls.remove(7, first?.callId ?? '')).toBe(false);
    expect(idsOf(7)).toEqual([second?.callId]);
    expect(calls.clear(7)).toBe(1);
    expect(idsOf(8)).toHaveLength(1);
    expect(calls.clear()).toBe(1);
    expect(idsOf(8)).toEqual([]);
  });

  it('refuse what cannot be: a VDN out of range, a misspelt field, an id that is taken', () => {
    const { calls } = startEmpty();
    expect(() => calls.ring({ vdn: 5001 })).toThrow();
    const misspelt: object = { callerNumber: '1' };
    expect(() => calls.ring({ vdn: 7, ...misspelt })).toThrow(/callerNumber/);
    calls.ring({ vdn: 7, callId: '1-1' });
    expect(() => calls.ring({ vdn: 7, callId: '1-1' })).toThrow(/already/);
    expect(calls.ring({ vdn: 8, callId: '1-1' }).vdn).toBe(8);
  });
});
