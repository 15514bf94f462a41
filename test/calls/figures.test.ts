import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../src/calls/figures.ts';
import { madeUpCall, NOON } from '../callbacks/made-up-calls.ts';

const waited = (...seconds: number[]) =>
  seconds.map((one) => madeUpCall({ waitBeginAt: NOON, callEndAt: NOON + one * 1000 }));

describe('the figures of a list', () => {
  it('are zeroes when there are no calls', () => {
    expect(figuresOf([])).toEqual({
      calls: 0,
      callers: 0,
      withoutNumber: 0,
      longestWaitMs: 0,
      medianWaitMs: 0,
    });
  });

  it('count calls, callers, and the calls without a number apart', () => {
    const calls = [
      madeUpCall({ callerKey: 'num:5550101' }),
      madeUpCall({ callerKey: 'num:5550101' }),
      madeUpCall({ callerKey: 'num:5550102' }),
      madeUpCall({ callerKey: null }),
      madeUpCall({ callerKey: null }),
    ];
    expect(figuresOf(calls)).toMatchObject({ calls: 5, callers: 2, withoutNumber: 2 });
  });

  it('take the middle wait of an odd number of calls, whatever their order', () => {
    expect(figuresOf(waited(90, 1, 7))).toMatchObject({ longestWaitMs: 90_000, medianWaitMs: 7_000 });
  });

  it('take the mean of the middle two of an even number', () => {
    expect(figuresOf(waited(100, 10, 4, 1)).medianWaitMs).toBe(7_000);
  });

  it('compare waits as numbers', () => {
    expect(figuresOf(waited(9, 10, 100)).medianWaitMs).toBe(10_000);
  });

  it('say the same wait as median of one call', () => {
    expect(figuresOf(waited(3))).toMatchObject({ longestWaitMs: 3_000, medianWaitMs: 3_000 });
  });
});
