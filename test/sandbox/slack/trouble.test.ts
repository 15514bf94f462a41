import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFaults } from '../../../src/sandbox/slack/faults.ts';
import { openRateLimits } from '../../../src/sandbox/slack/rate-limits.ts';
import { errorOf, movableClock, quiet, runClient } from './harness.ts';

let running: Awaited<ReturnType<typeof runClient>>;
let opened: (typeof running)[] = [];
afterEach(async () => {
  for (const { slack } of opened) await slack.close();
  opened = [];
});

async function open(options: Parameters<typeof runClient>[0] = {}) {
  running = await runClient(options);
  opened.push(running);
}

const SUPPORT = 'C0SUPPORT';
const post = (channel = SUPPORT) => running.client.chat.postMessage({ channel, text: 'hello' });
const said = () => running.slack.as('ana').messages('#support').length;

describe('faults', () => {
  beforeEach(() => open());

  it('refuse with Slack’s error, as often as asked and no more', async () => {
    running.slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'internal_error',
      times: 2,
    });
    const errors = [await errorOf(post()), await errorOf(post()), await errorOf(post())];
    expect(errors).toEqual(['internal_error', 'internal_error', 'ok']);
    expect(running.slack.faults.waiting).toEqual([]);
    expect(said()).toBe(1);
  });

  it('spoil only the method and the arguments that they are meant for', async () => {
    running.slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'fatal_error',
      when: ({ channel }) => channel === 'C0MANAGER',
    });
    expect(await errorOf(running.client.auth.test())).toBe('ok');
    expect(await errorOf(post())).toBe('ok');
    expect(await errorOf(post('C0MANAGER'))).toBe('fatal_error');
  });

  it('answer 429 with Retry-After', async () => {
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect(said()).toBe(0);
  });

  it('answer 5xx, whether the call was carried out or not', async () => {
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'http', status: 503 });
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'http', status: 500, performed: true });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(said()).toBe(0);
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(said()).toBe(1);
    expect(running.slack.calls.map(({ performed }) => performed)).toEqual([false, true]);
  });

  it('drop the connection before the call, or after it', async () => {
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'drop' });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(said()).toBe(0);
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'accept-then-drop' });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(said()).toBe(1);
    expect(running.slack.calls.at(-1)).toMatchObject({ performed: true, fault: 'accept-then-drop' });
  });

  it('make the client that retries by itself post twice', async () => {
    const { slack } = running;
    const retryConfig = { retries: 1, minTimeout: 1, maxTimeout: 1 };
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.url, retryConfig, logger: quiet });
    slack.faults.add({ method: 'chat.postMessage', kind: 'accept-then-drop' });
    await client.chat.postMessage({ channel: SUPPORT, text: 'twice' });
    expect(said()).toBe(2);
  });

  it('answer late what was done at once', async () => {
    running.slack.faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 80 });
    const began = performance.now();
    const sent = post();
    await running.slack.settled(() => said() === 1);
    expect(performance.now() - began).toBeLessThan(80);
    await sent;
    expect(performance.now() - began).toBeGreaterThanOrEqual(75);
  });

  it('can be cleared, and can be for every method', () => {
    const faults = openFaults();
    faults.add({ method: '*', kind: 'drop', times: 2 });
    expect(faults.take('views.open', {})).toMatchObject({ kind: 'drop' });
    faults.clear();
    expect(faults.take('views.open', {})).toBeUndefined();
  });
});

describe('rate limits', () => {
  it('are off unless asked for', async () => {
    await open();
    for (let i = 0; i < 10; i += 1) expect(await errorOf(post())).toBe('ok');
  });

  it('hold a channel to one post a second after a short burst, other channels apart', async () => {
    await open({ rateLimits: true });
    const { slack, client } = running;
    expect([await errorOf(post()), await errorOf(post()), await errorOf(post())]).toEqual(['ok', 'ok', 'ok']);
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.calls.at(-1)).toMatchObject({ error: 'ratelimited', performed: false });
    expect(await errorOf(post('C0MANAGER'))).toBe('ok');
    expect(await errorOf(client.auth.test())).toBe('ok');
  });

  it('let a post through once a second has passed', () => {
    const clock = movableClock();
    const limits = openRateLimits(clock);
    for (let i = 0; i < 3; i += 1) expect(limits.count('post', 'C1')).toBeUndefined();
    expect(limits.count('post', 'C1')).toBe(1);
    clock.move(1000);
    expect(limits.count('post', 'C1')).toBeUndefined();
    expect(limits.count('post', 'C1')).toBe(1);
  });

  it.each([
    [2, 20],
    [3, 50],
    [4, 100],
  ] as const)('hold a method of tier %i to %i a minute', (tier, most) => {
    const clock = movableClock();
    const limits = openRateLimits(clock);
    for (let i = 0; i < most; i += 1) expect(limits.count(tier, 'users.list')).toBeUndefined();
    expect(limits.count(tier, 'users.list')).toBe(60);
    expect(limits.count(tier, 'conversations.list')).toBeUndefined();
    clock.move(60_000);
    expect(limits.count(tier, 'users.list')).toBeUndefined();
  });
});
