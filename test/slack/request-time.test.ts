import { expect, it } from 'vitest';
import { isFromFuture } from '../../src/slack/request-time.ts';

const now = Date.UTC(2026, 10, 23);
const inSeconds = (seconds: number) => String(now / 1000 + seconds);

it('a time more than five minutes ahead is of the future; clocks differ by less', () => {
  expect(isFromFuture(inSeconds(301), now)).toBe(true);
  expect(isFromFuture(inSeconds(86_400), now)).toBe(true);
  expect(isFromFuture(inSeconds(299), now)).toBe(false);
  expect(isFromFuture(inSeconds(-86_400), now)).toBe(false);
});

it('what is no time is left to the check of the signature', () => {
  expect(isFromFuture(undefined, now)).toBe(false);
  expect(isFromFuture('soon', now)).toBe(false);
});
