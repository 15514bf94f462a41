import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, runBolt } from './harness.ts';

let running: Running;
beforeEach(async () => {
  running = await runBolt('socket', (app) => {
    app.command('/hi', async ({ ack, command, client }) => {
      await ack('Hello');
      const text = { type: 'plain_text' as const, text: 'Go' };
      const blocks = [
        { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'go', text }] },
      ];
      await client.chat.postMessage({ channel: command.channel_id, text: command.text, blocks });
    });
    app.action('go', ({ ack }) => ack());
  });
});
afterEach(() => running.stop());

async function control(method: 'GET' | 'POST', what: string, body?: object) {
  const url = new URL(`/_sandbox/${what}`, running.slack.url);
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

describe('control over HTTP', () => {
  it('runs commands, shows messages and clicks', async () => {
    const ran = await control('POST', 'command', {
      as: 'ana',
      channel: '#support',
      command: '/hi',
      text: 'there',
    });
    expect(ran.body).toMatchObject({ ack: { status: 'acked' }, shown: { text: 'Hello' } });
    await running.slack.settled(() => running.slack.as('tom').messages('#support').length === 1);
    const seen = await control('GET', 'messages?as=tom&channel=%23support');
    expect(seen.body).toMatchObject({
      messages: [{ text: 'there', rendered: 'missed-call-desk · 12:00\n[Go]' }],
    });
    const { ts } = running.slack.as('tom').messages('#support')[0] ?? {};
    const clicked = await control('POST', 'click', { as: 'tom', channel: '#support', ts, button: 'Go' });
    expect(clicked.body).toMatchObject({ ack: { status: 'acked' } });
    const { body } = await control('GET', 'calls');
    expect(body.calls).toContainEqual(
      expect.objectContaining({
        method: 'chat.postMessage',
        args: expect.objectContaining({ text: 'there' }),
      }),
    );
  });

  it('makes faults', async () => {
    await control('POST', 'fault', { method: 'auth.test', kind: 'http', status: 500 });
    await expect(running.app.client.auth.test()).rejects.toMatchObject({ statusCode: 500 });
    expect((await control('POST', 'fault', { method: 'auth.test', kind: 'gremlins' })).body).toEqual({
      error: 'No fault gremlins',
    });
  });

  it('says what is wrong with a request', async () => {
    expect(await control('POST', 'command', { as: 'ana' })).toEqual({
      status: 400,
      body: { error: 'channel is missing' },
    });
    expect(
      await control('POST', 'command', { as: 'bob', channel: '#support', command: '/hi' }),
    ).toMatchObject({ status: 400 });
    expect(await control('POST', 'nothing')).toMatchObject({ status: 404 });
    expect(await control('POST', 'submit', { as: 'ana' })).toEqual({
      status: 400,
      body: { error: 'Ana Souza has no modal open' },
    });
  });

  it('tells who and what is there', async () => {
    const { body } = await control('GET', 'state');
    expect(body).toMatchObject({
      connections: 1,
      people: [{ handle: 'li' }, { handle: 'ana' }, { handle: 'tom' }],
    });
  });
});
