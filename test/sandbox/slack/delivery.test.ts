import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { signatureOf } from '../../../src/sandbox/slack/delivery/signature.ts';
import { type Slack, startSlack } from '../../../src/sandbox/slack/slack.ts';
import { freePort, movableClock, runBolt, runClient, SECRET } from './harness.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const count = (seen: string[]) => (app: App) =>
  app.command('/count', async ({ ack, command }) => {
    seen.push(command.text);
    await ack();
  });

describe('Socket Mode', () => {
  const socketSlack = async (ackLimitMs = 100) => {
    const { slack } = await runClient({ ackLimitMs });
    stops.push(() => slack.close());
    return slack;
  };

  const ticket = async (slack: Slack): Promise<string> => {
    const headers = { authorization: `Bearer ${slack.appToken}` };
    const response = await fetch(`${slack.url}apps.connections.open`, { method: 'POST', headers });
    return ((await response.json()) as { url: string }).url;
  };

  /** A hand-made client that keeps what it gets and acks with `ack` (never, when it gives undefined). */
  const connect = async (
    slack: Slack,
    ack: (envelope: Record<string, unknown>) => unknown = () => undefined,
  ) => {
    const got: Record<string, unknown>[] = [];
    const socket = new WebSocket(await ticket(slack));
    const greeted = new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data) => {
        const message = JSON.parse(data.toString()) as Record<string, unknown>;
        got.push(message);
        if (message.type === 'hello') resolve();
        const answer = message.envelope_id === undefined ? undefined : ack(message);
        if (answer !== undefined)
          socket.send(JSON.stringify({ envelope_id: message.envelope_id, payload: answer }));
      });
    });
    await greeted;
    stops.push(async () => socket.terminate());
    return { socket, got };
  };

  it('greets with the number of connections, and takes each ticket once', async () => {
    const slack = await socketSlack();
    const url = await ticket(slack);
    const open = (address: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.on('message', (data) => resolve(data.toString()));
        socket.on('error', (error) => resolve(error.message));
        stops.push(async () => socket.terminate());
      });
    expect(JSON.parse(await open(url))).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(await open(url)).toContain('401');
    expect(await open(url.replace(/ticket=[^&]+/, 'ticket=made-up'))).toContain('401');
  });

  it('sends an envelope on one connection, and any of them', async () => {
    const slack = await socketSlack();
    const [one, two] = [await connect(slack, () => ({})), await connect(slack, () => ({}))];
    expect(slack.connections).toBe(2);
    for (let i = 0; i < 4; i += 1) await slack.as('li').command('#support', '/count');
    expect([one.got.length, two.got.length]).toEqual([3, 3]);
    expect(one.got[1]).toMatchObject({
      envelope_id: expect.any(String),
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/count', channel_name: 'support', user_id: 'U0LIWEI01', user_name: 'li' },
    });
  });

  it('shows what the ack says', async () => {
    const slack = await socketSlack();
    await connect(slack, () => ({ text: 'Done', response_type: 'ephemeral' }));
    const { shown } = await slack.as('li').command('#support', '/count');
    expect(shown).toMatchObject({ text: 'Done', ephemeralTo: 'U0LIWEI01' });
  });

  it('tells the person when the ack does not come in time', async () => {
    const slack = await socketSlack();
    await connect(slack);
    const { ack, shown } = await slack.as('li').command('#support', '/count');
    expect(ack.status).toBe('operation_timeout');
    expect(shown).toMatchObject({ user: 'USLACKBOT', ephemeralTo: 'U0LIWEI01' });
    expect(shown?.text).toBe('/count failed with the error "operation_timeout"');
  });

  it('has on record what was sent once, and how it was taken', async () => {
    const slack = await socketSlack();
    let heard = 0;
    await connect(slack, () => (heard++ === 0 ? { text: 'Done' } : undefined));
    await slack.as('li').command('#support', '/count', 'one');
    await slack.as('li').command('#support', '/count', 'two');
    await slack.redeliver();
    expect(slack.deliveries).toMatchObject([
      { kind: 'slash_commands', payload: { text: 'one' }, ack: { status: 'acked' } },
      { kind: 'slash_commands', payload: { text: 'two' }, ack: { status: 'operation_timeout' } },
    ]);
  });

  it('keeps nothing for later while no connection is open', async () => {
    const slack = await socketSlack();
    const { ack, shown } = await slack.as('li').command('#support', '/count');
    expect(ack).toMatchObject({ status: 'dispatch_failed' });
    expect(shown?.text).toContain('dispatch_failed');
    const { got } = await connect(slack, () => ({}));
    expect(got.map(({ type }) => type)).toEqual(['hello']);
  });

  it('sends the same envelope again when asked to', async () => {
    const seen: string[] = [];
    const { slack, stop } = await runBolt('socket', count(seen));
    stops.push(stop);
    await slack.as('li').command('#support', '/count', 'once');
    expect(await slack.redeliver()).toMatchObject({ status: 'acked' });
    expect(seen).toEqual(['once', 'once']);
  });

  it.each(['warning', 'refresh_requested'] as const)('tells clients to come again: %s', async (reason) => {
    const slack = await socketSlack();
    const { got } = await connect(slack);
    slack.refresh(reason);
    await slack.as('li').command('#support', '/count');
    expect(got).toContainEqual(expect.objectContaining({ type: 'disconnect', reason }));
  });

  it('renews and breaks one connection at a time when asked to, the oldest first', async () => {
    const slack = await socketSlack();
    const clients = [await connect(slack), await connect(slack), await connect(slack)];
    const toldToGo = () => clients.map(({ got }) => got.filter(({ type }) => type === 'disconnect').length);
    slack.refresh('refresh_requested', 'oldest');
    slack.refresh('refresh_requested', 'oldest');
    await expect.poll(toldToGo).toEqual([1, 1, 0]);
    slack.dropConnections('oldest');
    await slack.settled(() => slack.connections === 2);
    await expect
      .poll(() => clients.map(({ socket }) => socket.readyState === socket.OPEN))
      .toEqual([false, true, true]);
  });

  it('takes an acknowledgement only over the connection that the envelope came by', async () => {
    const slack = await socketSlack();
    const other = await connect(slack);
    await connect(slack, ({ envelope_id }) => {
      other.socket.send(JSON.stringify({ envelope_id }));
      return undefined;
    });
    const acks: string[] = [];
    for (let i = 0; i < 2; i++) acks.push((await slack.as('li').command('#support', '/count')).ack.status);
    expect(acks).toEqual(['operation_timeout', 'operation_timeout']);
  });

  it('is reached again by a real app after a refresh and after a break', async () => {
    const seen: string[] = [];
    const { slack, stop } = await runBolt('socket', count(seen));
    stops.push(stop);
    for (const leave of [() => slack.refresh(), () => slack.dropConnections()]) {
      leave();
      await slack.settled(() => slack.connections === 0);
      await slack.settled(() => slack.connections === 1);
      await slack.as('li').command('#support', '/count', 'back');
    }
    expect(seen).toEqual(['back', 'back']);
  });

  it('has room for ten connections', async () => {
    const slack = await socketSlack();
    for (let i = 0; i < 10; i += 1) await connect(slack);
    const eleventh = new WebSocket(await ticket(slack));
    stops.push(async () => eleventh.terminate());
    const first = await new Promise<string>((resolve) =>
      eleventh.on('message', (data) => resolve(data.toString())),
    );
    expect(JSON.parse(first)).toEqual({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(slack.connections).toBe(10);
  });
});

describe('HTTP', () => {
  it('signs as Slack documents it', () => {
    // The example of Slack's guide "Verifying requests from Slack".
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signatureOf('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  const httpSlack = async (requestUrl: string, options = {}) => {
    const slack = await startSlack({
      clock: movableClock(),
      ackLimitMs: 1_000,
      delivery: { mode: 'http', requestUrl, signingSecret: 's' },
      ...options,
    });
    stops.push(() => slack.close());
    return slack;
  };

  /** An app by hand: keeps headers and bodies, answers with these statuses (then 200), `0` for never. */
  const byHand = async (...statuses: number[]) => {
    const got: { type: string; retry: string | undefined; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      const retry = request.headers['x-slack-retry-num'];
      got.push({
        type: request.headers['content-type'] ?? '',
        retry: retry === undefined ? undefined : String(retry),
        body,
      });
      const status = statuses.shift() ?? 200;
      if (status !== 0) response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` };
  };

  it('sends commands as forms, interactions as forms of one payload, events as JSON', async () => {
    const { got, url } = await byHand();
    const slack = await httpSlack(url);
    await slack.as('tom').command('#support', '/count', 'a & b');
    await slack.as('tom').openHome();
    expect(got.map(({ type }) => type)).toEqual(['application/x-www-form-urlencoded', 'application/json']);
    expect(Object.fromEntries(new URLSearchParams(got[0]?.body))).toMatchObject({
      text: 'a &amp; b',
      team_domain: 'office',
    });
    expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({
      type: 'event_callback',
      api_app_id: 'A0DESKAPP',
      event: { type: 'app_home_opened', user: 'U0TOMBAKE', tab: 'home' },
    });
  });

  it('tells the person when nobody listens, when the app fails, and when it is slow', async () => {
    const nowhere = await httpSlack(`http://127.0.0.1:${await freePort()}/`);
    expect((await nowhere.as('li').command('#support', '/count')).shown?.text).toContain('dispatch_failed');
    const { url } = await byHand(404, 0);
    const slack = await httpSlack(url);
    expect((await slack.as('li').command('#support', '/count')).ack).toMatchObject({
      status: 'dispatch_failed',
      why: 'HTTP 404',
    });
    expect((await slack.as('li').command('#support', '/count')).ack).toMatchObject({
      status: 'operation_timeout',
    });
  });

  it('sends events again at once, after a minute and after five, then gives up', async () => {
    const { got, url } = await byHand(...Array(7).fill(500));
    const clock = movableClock();
    const slack = await httpSlack(url, { clock });
    const retries = () => got.map(({ retry }) => retry);
    expect((await slack.as('li').openHome())?.status).toBe('dispatch_failed');
    // The time counts from when Slack has seen that a try has failed.
    const isSetAside = () => expect.poll(() => slack.unacknowledged).toBe(1);
    await expect.poll(retries).toEqual([undefined, '1']);
    await isSetAside();
    clock.move(60_000);
    await expect.poll(retries).toEqual([undefined, '1', '2']);
    await isSetAside();
    clock.move(5 * 60_000);
    await expect.poll(retries).toEqual([undefined, '1', '2', '3']);
    const eventIds = () => got.map(({ body }) => JSON.parse(body).event_id);
    const [first] = eventIds();
    clock.move(60 * 60_000);
    // A later event goes the same way: by its retries, any further one of the first would have come.
    await slack.as('li').openHome();
    await expect.poll(() => retries().slice(4)).toEqual([undefined, '1']);
    await isSetAside();
    clock.move(60_000);
    await expect.poll(() => retries().slice(4)).toEqual([undefined, '1', '2']);
    expect(eventIds().map((id) => id === first)).toEqual([true, true, true, true, false, false, false]);
  });

  it('verifies the request URL of a real Bolt app', async () => {
    const { slack, stop } = await runBolt('http', () => {});
    stops.push(stop);
    await expect(slack.verifyUrl()).resolves.toBeUndefined();
    const { url } = await byHand();
    await expect((await httpSlack(url)).verifyUrl()).rejects.toThrow('challenge');
  });

  it('is refused by a real Bolt app that has another secret', async () => {
    const seen: string[] = [];
    const { requestUrl, stop } = await runBolt('http', count(seen));
    stops.push(stop);
    const stranger = await httpSlack(requestUrl);
    expect((await stranger.as('li').command('#support', '/count')).ack).toMatchObject({
      status: 'dispatch_failed',
      why: 'HTTP 401',
    });
    expect(seen).toEqual([]);
  });

  it('is refused by a real Bolt app when its stamp is old', async () => {
    const { requestUrl, stop } = await runBolt('http', count([]));
    stops.push(stop);
    const late = await startSlack({
      clock: movableClock(),
      delivery: { mode: 'http', requestUrl, signingSecret: SECRET, stamp: movableClock() },
    });
    stops.push(() => late.close());
    expect((await late.as('li').command('#support', '/count')).ack).toMatchObject({ why: 'HTTP 401' });
  });
});

describe('events', () => {
  it('come only where they are subscribed to and allowed', async () => {
    const { slack, stop } = await runBolt('socket', (app) => app.event('app_mention', async () => {}));
    stops.push(stop);
    const { app } = slack.workspace;
    const mention = () => slack.as('li').say('#support', `<@${app.botUserId}> hello`);
    expect((await mention()).ack).toMatchObject({ status: 'acked' });
    app.scopes = app.scopes.filter((scope) => scope !== 'app_mentions:read');
    expect((await mention()).ack).toBeUndefined();
    expect(await slack.emit({ type: 'app_uninstalled' })).toBeUndefined();
    app.events.push('app_uninstalled');
    expect(await slack.emit({ type: 'app_uninstalled' })).toMatchObject({ status: 'acked' });
  });

  it('do not come from channels without the app', async () => {
    const { slack, stop } = await runBolt('socket', () => {});
    stops.push(stop);
    expect((await slack.as('li').say('#sales', `<@${slack.botUserId}> hello`)).ack).toBeUndefined();
  });

  it('tell the app of its own messages and edits in direct messages, as Slack does', async () => {
    const subtypes: (string | undefined)[] = [];
    const { slack, app, stop } = await runBolt('socket', (bolt) =>
      bolt.use(async ({ payload, next }) => {
        if (payload.type === 'message')
          subtypes.push('subtype' in payload ? String(payload.subtype) : undefined);
        await next();
      }),
    );
    stops.push(stop);
    const { ts = '', channel = '' } = await app.client.chat.postMessage({ channel: 'U0LIWEI01', text: 'a' });
    await app.client.chat.update({ channel, ts, text: 'b' });
    await expect.poll(() => subtypes).toContain('message_changed');
    expect(slack.as('li').messages('@app')).toMatchObject([{ text: 'b' }]);
  });
});
