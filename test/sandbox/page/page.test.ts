import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/page/sandbox.ts';
import type { Scene } from '../../../src/sandbox/page/scene.ts';

const MONDAY = Date.parse('2026-11-23T10:40:00Z');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ startAt: MONDAY, ...options });
  closing.push(sandbox.close);
  return sandbox;
}

const post = (sandbox: Sandbox, action: string, body: object, headers = {}) =>
  fetch(`${sandbox.page.url}/api/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Fetch does not let one choose the Host. */
const statusWithHost = ({ page }: Sandbox, host: string) =>
  new Promise((resolve, reject) =>
    request({ port: page.port, host: '127.0.0.1', headers: { host } }, (response) => {
      resolve(response.statusCode);
      response.resume();
    })
      .on('error', reject)
      .end(),
  );

const ask = { as: 'tom', channel: 'support', text: '/missed vdn 159 today' };
const seen = (sandbox: Sandbox, as = 'tom') => sandbox.stage.scene(as, 'support');
const claimOf = ({ messages }: Scene) => {
  const message = messages.at(-1);
  const block = message?.blocks.find((one) => JSON.stringify(one).includes('"claim:'));
  const actionId = /"(claim:\d+)"/.exec(JSON.stringify(block))?.[1];
  return { place: { in: 'message', channel: 'support', ts: message?.ts }, seen: block, actionId };
};

describe('the page’s server', () => {
  it('gives the page to nobody but itself, with nothing from elsewhere', async () => {
    const sandbox = await open();
    const page = await fetch(sandbox.page.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(await page.text()).not.toMatch(/https?:\/\//);
    expect(await statusWithHost(sandbox, 'desk.example.com')).toBe(403);
    expect((await post(sandbox, 'command', ask, { Origin: 'https://example.com' })).status).toBe(403);
    expect(seen(sandbox).messages).toEqual([]);
  });

  it('says what it cannot do: unknown actions, people, fields and files', async () => {
    const sandbox = await open();
    const refused = async (action: string, body: object) => {
      const response = await post(sandbox, action, body);
      return [response.status, await response.json()];
    };
    expect(await refused('explode', {})).toEqual([404, { error: 'No /api/explode here' }]);
    expect(await refused('command', { ...ask, as: 'bob' })).toEqual([
      400,
      { error: expect.stringContaining('Nobody called bob here') },
    ]);
    expect(await refused('command', { ...ask, text: 'no command' })).toEqual([
      400,
      { error: expect.any(String) },
    ]);
    expect(await refused('ring', { vdn: 159, how: 'loudly' })).toEqual([400, { error: expect.any(String) }]);
    expect(await refused('command', { ...ask, channel: 'managers', as: 'li' })).toEqual([
      400,
      { error: 'Li Wei does not see managers (C0MANAGER)' },
    ]);
    expect((await fetch(`${sandbox.page.url}/etc/passwd`)).status).toBe(404);
    expect((await fetch(`${sandbox.page.url}/api/live?as=bob&in=support`)).status).toBe(400);
  });

  it('sends a scene after each change, until the page is closed', async () => {
    const sandbox = await open();
    const leaving = new AbortController();
    const live = await fetch(`${sandbox.page.url}/api/live?as=tom&in=support`, { signal: leaving.signal });
    const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    let got = '';
    const until = async (wanted: RegExp) => {
      while (!wanted.test(got)) got += (await reader?.read())?.value ?? '';
    };
    await until(/"messages":\[\]/);
    await post(sandbox, 'command', ask);
    await until(/10 calls from 6 callers/);
    leaving.abort();
  });

  it('turns typed names into mentions', async () => {
    const sandbox = await open();
    await post(sandbox, 'say', {
      as: 'tom',
      channel: 'support',
      text: '@ana and @nobody see #sales',
      threadTs: null,
    });
    expect(seen(sandbox).messages.at(-1)?.text).toBe('<@U0ANASOUZ> and @nobody see <#C0SALES01>');
  });

  it('counts what each person has not read, their own words not among it', async () => {
    const sandbox = await open();
    const unread = (as: string) =>
      sandbox.stage.scene(as, 'sales').channels.find(({ name }) => name === 'support')?.unread;
    await post(sandbox, 'say', { as: 'ana', channel: 'support', text: 'Hello', threadTs: null });
    expect([unread('tom'), unread('ana')]).toEqual([1, 0]);
    seen(sandbox);
    expect(unread('tom')).toBe(0);
  });
});

describe('what the sandbox keeps', () => {
  it('forgets everything when it ends', async () => {
    const sandbox = await open();
    const file = sandbox.office.config.databaseUrl.replace('sqlite:', '');
    expect(existsSync(file)).toBe(true);
    await sandbox.close();
    expect(existsSync(file)).toBe(false);
  });

  it('keeps what the desk knows where it is asked to, and never goes back in time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-kept-'));
    closing.push(() => rm(folder, { recursive: true }));
    const keepIn = join(folder, 'kept.db');
    const first = await open({ keepIn });
    await post(first, 'command', ask);
    await first.office.slack.settled(() => /"claim:/.test(JSON.stringify(seen(first).messages)));
    await post(first, 'click', { as: 'tom', ...claimOf(seen(first)) });
    await first.office.slack.settled(() => /Claimed by/.test(JSON.stringify(seen(first).messages)));
    await post(first, 'clock', { to: 'hour' });
    await first.close();

    const second = await open({ keepIn });
    expect(second.office.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-23T11:00:00Z'));
    await post(second, 'command', ask);
    await second.office.slack.settled(() =>
      /Claimed by @Tom Baker/.test(JSON.stringify(seen(second, 'ana').messages)),
    );
  });

  it('ends also while its desk is closed', async () => {
    const sandbox = await open();
    await post(sandbox, 'desk', { to: 'closed' });
    expect(seen(sandbox).desk).toBe('closed');
    await sandbox.close();
  });
});
