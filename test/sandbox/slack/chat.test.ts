import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, runClient } from './harness.ts';

let running: Awaited<ReturnType<typeof runClient>>;
beforeAll(async () => {
  running = await runClient();
});
afterAll(() => running.slack.close());

const SUPPORT = 'C0SUPPORT';
const divider: KnownBlock[] = [{ type: 'divider' }];
const post = (channel: string, more: object = {}) =>
  running.client.chat.postMessage({ channel, text: 'hello', ...more } as { channel: string; text: string });

describe('chat.postMessage', () => {
  it('posts where the app is, and to public channels where it is not', async () => {
    for (const channel of [SUPPORT, '#support', 'C0SALES01', 'C0MANAGER', 'D0LIWEI01']) {
      const { ts, message } = await post(channel);
      expect(ts).toMatch(/^\d+\.\d{6}$/);
      expect(message).toMatchObject({ text: 'hello', bot_id: 'B0DESKBOT' });
    }
  });

  it('opens the direct message of a person that it is given', async () => {
    expect(await post('U0TOMBAKE')).toMatchObject({ channel: 'D0TOMBAKE' });
  });

  it.each([
    ['a channel that is not there', 'C0NOWHERE', 'channel_not_found'],
    ['a private channel without the app', 'C0PRIVATE', 'channel_not_found'],
    ['a direct message of two people', 'D0ANATOM1', 'channel_not_found'],
    ['an archived channel', 'C0OLDDAYS', 'is_archived'],
  ])('refuses %s', async (_, channel, error) => {
    expect(await errorOf(post(channel))).toBe(error);
  });

  it('needs chat:write.public where it is no member', async () => {
    const { app } = running.slack.workspace;
    const all = app.scopes;
    app.scopes = all.filter((scope) => scope !== 'chat:write.public');
    const error = await errorOf(post('C0SALES01'));
    app.scopes = all;
    expect(error).toBe('not_in_channel');
  });

  const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
  it.each<[string, object, string]>([
    ['nothing said', { text: '' }, 'no_text'],
    ['only spaces', { text: '  ' }, 'no_text'],
    ['40,001 characters', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { blocks: '{"type":"divider"}' }, 'invalid_blocks_format'],
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => divider[0]) }, 'invalid_blocks'],
    [
      'more than 13,000 characters in all',
      { blocks: Array.from({ length: 5 }, (_, i) => section('x'.repeat(i === 0 ? 2601 : 2600))) },
      'msg_blocks_too_long',
    ],
    [
      '101 attachments',
      { attachments: Array.from({ length: 101 }, () => ({ fallback: 'f' })) },
      'too_many_attachments',
    ],
    [
      'wrong blocks in an attachment',
      { attachments: [{ blocks: [{ type: 'marquee' }] }] },
      'invalid_attachments',
    ],
    ['markdown and text', { markdown_text: '*a*' }, 'markdown_text_conflict'],
    ['metadata that is no object', { metadata: '7' }, 'invalid_metadata_format'],
    ['metadata without a payload', { metadata: { event_type: 'a' } }, 'invalid_metadata_schema'],
    [
      'a metadata type with spaces',
      { metadata: { event_type: 'a b', event_payload: {} } },
      'invalid_metadata_schema',
    ],
    [
      'metadata that is deep',
      { metadata: { event_type: 'a', event_payload: { a: { b: { c: 1 } } } } },
      'invalid_metadata_schema',
    ],
    [
      'metadata that is null',
      { metadata: { event_type: 'a', event_payload: { a: null } } },
      'invalid_metadata_schema',
    ],
    ['a thread of no message', { thread_ts: '1.000001' }, 'thread_not_found'],
    ['a thread that is no ts', { thread_ts: 'yesterday' }, 'invalid_thread_ts'],
    ['a name of its own', { username: 'Somebody' }, 'missing_scope'],
  ])('refuses %s', async (_, more, error) => {
    const before = running.slack.workspace.messages.inChannel(SUPPORT).length;
    expect(await errorOf(post(SUPPORT, more))).toBe(error);
    expect(running.slack.workspace.messages.inChannel(SUPPORT)).toHaveLength(before);
  });

  it('takes exactly 13,000 characters of blocks', async () => {
    const blocks = Array.from({ length: 5 }, () => section('x'.repeat(2600)));
    expect(await errorOf(post(SUPPORT, { blocks }))).toBe('ok');
  });

  it('says what is wrong with blocks, and where', async () => {
    const refused = await post(SUPPORT, { blocks: [section('x'.repeat(3001))] }).catch((error) => error.data);
    const problem = 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(refused).toMatchObject({
      errors: [problem],
      response_metadata: { messages: [`[ERROR] ${problem}`] },
    });
  });

  it('keeps text as it was sent: nothing is escaped for the app', async () => {
    const { ts } = await post(SUPPORT, { text: 'a <b> & <!channel>' });
    const seen = running.slack
      .as('ana')
      .messages('#support')
      .find((message) => message.ts === ts);
    expect(seen?.text).toBe('a <b> & <!channel>');
  });

  it('gives ids to blocks and buttons that have none', async () => {
    const { message } = await post(SUPPORT, {
      blocks: [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' } }] }],
    });
    expect(message?.blocks).toMatchObject([
      { block_id: expect.stringMatching(/./), elements: [{ action_id: expect.stringMatching(/./) }] },
    ]);
  });

  it('gives every message its own ts while the clock stands still', async () => {
    const sent = await Promise.all([post(SUPPORT), post(SUPPORT), post('C0MANAGER')]);
    expect(new Set(sent.map(({ ts }) => ts)).size).toBe(3);
  });
});

describe('chat.update', () => {
  it('changes what the app said', async () => {
    const { ts = '' } = await post(SUPPORT, { blocks: divider });
    await running.client.chat.update({ channel: SUPPORT, ts, text: 'now', blocks: [] });
    expect(running.slack.workspace.messages.find(SUPPORT, ts)).toMatchObject({ text: 'now', blocks: [] });
  });

  it('drops the blocks when only text is sent, and keeps the metadata that is not', async () => {
    const metadata = { event_type: 'a', event_payload: { id: '1' } };
    const { ts = '' } = await post(SUPPORT, { blocks: divider, metadata });
    await running.client.chat.update({ channel: SUPPORT, ts, text: 'now' });
    expect(running.slack.workspace.messages.find(SUPPORT, ts)).toMatchObject({ blocks: [], metadata });
    await running.client.apiCall('chat.update', { channel: SUPPORT, ts, text: 'now', metadata: {} });
    expect(running.slack.workspace.messages.find(SUPPORT, ts)?.metadata).toBeUndefined();
  });

  it('takes 4,000 characters of text, fewer than a post', async () => {
    const { ts = '' } = await post(SUPPORT);
    const update = (length: number) =>
      running.client.chat.update({ channel: SUPPORT, ts, text: 'x'.repeat(length) });
    expect(await errorOf(update(4000))).toBe('ok');
    expect(await errorOf(update(4001))).toBe('msg_too_long');
  });

  it('refuses messages that are not there, not its own, or ephemeral', async () => {
    const { slack, client } = running;
    const update = (ts: string) => errorOf(client.chat.update({ channel: SUPPORT, ts, text: 'now' }));
    expect(await update('1.000001')).toBe('message_not_found');
    const { message } = await slack.as('ana').say('#support', 'mine');
    expect(await update(message.ts)).toBe('cant_update_message');
    const { message_ts = '' } = await client.chat.postEphemeral({
      channel: SUPPORT,
      user: 'U0ANASOUZ',
      text: 'psst',
    });
    expect(await update(message_ts)).toBe('message_not_found');
    const { ts = '' } = await post('U0TOMBAKE');
    expect(await errorOf(client.chat.update({ channel: 'U0TOMBAKE', ts, text: 'now' }))).toBe(
      'channel_not_found',
    );
    expect(await errorOf(client.chat.update({ channel: 'D0TOMBAKE', ts, text: '' }))).toBe('no_text');
  });
});

describe('chat.delete and chat.getPermalink', () => {
  it('deletes its own messages only', async () => {
    const { slack, client } = running;
    const { ts = '' } = await post(SUPPORT);
    const link = await client.chat.getPermalink({ channel: SUPPORT, message_ts: ts });
    expect(link.permalink).toBe(`https://office.slack.com/archives/${SUPPORT}/p${ts.replace('.', '')}`);
    await client.chat.delete({ channel: SUPPORT, ts });
    expect(await errorOf(client.chat.delete({ channel: SUPPORT, ts }))).toBe('message_not_found');
    expect(await errorOf(client.chat.getPermalink({ channel: SUPPORT, message_ts: ts }))).toBe(
      'message_not_found',
    );
    const { message } = await slack.as('ana').say('#support', 'mine');
    expect(await errorOf(client.chat.delete({ channel: SUPPORT, ts: message.ts }))).toBe(
      'cant_delete_message',
    );
  });
});

describe('chat.postEphemeral', () => {
  it('is seen by one person, and in no history', async () => {
    const { slack, client } = running;
    await client.chat.postEphemeral({ channel: SUPPORT, user: 'U0ANASOUZ', text: 'only Ana' });
    const sees = (who: string) =>
      slack
        .as(who)
        .messages('#support')
        .some(({ text }) => text === 'only Ana');
    expect([sees('ana'), sees('tom')]).toEqual([true, false]);
    const { messages = [] } = await client.conversations.history({ channel: SUPPORT });
    expect(messages.some(({ text }) => text === 'only Ana')).toBe(false);
  });

  it.each([
    ['a person who is not in the channel', 'C0MANAGER', 'U0LIWEI01', 'user_not_in_channel'],
    ['a channel without the app', 'C0SALES01', 'U0LIWEI01', 'not_in_channel'],
    ['a private channel without the app', 'C0PRIVATE', 'U0LIWEI01', 'channel_not_found'],
    ['nobody', SUPPORT, 'U0NOBODY', 'user_not_found'],
  ])('refuses %s', async (_, channel, user, error) => {
    expect(await errorOf(running.client.chat.postEphemeral({ channel, user, text: 'a' }))).toBe(error);
  });
});
