import { expect, it } from 'vitest';
import { summaryLine } from '../../../src/slack/messages/summary.ts';
import { chinese, english } from './examples.ts';

const figures = { calls: 1200, callers: 900, withoutNumber: 2, longestWaitMs: 185_000, medianWaitMs: 42_000 };
/** So many callers are open, of some that can be claimed. */
const open = (stillOpen: number) => ({ stillOpen, anyClaimable: true });

it('says calls, callers, waits, what is open and what has no number', () => {
  expect(summaryLine(figures, open(7), 'all', english)).toBe(
    '1,200 calls from 900 callers · longest wait 3 min 5 s · median 42 s · 7 still open · 2 without a number',
  );
  expect(summaryLine(figures, open(7), 'new', chinese)).toBe(
    '1,200 个新来电，900 位来电者 · 最长等待 3 分 5 秒 · 中位数 42 秒 · 7 位待回电 · 2 个无号码',
  );
});

it('has no median of one call', () => {
  const one = { calls: 1, callers: 1, withoutNumber: 0, longestWaitMs: 12_000, medianWaitMs: 12_000 };
  expect(summaryLine(one, open(1), 'new', english)).toBe(
    '1 new call from 1 caller · longest wait 12 s · 1 still open',
  );
});

it('says when nobody is left to call back', () => {
  expect(summaryLine(figures, open(0), 'all', english)).toContain('none still open');
});

it('does not say so of callers who were never to be called back', () => {
  const tooOld = { stillOpen: 0, anyClaimable: false };
  expect(summaryLine(figures, tooOld, 'all', english)).not.toContain('open');
});

it('speaks of no callers and of nothing open where no call has a number', () => {
  const withheld = { calls: 3, callers: 0, withoutNumber: 3, longestWaitMs: 5000, medianWaitMs: 5000 };
  expect(summaryLine(withheld, { stillOpen: 0, anyClaimable: false }, 'all', english)).toBe(
    '3 calls · longest wait 5 s · median 5 s · 3 without a number',
  );
});
