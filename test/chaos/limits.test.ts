import { describe, expect, it } from 'vitest';
import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import { busiest, excesses, measured, type Pressed } from './limits.ts';

const calm: Pressed = { calls: [], requests: [], refused: [], restsMs: [], pace: 3 };
const times = (count: number, everyMs: number) => Array.from({ length: count }, (_, n) => n * everyMs);
const found = (pressed: Partial<Pressed>) => excesses(measured({ ...calm, ...pressed }));

describe('the busiest time', () => {
  it('is the most moments within its length, wherever it begins', () => {
    expect(busiest([], 10)).toBe(0);
    expect(busiest([25, 1, 12, 18, 21], 10)).toBe(3);
    expect(busiest([0, 10, 20], 10)).toBe(1);
  });
});

describe('a desk that does not wait before it tries again', () => {
  const limited: ApiCall = {
    method: 'chat.update',
    args: {},
    at: 0,
    performed: false,
    answer: {},
    error: 'ratelimited',
  };

  it('is noticed by what Slack refuses', () => {
    const calls = times(100, 50).map((at) => ({ ...limited, at, fault: 'ratelimited' as const }));
    expect(found({ calls })).toEqual([expect.stringContaining('100 calls that Slack refused')]);
  });

  it('is noticed by calls that come before Retry-After has passed', () => {
    const calls = times(40, 1_400).map((at) => ({ ...limited, at }));
    expect(found({ calls })).toEqual([expect.stringContaining('40 calls of one kind')]);
  });

  it('is noticed by the contact centre, and at a wire that is cut', () => {
    const requests = times(200, 100).map((at) => ({ at, verdict: 'fault' as const }));
    expect(found({ requests })).toEqual([
      expect.stringContaining('100 requests to the contact centre that failed'),
      expect.stringContaining('200 requests to the contact centre in a minute'),
    ]);
    expect(found({ refused: times(300, 5) })).toEqual([expect.stringContaining('200 attempts')]);
  });

  it('is none where it waits', () => {
    const calls = times(20, 4_000).map((at) => ({ ...limited, at }));
    expect(found({ calls, refused: times(10, 200), restsMs: [60_000] })).toEqual([]);
  });
});

it('what is still under way long after the last fault took too long', () => {
  const restsMs = [5_000, 500_000];
  expect(found({ restsMs })).toEqual(['500 seconds until all was quiet: 480 are allowed']);
  // Where the clock runs faster, that was less time for the machine.
  expect(found({ restsMs, pace: 10 })).toEqual([]);
});
