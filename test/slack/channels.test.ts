import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { createSharing, createSharingWatch } from '../../src/slack/sharing.ts';
import { createChannelsStore } from '../../src/storage/channels-store.ts';
import { createLeases } from '../../src/work/leases.ts';
import { memoryDatabase } from '../outbox/desk-outbox.ts';
import { runClient } from '../sandbox/slack/harness.ts';

const TEAM = 'T0OFFICE1';
const HOUR = 60 * 60_000;

async function open() {
  const { slack, client, clock } = await runClient();
  const knex = await memoryDatabase();
  onTestFinished(async () => {
    await knex.destroy();
    await slack.close();
  });
  const store = createChannelsStore(knex);
  /** What one process makes of the database. */
  const newDesk = () =>
    createChannels({
      client,
      sharing: createSharing({ teamId: TEAM, store, clock, log: silentLog }),
      clock,
      log: silentLog,
    });
  const channels = newDesk();
  const asked = () => slack.calls.filter(({ method }) => method === 'conversations.info').length;
  const share = (id: string) =>
    slack.workspace.channels.set(id, { ...slack.workspace.channel(id), shared: true });
  return { slack, clock, knex, store, channels, newDesk, asked, share };
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
    clock.move(6 * HOUR);
    expect(await channels.shared('C0SUPPORT')).toBe(true);
    expect(asked()).toBe(2);

    await channels.shared('C0SALES01');
    share('C0SALES01');
    await channels.sharingChanged('C0SALES01', false);
    expect(await channels.shared('C0SALES01')).toBe(true);
    expect(asked()).toBe(4);
  });

  it('is known to every desk, and after a restart, without asking', async () => {
    const { channels, newDesk, asked } = await open();
    await channels.access('C0SUPPORT');
    expect(await newDesk().shared('C0SUPPORT')).toBe(false);
    expect(asked()).toBe(1);

    const other = newDesk();
    expect(await other.access('C0SUPPORT')).toMatchObject({ member: true, shared: false });
    await channels.sharingChanged('C0SUPPORT', true);
    expect(await other.shared('C0SUPPORT')).toBe(true);
    expect(await other.access('C0SUPPORT')).toMatchObject({ member: true, shared: true });
    expect(asked()).toBe(2);
  });

  it('is as the event says, not as an answer that was under way when it came', async () => {
    const { channels, newDesk, clock, slack } = await open();
    slack.faults.add({ kind: 'slow', method: 'conversations.info', ms: 200 });
    const asking = channels.shared('C0SUPPORT');
    await slack.settled(() => slack.calls.length === 1);
    await newDesk().sharingChanged('C0SUPPORT', true);
    expect(await asking).toBe(true);
    clock.move(HOUR);
    expect(await channels.shared('C0SUPPORT')).toBe(true);
  });

  it('is not forgotten where an event could not be written down at once', async () => {
    const { channels, knex, asked } = await open();
    expect(await channels.shared('C0SUPPORT')).toBe(false);
    await knex.schema.renameTable('channels', 'lost');
    await channels.sharingChanged('C0SUPPORT', true);
    expect(await channels.shared('C0SUPPORT')).toBe('later');
    await knex.schema.renameTable('lost', 'channels');
    expect(await channels.shared('C0SUPPORT')).toBe(true);
    expect(asked()).toBe(1);
  });

  it('is believed as it was where Slack does not describe the channel', async () => {
    const { channels, clock, slack } = await open();
    await channels.sharingChanged('C0SUPPORT', true);
    clock.move(7 * HOUR);
    slack.faults.add({ kind: 'ratelimited', method: 'conversations.info', retryAfterS: 30 });
    expect(await channels.access('C0SUPPORT')).toEqual({ member: false, kind: 'unknown', shared: true });
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

describe('the channels of digests', () => {
  it('are asked about before their turn comes, a few at a time, also after a refusal', async () => {
    const { channels, clock, knex, slack, store } = await open();
    slack.faults.add({
      kind: 'error',
      method: 'conversations.info',
      error: 'missing_scope',
      when: ({ channel }) => channel === 'C0MANAGER',
      times: 2,
    });
    const asked: string[] = [];
    const startWatch = () => {
      const watch = createSharingWatch({
        teamId: TEAM,
        store: { notAskedSince: (team, at, limit) => store.notAskedSince(team, at, limit) },
        async ask(channelId) {
          asked.push(channelId);
          await channels.describe(channelId);
        },
        leases: createLeases({ log: silentLog }),
        clock,
        log: silentLog,
      });
      watch.start();
      return watch;
    };
    const subscribed = ['C0MANAGER', 'C0SUPPORT', 'C0PARTNER'];
    for (const [at, channel_id] of subscribed.entries())
      await knex('subscriptions').insert({
        team_id: TEAM,
        number: at + 1,
        channel_id,
        vdn: 7,
        schedule: '{}',
        state: 'active',
        created_by: 'U0TOMBAKE',
        created_at: clock.now(),
        starts_at: 0,
        cursor: 0,
        previous_end_at: 0,
        next_run_at: 0,
      });
    const first = startWatch();
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    await first.stop();
    expect(asked.toSorted()).toEqual(subscribed.toSorted());
    expect(await channels.shared('C0PARTNER')).toBe(true);
    expect(slack.calls).toHaveLength(3);

    clock.move(3 * HOUR + 1);
    const second = startWatch();
    await vi.waitFor(() => expect(asked).toHaveLength(6));
    await second.stop();
    clock.move(3 * HOUR);
    expect(await channels.shared('C0PARTNER')).toBe(true);
    expect(slack.calls).toHaveLength(6);
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
