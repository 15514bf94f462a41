import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { runClient } from '../sandbox/slack/harness.ts';

async function open() {
  const { slack, client, clock } = await runClient();
  onTestFinished(() => slack.close());
  const channels = createChannels(client, clock, silentLog);
  const asked = () => slack.calls.filter(({ method }) => method === 'conversations.info').length;
  const share = (id: string) =>
    slack.workspace.channels.set(id, { ...slack.workspace.channel(id), shared: true });
  return { slack, clock, channels, asked, share };
}

describe('what the desk may do in a channel', () => {
  it.each([
    ['a public one that it is in', 'C0SUPPORT', { member: true, kind: 'public', shared: false }],
    ['a public one that it is not in', 'C0SALES01', { member: false, kind: 'public', shared: false }],
    ['a private one that it is in', 'C0MANAGER', { member: true, kind: 'private', shared: false }],
    [
      'a private one that Slack hides from it',
      'C0PRIVATE',
      { member: false, kind: 'private', shared: false },
    ],
    ['one shared with another organisation', 'C0PARTNER', { member: true, kind: 'public', shared: true }],
    ['a direct message', 'D0ANATOM1', { member: false, kind: 'direct', shared: false }],
  ])('%s', async (_, id, access) => {
    const { channels } = await open();
    expect(await channels.access(id)).toEqual(access);
  });

  it('is asked for once a minute where it is a member, and each time where somebody may just invite it', async () => {
    const { channels, asked, clock, slack } = await open();
    await channels.access('C0SUPPORT');
    await channels.access('C0SUPPORT');
    expect(asked()).toBe(1);
    clock.move(60_001);
    await channels.access('C0SUPPORT');
    expect(asked()).toBe(2);

    await channels.access('C0PRIVATE');
    slack.workspace.channel('C0PRIVATE').members.add(slack.botUserId);
    expect(await channels.access('C0PRIVATE')).toMatchObject({ member: true });
  });

  it('is to answer privately where Slack does not say', async () => {
    const { channels, slack } = await open();
    slack.faults.add({ kind: 'error', method: 'conversations.info', error: 'fatal_error' });
    expect(await channels.access('C0SUPPORT')).toEqual({ member: false, kind: 'unknown', shared: false });
    expect(await channels.access('C0SUPPORT')).toMatchObject({ member: true });
  });
});

describe('a server that is not Slack, and knows no conversations.info', () => {
  it('is taken at its word when the desk posts', async () => {
    const { channels, slack } = await open();
    slack.faults.add({ kind: 'error', method: 'conversations.info', error: 'unknown_method', times: 2 });
    expect(await channels.access('C0SUPPORT')).toEqual({ member: true, kind: 'unknown', shared: false });
    expect(await channels.shared('C0SUPPORT')).toBe(false);
  });
});

describe('whether another organisation reads along', () => {
  it('is asked for again after hours, and when Slack says that something has changed', async () => {
    const { channels, asked, clock, share } = await open();
    expect(await channels.shared('C0SUPPORT')).toBe(false);
    share('C0SUPPORT');
    expect(await channels.shared('C0SUPPORT')).toBe(false);
    clock.move(6 * 60 * 60_000 + 1);
    expect(await channels.shared('C0SUPPORT')).toBe(true);
    expect(asked()).toBe(2);

    await channels.shared('C0SALES01');
    share('C0SALES01');
    await channels.sharingChanged('C0SALES01', true);
    expect(await channels.shared('C0SALES01')).toBe(true);
  });

  it('is no question for people, and left open where Slack gives no answer', async () => {
    const { channels, asked, slack } = await open();
    expect(await channels.shared('U0TOMBAKE')).toBe(false);
    expect(await channels.shared('D0TOMBAKE')).toBe(false);
    expect(asked()).toBe(0);
    slack.faults.add({ kind: 'http', method: 'conversations.info', status: 503 });
    expect(await channels.shared('C0SUPPORT')).toBe('later');
    expect(await channels.shared('C0PRIVATE')).toBe(false);
    slack.faults.add({ kind: 'error', method: 'conversations.info', error: 'missing_scope' });
    expect(await channels.shared('C0SUPPORT')).toEqual({ refused: 'missing_scope' });
  });
});

describe('joining', () => {
  it.each([
    ['C0SUPPORT', 'member', 0],
    ['C0SALES01', 'member', 1],
    ['C0PRIVATE', 'invite', 0],
    ['D0TOMBAKE', 'direct', 0],
  ])('%s: %s, by %i calls', async (id, outcome, calls) => {
    const { channels, slack } = await open();
    expect(await channels.join(id)).toBe(outcome);
    expect(slack.calls.filter(({ method }) => method === 'conversations.join')).toHaveLength(calls);
  });

  it('that Slack refuses needs an invitation', async () => {
    const { channels, slack } = await open();
    slack.faults.add({ kind: 'error', method: 'conversations.join', error: 'method_not_supported' });
    expect(await channels.join('C0SALES01')).toBe('invite');
  });
});
