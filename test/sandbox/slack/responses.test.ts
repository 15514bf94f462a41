import type { BlockAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, runBolt } from './harness.ts';

let running: Running;
let commandUrl = '';
let clickUrl = '';
let clickBody: BlockAction | undefined;
/** What commands are acked with. */
let said: object | string | undefined;

const go = [
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
  },
];

beforeEach(async () => {
  said = undefined;
  running = await runBolt('http', (app) => {
    app.command('/say', async ({ ack, command }) => {
      commandUrl = command.response_url;
      await (said === undefined ? ack() : ack(said as never));
    });
    app.action<BlockAction>('go', async ({ ack, body }) => {
      clickUrl = body.response_url;
      clickBody = body;
      await ack();
    });
  });
});
afterEach(() => running.stop());

async function respond(url: string, body: object): Promise<[number, string]> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

const sees = (who: string, channel = '#support') =>
  running.slack
    .as(who)
    .messages(channel)
    .map(({ text }) => text);

describe('the response_url of a command', () => {
  beforeEach(() => running.slack.as('ana').command('#support', '/say'));

  it('adds messages, for one person unless it says in_channel, and answers ok alone', async () => {
    expect(await respond(commandUrl, { text: 'for you' })).toEqual([200, 'ok']);
    expect(await respond(commandUrl, { text: 'for all', response_type: 'in_channel' })).toEqual([200, 'ok']);
    expect(sees('ana')).toEqual(['for you', 'for all']);
    expect(sees('tom')).toEqual(['for all']);
  });

  it('never replaces or deletes what it said before', async () => {
    await respond(commandUrl, { text: 'one' });
    await respond(commandUrl, { text: 'two', replace_original: true });
    expect(sees('ana')).toEqual(['one', 'two']);
    expect(await respond(commandUrl, { delete_original: true })).toEqual([
      400,
      '{"ok":false,"error":"no_text"}',
    ]);
    expect(sees('ana')).toEqual(['one', 'two']);
  });

  it('works five times', async () => {
    for (let i = 1; i <= 5; i += 1) expect((await respond(commandUrl, { text: `${i}` }))[0]).toBe(200);
    expect(await respond(commandUrl, { text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
    expect(sees('ana')).toHaveLength(5);
  });

  it('works for thirty minutes', async () => {
    running.clock.move(30 * 60_000);
    expect((await respond(commandUrl, { text: 'just in time' }))[0]).toBe(200);
    running.clock.move(1);
    expect(await respond(commandUrl, { text: 'late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
  });

  it('refuses what Slack refuses', async () => {
    expect((await respond(commandUrl, { blocks: [{ type: 'marquee' }] }))[1]).toContain('invalid_blocks');
    expect((await respond(commandUrl, { text: 'a', response_type: 'loud' }))[1]).toContain(
      'invalid_response_type',
    );
    expect((await respond(`${commandUrl}0`, { text: 'a' }))[1]).toContain('invalid_url');
  });

  it('works where the app is no member', async () => {
    await running.slack.as('li').command('#private', '/say');
    await respond(commandUrl, { text: 'psst', response_type: 'in_channel' });
    expect(sees('tom', '#private')).toEqual(['psst']);
  });

  it('is recorded among the calls', async () => {
    await respond(commandUrl, { text: 'noted' });
    expect(running.slack.calls.at(-1)).toMatchObject({
      method: 'response_url',
      args: { text: 'noted' },
      performed: true,
    });
  });
});

describe('the response_url of a click', () => {
  const click = async (channel = '#support') => {
    const seen = running.slack
      .as('ana')
      .messages(channel)
      .find((message) => message.blocks.length > 0);
    if (!seen) throw new Error('no message to click');
    await running.slack.as('ana').click(seen, 'go');
    return seen;
  };

  it('replaces the message, which everybody still sees', async () => {
    await running.app.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'before', blocks: go as never });
    const { ts } = await click();
    await respond(clickUrl, { text: 'after', replace_original: true, response_type: 'ephemeral' });
    expect(sees('tom')).toEqual(['after']);
    expect(running.slack.as('tom').messages('#support')[0]).toMatchObject({ ts, blocks: [] });
  });

  it('replaces it also when it does not say, and adds when it says not to', async () => {
    await running.app.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'before', blocks: go as never });
    await click();
    await respond(clickUrl, { text: 'for Ana', replace_original: false });
    expect([sees('ana'), sees('tom')]).toEqual([['before', 'for Ana'], ['before']]);
    await respond(clickUrl, { text: 'after' });
    expect(sees('tom')).toEqual(['after']);
  });

  it('is the only way to change an ephemeral message, which stays ephemeral', async () => {
    const { client } = running.app;
    await client.chat.postEphemeral({
      channel: 'C0SUPPORT',
      user: 'U0ANASOUZ',
      text: 'private',
      blocks: go as never,
    });
    await click();
    expect(clickBody).toMatchObject({ container: { is_ephemeral: true } });
    expect(clickBody).not.toHaveProperty('message');
    await respond(clickUrl, { text: 'changed', replace_original: true, response_type: 'in_channel' });
    expect([sees('ana'), sees('tom')]).toEqual([['changed'], []]);
    await respond(clickUrl, { delete_original: true });
    expect(sees('ana')).toEqual([]);
  });
});

describe('the payload of a click', () => {
  it('has the message with its metadata, where it was, and what was clicked', async () => {
    const metadata = { event_type: 'answer', event_payload: { id: '1' } };
    await running.app.client.chat.postMessage({
      channel: 'C0MANAGER',
      text: 'before',
      metadata,
      blocks: go as never,
    });
    const [seen] = running.slack.as('tom').messages('#managers');
    if (!seen) throw new Error('no message');
    await running.slack.as('tom').click(seen, 'Go');
    expect(clickBody).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0TOMBAKE', username: 'tom' },
      team: { id: 'T0OFFICE1', domain: 'office' },
      channel: { id: 'C0MANAGER', name: 'privategroup' },
      container: { type: 'message', message_ts: seen.ts, channel_id: 'C0MANAGER', is_ephemeral: false },
      message: { ts: seen.ts, metadata, blocks: [{ type: 'actions' }] },
      state: { values: {} },
      actions: [
        { type: 'button', action_id: 'go', block_id: expect.any(String), action_ts: expect.any(String) },
      ],
    });
  });

  it('cannot be had from a message that is gone, or from a button that is not there', async () => {
    const { ts = '' } = await running.app.client.chat.postMessage({
      channel: 'C0SUPPORT',
      text: 'a',
      blocks: go as never,
    });
    const [seen] = running.slack.as('ana').messages('#support');
    if (!seen) throw new Error('no message');
    await expect(running.slack.as('ana').click(seen, 'Stop')).rejects.toThrow('Nothing called Stop');
    await running.app.client.chat.delete({ channel: 'C0SUPPORT', ts });
    await expect(running.slack.as('ana').click(seen, 'Go')).rejects.toThrow('no longer there');
  });
});

describe('what a command is acked with', () => {
  it('is shown to the person', async () => {
    said = 'At once';
    const { shown } = await running.slack.as('ana').command('#sales', '/say', 'please');
    expect(shown).toMatchObject({ text: 'At once', ephemeralTo: 'U0ANASOUZ' });
  });

  it('is shown to all, with the command, when it says in_channel', async () => {
    said = { response_type: 'in_channel', text: 'Hear, hear' };
    await running.slack.as('ana').command('#support', '/say', 'it');
    expect(sees('tom')).toEqual(['/say it', 'Hear, hear']);
  });

  it('is shown as a failure when Slack would not take it', async () => {
    said = { blocks: [{ type: 'marquee' }] };
    const { shown } = await running.slack.as('ana').command('#support', '/say');
    expect(shown?.text).toBe('/say failed with the error "invalid_command_response"');
  });
});
