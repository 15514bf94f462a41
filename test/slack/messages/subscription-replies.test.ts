import { expect, it } from 'vitest';
import * as replies from '../../../src/slack/messages/subscription-replies.ts';
import { english, read, subscription } from './examples.ts';

it('confirms a digest: what, when, in which zone, when first, and how to stop it', () => {
  expect(read(replies.subscribed(subscription(), english)).split('\n')).toEqual([
    'Done. This channel now gets the missed calls of Support (VDN 159): every hour (Asia/Shanghai).',
    'First one: 2026-11-23 15:00 Asia/Shanghai. To stop it: `/missed digest pause 7`',
  ]);
});

it.each([
  [
    replies.scheduleChanged,
    'Changed. Digest 7 for Support (VDN 159) now comes every hour. Next one: 2026-11-23 15:00',
  ],
  [
    replies.subscriptionPaused,
    'Digest 7 for Support (VDN 159) is paused. To go on: `/missed digest resume 7`',
  ],
  [replies.subscriptionResumed, 'Digest 7 for Support (VDN 159) goes on. Next one: 2026-11-23 15:00'],
  [replies.subscriptionRemoved, 'Digest 7 for Support (VDN 159) is removed.'],
  [replies.nothingNew, 'Nothing new for Support (VDN 159) since the last digest.'],
  [replies.digestOnItsWay, 'Digest 7 for Support (VDN 159) is on its way.'],
])('says in one sentence what has happened: %o', (reply, words) => {
  expect(read(reply(subscription(), english))).toContain(words);
});

it('says that a changed digest is still paused, and no time at which it does not come', () => {
  expect(read(replies.scheduleChanged(subscription({ state: 'paused' }), english))).toBe(
    'Changed. Digest 7 for Support (VDN 159) would now come every hour, but is still paused. To go on: `/missed digest resume 7`',
  );
});

it('says why a digest could not be made now', () => {
  expect(read(replies.digestFailed(subscription(), 'overloaded', english))).toBe(
    '⚠️ The contact centre is too busy right now. Please ask again in a few minutes.',
  );
});

it('says where to look when there is no such digest', () => {
  expect(read(replies.subscriptionNotFound(9, english))).toBe(
    'There is no digest 9. `/missed digest list` shows the ones there are.',
  );
});

it('says how to let the desk in, and that a digest needs a channel', () => {
  expect(read(replies.needsInvite('U0DESK', english))).toContain(
    'type `/invite` <@U0DESK> and then your command again',
  );
  expect(read(replies.needsChannel(english))).toContain('A digest needs a channel.');
});
