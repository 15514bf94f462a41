import { App } from '@slack/bolt';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Log } from '../../src/log.ts';
import { silentLog } from '../../src/log.ts';
import { type Slack, startSlack } from '../../src/sandbox/slack/slack.ts';
import { createSlackWay } from '../../src/slack/clients.ts';
import { StartError } from '../../src/slack/identity.ts';
import { createSockets } from '../../src/slack/sockets.ts';
import { unwatched } from '../../src/work/seam.ts';
import { movableClock, quiet } from '../sandbox/slack/harness.ts';

const noProxy = { https: null, http: null, no: null };

async function open({ lingerMs = 50, appToken = undefined as string | undefined } = {}) {
  const slack = await startSlack({
    clock: movableClock(),
    delivery: { mode: 'socket' },
    ackLimitMs: 1_000,
  });
  const errors: { reason?: unknown; message: string }[] = [];
  const log: Log = {
    ...silentLog,
    // What the library says itself is not counted.
    error: (facts, message) => void ('from' in facts || errors.push({ ...facts, message })),
  };
  const token = appToken ?? slack.appToken;
  const way = createSlackWay(slack.url, noProxy, { log: silentLog, reach: unwatched, timeoutMs: 10_000 });
  const sockets = createSockets({ appToken: token, way, log, lingerMs });
  const app = new App({
    receiver: sockets,
    token: slack.botToken,
    tokenVerificationEnabled: false,
    clientOptions: way.options(),
    logger: quiet,
  });
  app.command(/.*/, async ({ ack }) => ack());
  onTestFinished(async () => {
    await sockets.stop();
    await slack.close();
    await way.close();
  });
  const opens = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
  const command = async () => (await slack.as('tom').command('#support', '/missed', 'help')).ack.status;
  const has = (connections: number) => slack.settled(() => slack.connections === connections, 5_000);
  return { slack, sockets, errors, opens, command, has };
}

/** Somebody else's connection for the same app. */
async function occupy(slack: Slack): Promise<void> {
  const response = await fetch(`${slack.url}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await response.json()) as { url: string };
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  await new Promise((resolve) => socket.once('message', resolve));
}

it('holds two connections, and is ready with the first', async () => {
  const { slack, sockets, has } = await open();
  expect(sockets.connected()).toBe(false);
  // The second one's way there is slow.
  let calls = 0;
  slack.faults.add({
    kind: 'slow',
    method: 'apps.connections.open',
    ms: 1_000,
    when: () => ++calls === 2,
  });
  await sockets.start();
  expect(slack.connections).toBe(1);
  expect(sockets.connected()).toBe(true);
  await has(2);
});

it.each(['warning', 'refresh_requested'] as const)(
  'opens a new connection before the old one goes: %s',
  async (reason) => {
    const { slack, sockets, has, command } = await open({ lingerMs: 300 });
    await sockets.start();
    await has(2);
    let fewest = 2;
    const stop = slack.watch(() => {
      fewest = Math.min(fewest, slack.connections);
    });
    onTestFinished(stop);
    slack.refresh(reason, 'oldest');
    // It comes over each in turn, right behind the goodbye.
    for (let i = 0; i < 4; i++) expect(await command()).toBe('acked');
    await has(3);
    for (let i = 0; i < 6; i++) expect(await command()).toBe('acked');
    await has(2);
    expect(fewest).toBe(2);
  },
);

it('goes on over the other one when one breaks, and comes back when both do', async () => {
  const { slack, sockets, has, command, opens } = await open();
  await sockets.start();
  await has(2);
  slack.dropConnections('oldest');
  expect(await command()).toBe('acked');
  expect(sockets.connected()).toBe(true);
  await has(2);
  slack.dropConnections();
  await vi.waitFor(() => expect(sockets.connected()).toBe(false), { interval: 1 });
  await has(2);
  expect(await command()).toBe('acked');
  expect(opens()).toBe(5);
});

it('goes on trying while Slack cannot be reached', async () => {
  const { slack, sockets, has } = await open();
  slack.faults.add({ kind: 'http', method: 'apps.connections.open', status: 503 });
  slack.faults.add({ kind: 'drop', method: 'apps.connections.open' });
  await sockets.start();
  expect(sockets.connected()).toBe(true);
  await has(2);
});

it('does not start with a token that Slack refuses, and asks once', async () => {
  const { sockets, errors, opens } = await open({ appToken: 'xapp-of-nobody' });
  await expect(sockets.start()).rejects.toThrow(StartError);
  expect(errors[0]?.message).toContain('SLACK_APP_TOKEN (invalid_auth)');
  await sockets.stop();
  expect(opens()).toBe(1);
});

it('makes do with one connection where Slack gives no second, says what helps, and does not insist', async () => {
  const { slack, sockets, errors, opens, command } = await open();
  for (let i = 0; i < 9; i++) await occupy(slack);
  const before = opens();
  await sockets.start();
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  expect(errors[0]).toMatchObject({ reason: 'too_many_websockets' });
  expect(errors[0]?.message).toContain('SLACK_SIGNING_SECRET');
  expect(sockets.connected()).toBe(true);
  slack.dropConnections('oldest');
  await command();
  expect(opens()).toBe(before + 2);
});

it('makes room for the new connection where Slack leaves none for both', async () => {
  const { slack, sockets, errors, has, opens } = await open();
  await sockets.start();
  await has(2);
  for (let i = 0; i < 8; i++) await occupy(slack);
  const before = opens();
  slack.refresh('refresh_requested', 'oldest');
  await has(9);
  await has(10);
  expect(opens()).toBe(before + 2);
  expect(errors).toEqual([]);
});

it('can be stopped while it waits for its first connection', async () => {
  const { slack, sockets } = await open();
  slack.faults.add({ kind: 'http', method: 'apps.connections.open', status: 503, times: 1_000 });
  const starting = sockets.start();
  await slack.settled(() => slack.calls.length > 0);
  await sockets.stop();
  await starting;
  expect(sockets.connected()).toBe(false);
});

it('says what helps when Socket Mode is turned off, and does not insist', async () => {
  const { slack, sockets, errors, has, opens, command } = await open();
  await sockets.start();
  await has(2);
  slack.refresh('link_disabled');
  await vi.waitFor(() => expect(errors).toHaveLength(2));
  expect(errors[0]).toMatchObject({ reason: 'link_disabled' });
  expect(errors[0]?.message).toContain('Turn it on again');
  // As long as Slack leaves them open, they serve.
  expect(await command()).toBe('acked');
  expect(opens()).toBe(2);
});

it('stops while a connection is being opened, and leaves none behind', async () => {
  const { slack, sockets, has } = await open();
  await sockets.start();
  await has(2);
  slack.faults.add({ kind: 'slow', method: 'apps.connections.open', ms: 300 });
  slack.dropConnections('oldest');
  await slack.settled(() => slack.faults.waiting.length === 0);
  await sockets.stop();
  expect(sockets.connected()).toBe(false);
  await has(0);
  // What was under way arrives, and goes again.
  await slack.settled(
    () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length === 3,
  );
  await has(0);
});
