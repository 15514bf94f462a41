import { expect, it } from 'vitest';
import { subscriptionList } from '../../../src/slack/messages/subscription-list.ts';
import { english, read, subscription } from './examples.ts';

it('lists number, VDN, channel, schedule, and when it comes or why not', () => {
  const views = [
    subscription(),
    subscription({ number: 8, state: 'paused', pausedBy: 'person' }),
    subscription({ number: 9, state: 'paused', pausedBy: 'error', pauseError: 'is_archived' }),
  ];
  expect(read(subscriptionList(views, english)).split('\n')).toEqual([
    '*Digests*',
    '*7* · Support (VDN 159) · <#C0SUPPORT> · every hour',
    'next 2026-11-23 15:00 Asia/Shanghai',
    '*8* · Support (VDN 159) · <#C0SUPPORT> · every hour',
    'paused · `/missed digest resume 8`',
    '*9* · Support (VDN 159) · <#C0SUPPORT> · every hour',
    'paused, Slack refused it (is_archived) · `/missed digest resume 9`',
  ]);
});

it('says how to begin when there are none', () => {
  expect(read(subscriptionList([], english))).toContain('`/missed digest vdn 159 hourly`');
});

it('says how many are left out', () => {
  const views = Array.from({ length: 1000 }, () => subscription());
  expect(read(subscriptionList(views, english))).toContain('and 980 more');
});
