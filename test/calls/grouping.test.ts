import { describe, expect, it } from 'vitest';
import { groupByCaller } from '../../src/calls/grouping.ts';
import { madeUpCall, NOON } from '../callbacks/made-up-calls.ts';

describe('grouping calls by caller', () => {
  it('makes one entry a caller, the caller who called last first', () => {
    const calls = [
      madeUpCall({ callerKey: 'num:5550101', waitBeginAt: NOON }),
      madeUpCall({ callerKey: 'num:5550102', waitBeginAt: NOON + 2 }),
      madeUpCall({ callerKey: 'num:5550101', waitBeginAt: NOON + 1 }),
    ];
    expect(groupByCaller(calls).map(({ callerKey, calls: count }) => [callerKey, count])).toEqual([
      ['num:5550102', 1],
      ['num:5550101', 2],
    ]);
  });

  it('says the longest wait, the oldest and the latest call', () => {
    const [figures] = groupByCaller([
      madeUpCall({ waitBeginAt: NOON + 60_000, callEndAt: NOON + 61_000 }),
      madeUpCall({ waitBeginAt: NOON, callEndAt: NOON + 42_000 }),
      madeUpCall({ waitBeginAt: NOON + 30_000, callEndAt: NOON + 35_000 }),
    ]);
    expect(figures).toMatchObject({
      longestWaitMs: 42_000,
      oldestAt: NOON,
      latestAt: NOON + 60_000,
    });
  });

  it('names the called numbers and channels without repeats, most recent first', () => {
    const [figures] = groupByCaller([
      madeUpCall({ waitBeginAt: NOON + 1, calleeNo: '5550191', mediaType: 5, subMediaType: null }),
      madeUpCall({ waitBeginAt: NOON + 3, calleeNo: '5550191', mediaType: 53, subMediaType: 2 }),
      madeUpCall({ waitBeginAt: NOON + 2, calleeNo: '5550192', mediaType: 53, subMediaType: 2 }),
    ]);
    expect(figures?.calleeNos).toEqual(['5550191', '5550192']);
    expect(figures?.media).toEqual([
      { mediaType: 53, subMediaType: 2 },
      { mediaType: 5, subMediaType: null },
    ]);
  });

  it('shows the number as the latest call wrote it', () => {
    const [figures] = groupByCaller([
      madeUpCall({ callerKey: 'tel:+15550100', callerNo: '+15550100', waitBeginAt: NOON + 1 }),
      madeUpCall({ callerKey: 'tel:+15550100', callerNo: '5550100', waitBeginAt: NOON }),
    ]);
    expect(figures?.callerNo).toBe('+15550100');
  });

  it('keeps the calls without a number together, apart from every caller', () => {
    const calls = [madeUpCall({ callerKey: null }), madeUpCall(), madeUpCall({ callerKey: null })];
    expect(groupByCaller(calls).find(({ callerKey }) => callerKey === null)?.calls).toBe(2);
  });

  it('takes the later arrival for the latest of two calls that began together', () => {
    const early = madeUpCall({ waitBeginAt: NOON, callerNo: 'first' });
    const late = madeUpCall({ waitBeginAt: NOON, callerNo: 'second' });
    expect(groupByCaller([late, early])[0]?.callerNo).toBe('second');
  });

  it('counts no wait below none when the times are the wrong way round', () => {
    expect(
      groupByCaller([madeUpCall({ waitBeginAt: NOON, callEndAt: NOON - 5_000 })])[0]?.longestWaitMs,
    ).toBe(0);
  });

  it('does not reorder what it was given', () => {
    const calls = [madeUpCall({ waitBeginAt: NOON }), madeUpCall({ waitBeginAt: NOON + 1 })];
    const before = [...calls];
    groupByCaller(calls);
    expect(calls).toEqual(before);
  });
});
