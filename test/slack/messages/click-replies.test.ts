import { expect, it } from 'vitest';
import {
  callbackGone,
  clickMerged,
  clickReached,
  clickRefused,
} from '../../../src/slack/messages/click-replies.ts';
import { at, callback, calledOut, chinese, english, read } from './examples.ts';

it('tells who came second who has it, and since when in their own zone', () => {
  const message = clickRefused(callback('claimed'), 'U0TOM', english);
  expect(message.text).toBe(
    `<@U0ANA> already has this one, since <!date^${at('14:03') / 1000}^{date_short_pretty} {time}|2026-11-23 06:03 UTC>.`,
  );
});

it('tells somebody that it is theirs', () => {
  expect(read(clickRefused(callback('claimed'), 'U0ANA', english))).toContain(
    'You have this one already, since',
  );
});

it('tells that it is done, by whom and when', () => {
  expect(read(clickRefused(callback('done'), 'U0TOM', english))).toBe(
    'This one is done already: <@U0ANA>, 2026-11-23 06:20 UTC.',
  );
  expect(read(clickRefused(callback('done', { ownerId: null }), 'U0TOM', english))).toBe(
    'This one is done already, 2026-11-23 06:20 UTC.',
  );
});

it('tells that the caller was reached already, and by which call', () => {
  const words =
    'This caller has been reached already: somebody called them, 2026-11-23 06:15 UTC, talked 1 min 35 s.';
  expect(read(clickReached(calledOut, english))).toContain(words);
  expect(read(clickRefused(callback('done', { proof: calledOut }), 'U0TOM', english))).toContain(words);
});

it('tells that nobody has it any more', () => {
  expect(read(clickRefused(callback('open'), 'U0TOM', english))).toContain(
    'Nobody has this one at the moment.',
  );
});

it('tells where the calls of an undone callback went', () => {
  expect(read(clickMerged(callback('open'), english))).toContain('which nobody has yet');
  expect(read(clickMerged(callback('claimed'), english))).toContain('which <@U0ANA> has');
});

it('tells that a callback is no longer kept', () => {
  expect(read(callbackGone(english))).toContain('no longer keeps this callback');
  expect(read(callbackGone(chinese))).toContain('不再保留');
});
