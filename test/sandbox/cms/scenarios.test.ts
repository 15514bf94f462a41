import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { type CallOnRecord, createCallsOnRecord } from '../../../src/sandbox/cms/calls-on-record.ts';
import { busy, documentedVdn, huge, quiet, seedScenarios } from '../../../src/sandbox/cms/scenarios.ts';
import { noonAt } from './signer.ts';

const dayMs = 86_400_000;
const todayAt = Math.floor(noonAt / dayMs) * dayMs;
const seeded = (at: number, seed = 1) => {
  const time = { at };
  return { calls: createCallsOnRecord({ now: () => time.at }, seedScenarios(seed)), time };
};
const onDay = (calls: readonly CallOnRecord[], dayAt: number) =>
  calls.filter((call) => call.waitBeginAt >= dayAt && call.waitBeginAt < dayAt + dayMs);

describe('the seeded scenarios', () => {
  it.each([
    ['quiet', quiet, 8],
    ['busy', busy, 300],
    ['huge', huge, 12_000],
  ])('have a %s VDN, today and on the days before', (_, { vdn }, count) => {
    const all = seeded(noonAt).calls.list(vdn);
    expect(onDay(all, todayAt)).toHaveLength(count);
    expect(onDay(all, todayAt - dayMs)).toHaveLength(count);
    expect(onDay(all, todayAt + dayMs)).toHaveLength(0);
    expect(new Set(all.map((call) => call.callId)).size).toBe(all.length);
    expect(all.every((call) => call.callId.startsWith(`${call.waitBeginAt / 1000}-`))).toBe(true);
  });

  it('show today’s calls as they end, and all of yesterday’s', () => {
    const { calls, time } = seeded(noonAt);
    const query = { vdn: busy.vdn, offset: 0, limit: 5000, beginAt: todayAt, endAt: null };
    const atNoon = calls.matching(query).length;
    expect(atNoon).toBeGreaterThan(50);
    expect(atNoon).toBeLessThan(250);
    time.at = todayAt + dayMs + 900_000;
    expect(onDay(calls.matching(query), todayAt)).toHaveLength(300);
  });

  it('go on when the clock comes to another day', () => {
    const { calls, time } = seeded(noonAt);
    const before = calls.list(quiet.vdn).length;
    time.at += dayMs;
    expect(calls.list(quiet.vdn)).toHaveLength(before + 8);
    expect(calls.list(quiet.vdn)).toHaveLength(before + 8);
  });

  it('are the same for the same seed and day, whenever they are looked at, and others for another seed', () => {
    const today = (at: number, seed?: number) =>
      onDay(seeded(at, seed).calls.list(busy.vdn), todayAt).map((call) => JSON.stringify(call));
    expect(today(noonAt)).toEqual(today(noonAt));
    expect(today(noonAt + 2 * dayMs)).toEqual(today(noonAt));
    expect(today(noonAt, 2)).not.toEqual(today(noonAt));
  });

  it('have a busy day like real ones: many media, repeat callers, withheld numbers, several called numbers', () => {
    const calls = onDay(seeded(noonAt).calls.list(busy.vdn), todayAt);
    const media = new Set(calls.map((call) => `${call.mediaType}/${call.subMediaType}`));
    expect([...media]).toEqual(expect.arrayContaining(['5/null', '53/2', '53/4', '51/null', 'null/null']));
    expect(calls.filter((call) => call.callerNo === '').length).toBeGreaterThan(5);
    expect(new Set(calls.map((call) => call.calleeNo)).size).toBe(4);
    const times = Map.groupBy(
      calls.filter((call) => call.callerNo !== ''),
      (call) => call.callerNo,
    );
    expect([...times.values()].filter((one) => one.length > 1).length).toBeGreaterThan(20);
    expect(times.size).toBeGreaterThan(100);
  });

  it('use telephone numbers that are well-formed, and kept for fiction', () => {
    const voice = seeded(noonAt)
      .calls.list(huge.vdn)
      .filter((call) => call.mediaType === 5 && call.callerNo !== '');
    expect(voice.length).toBeGreaterThan(10_000);
    for (const number of new Set(voice.map((call) => call.callerNo))) {
      expect(number).toMatch(
        /^(?:1\d{3}55501\d\d|44(?:20794|113496|11[4678]496|121496|131496|141496|151496|161496|191498)\d+)$/,
      );
      expect(parsePhoneNumberFromString(`+${number}`)?.isValid()).toBe(true);
    }
  });

  it('hold the two documented calls for VDN 159, on that day only', () => {
    const { calls } = seeded(noonAt);
    expect(calls.list(documentedVdn).map((call) => call.callId)).toEqual([
      '1668048253-16797218',
      '1668050023-1859',
    ]);
  });

  it('stay away once they were cleared', () => {
    const { calls, time } = seeded(noonAt);
    calls.clear();
    time.at += dayMs;
    expect(calls.list(quiet.vdn)).toEqual([]);
  });
});
