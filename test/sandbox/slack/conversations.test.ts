import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, runClient } from './harness.ts';

let running: Awaited<ReturnType<typeof runClient>>;
beforeEach(async () => {
  running = await runClient();
});
afterEach(() => running.slack.close());

const SUPPORT = 'C0SUPPORT';

async function post(text: string, more: object = {}): Promise<string> {
  const { ts = '' } = await running.client.chat.postMessage({ channel: SUPPORT, text, ...more });
  return ts;
}

describe('conversations.history', () => {
  it('gives the newest first, in pages, between two times', async () => {
    const { client, clock } = running;
    const stamps: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) {
      stamps.push(await post(text));
      clock.move(1000);
    }
    const texts = async (args: object) => {
      const { messages = [] } = await client.conversations.history({ channel: SUPPORT, ...args });
      return messages.map(({ text }) => text);
    };
    expect(await texts({})).toEqual(['four', 'three', 'two', 'one']);
    expect(await texts({ oldest: stamps[1], latest: stamps[3] })).toEqual(['three']);
    expect(await texts({ oldest: stamps[1], latest: stamps[3], inclusive: true })).toEqual([
      'four',
      'three',
      'two',
    ]);
    const first = await client.conversations.history({ channel: SUPPORT, limit: 3 });
    expect(first).toMatchObject({ has_more: true });
    expect(await texts({ limit: 3, cursor: first.response_metadata?.next_cursor })).toEqual(['one']);
  });

  it('gives metadata only when it is asked for', async () => {
    const metadata = { event_type: 'digest', event_payload: { uuid: 'u-1' } };
    await post('with', { metadata });
    const plain = await running.client.conversations.history({ channel: SUPPORT });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    const all = await running.client.conversations.history({ channel: SUPPORT, include_all_metadata: true });
    expect(all.messages?.[0]?.metadata).toEqual(metadata);
  });

  it('needs membership, and the scope of the kind of channel', async () => {
    const { client, slack } = running;
    const read = (channel: string) => errorOf(client.conversations.history({ channel }));
    expect(await read('C0SALES01')).toBe('not_in_channel');
    expect(await read('C0PRIVATE')).toBe('channel_not_found');
    expect(await read('C0MANAGER')).toBe('ok');
    slack.workspace.app.scopes = ['channels:history'];
    expect(await read(SUPPORT)).toBe('ok');
    expect(await read('C0MANAGER')).toBe('missing_scope');
  });

  it('refuses limits and times that are none', async () => {
    const ask = (args: object) =>
      errorOf(running.client.conversations.history({ channel: SUPPORT, ...args }));
    expect(await ask({ limit: 1000 })).toBe('invalid_limit');
    expect(await ask({ oldest: 'yesterday' })).toBe('invalid_ts_oldest');
    expect(await ask({ latest: 'now' })).toBe('invalid_ts_latest');
    expect(await ask({ cursor: 'x' })).toBe('invalid_cursor');
  });

  it('leaves replies to conversations.replies', async () => {
    const { client } = running;
    const parent = await post('parent');
    await post('reply', { thread_ts: parent });
    await post('told to all', { thread_ts: parent, reply_broadcast: true });
    const { messages = [] } = await client.conversations.history({ channel: SUPPORT });
    expect(messages.map(({ text }) => text)).toEqual(['told to all', 'parent']);
    expect(messages[1]).toMatchObject({ reply_count: 2 });
    const thread = await client.conversations.replies({ channel: SUPPORT, ts: parent });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['parent', 'reply', 'told to all']);
    expect(await errorOf(client.conversations.replies({ channel: SUPPORT, ts: '1.000001' }))).toBe(
      'thread_not_found',
    );
  });
});

describe('conversations.info and list', () => {
  it('tells what kind of channel it is, and hides private ones', async () => {
    const { client } = running;
    const info = async (channel: string) => (await client.conversations.info({ channel })).channel;
    expect(await info('C0PARTNER')).toMatchObject({ is_ext_shared: true, is_member: true });
    expect(await info('C0SALES01')).toMatchObject({ name: 'sales', is_ext_shared: false, is_member: false });
    expect(await errorOf(info('C0PRIVATE'))).toBe('channel_not_found');
  });

  it('does not tell of direct messages without im:read', async () => {
    expect(await errorOf(running.client.conversations.info({ channel: 'D0LIWEI01' }))).toBe('missing_scope');
    running.slack.workspace.app.scopes.push('im:read');
    const { channel } = await running.client.conversations.info({ channel: 'D0LIWEI01' });
    expect(channel).toMatchObject({ is_im: true, user: 'U0LIWEI01' });
  });

  it('lists what the app may see', async () => {
    const { client } = running;
    const names = async (args: object) =>
      (await client.conversations.list(args)).channels?.map(({ name }) => name);
    expect(await names({})).toEqual(['support', 'sales', 'partners', 'old-days']);
    expect(await names({ types: 'public_channel,private_channel', exclude_archived: true })).toEqual([
      'support',
      'sales',
      'managers',
      'partners',
    ]);
    expect(await errorOf(client.conversations.list({ types: 'im' }))).toBe('missing_scope');
    expect(await errorOf(client.conversations.list({ types: 'secret' }))).toBe('invalid_types');
    const members = await client.conversations.members({ channel: 'C0MANAGER' });
    expect(members.members).toEqual(['U0ANASOUZ', 'U0TOMBAKE', 'U0DESKBOT']);
  });
});

describe('conversations.join and open', () => {
  it('joins public channels', async () => {
    const { client } = running;
    const join = (channel: string) => client.conversations.join({ channel });
    expect(await join('C0SALES01')).toMatchObject({ channel: { is_member: true } });
    expect(await join('C0SALES01')).toMatchObject({ warning: 'already_in_channel' });
    expect(await errorOf(join('C0PRIVATE'))).toBe('channel_not_found');
    expect(await errorOf(join('C0MANAGER'))).toBe('method_not_supported_for_channel_type');
    expect(await errorOf(join('C0OLDDAYS'))).toBe('is_archived');
  });

  it('finds the direct message with a person', async () => {
    const { client } = running;
    const open = (users: string) => client.conversations.open({ users });
    expect(await open('U0LIWEI01')).toMatchObject({ channel: { id: 'D0LIWEI01' }, already_open: true });
    expect(await errorOf(open('U0NOBODY'))).toBe('user_not_found');
    expect(await errorOf(client.apiCall('conversations.open'))).toBe('users_list_not_supplied');
    expect(await errorOf(open('U0LIWEI01,U0TOMBAKE'))).toBe('missing_scope');
  });
});
