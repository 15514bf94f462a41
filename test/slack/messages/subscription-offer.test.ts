import { expect, it } from 'vitest';
import { decodeChangeDigest } from '../../../src/slack/messages/change-digest.ts';
import { alreadySubscribed } from '../../../src/slack/messages/subscription-offer.ts';
import { buttons, english, read, subscription } from './examples.ts';

const daily = { every: { dailyAt: { hour: 9, minute: 0 } }, weekdays: true, hours: null, allClear: false };

it('says what the channel has already, and offers the schedule that was asked for', () => {
  const message = alreadySubscribed(subscription(), daily, english);
  expect(read(message).split('\n')).toEqual([
    'This channel already has digest 7 for Support (VDN 159): every hour.',
    'Change it to: daily at 09:00, Monday to Friday?',
    '[Change it]',
  ]);
  expect(decodeChangeDigest(buttons(message)['change-digest:7'])).toEqual({
    subscriptionNumber: 7,
    schedule: daily,
  });
});

it('offers nothing when it is the same schedule', () => {
  const view = subscription();
  expect(buttons(alreadySubscribed(view, view.subscription.schedule, english))).toEqual({});
});

it('says that it is paused, and how to go on', () => {
  const view = subscription({ state: 'paused', pausedBy: 'person' });
  expect(read(alreadySubscribed(view, view.subscription.schedule, english))).toBe(
    'This channel already has digest 7 for Support (VDN 159), paused: every hour.\nTo go on: `/missed digest resume 7`',
  );
});
