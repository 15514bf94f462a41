import { expect, it } from 'vitest';
import { subscriptionPausedMessage } from '../../../src/slack/messages/subscription-paused.ts';
import { english, read, vdn } from './examples.ts';

const say = (error: string) => {
  const message = subscriptionPausedMessage(
    { subscriptionNumber: 7, vdn, channelId: 'C0SUP', error },
    english,
  );
  return read(message).split('\n');
};

it('says which digest, where, why, what to do, and that no call is lost', () => {
  expect(say('is_archived')).toEqual([
    'I had to pause digest 7 for Support (VDN 159) in <#C0SUP>.',
    'The channel is archived.',
    'If the channel comes back, type there: `/missed digest resume 7`',
    'No call is lost: I then tell everything since my last digest.',
  ]);
});

it.each([
  [
    'channel_not_found',
    'Slack no longer shows me that channel.',
    'Invite me there, then type: `/missed digest resume 7`',
  ],
  ['not_in_channel', 'I am not in that channel.', 'Invite me there, then type: `/missed digest resume 7`'],
  [
    'restricted_action',
    'I am not allowed to post there.',
    'When that is mended, type: `/missed digest resume 7`',
  ],
  [
    'msg_<b>',
    'Slack refused my message (msg_&lt;b&gt;).',
    'When that is mended, type: `/missed digest resume 7`',
  ],
])('explains %s', (error, reason, remedy) => expect(say(error).slice(1, 3)).toEqual([reason, remedy]));
