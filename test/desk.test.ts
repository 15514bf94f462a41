import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../src/config/config.ts';
import { createDesk } from '../src/desk.ts';
import { silentLog } from '../src/log.ts';
import { type Office, type OfficeOptions, startOffice } from '../src/sandbox/office.ts';
import { StartError } from '../src/slack/identity.ts';
import { openDatabase } from '../src/storage/database.ts';

async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const office = await startOffice({ seed: null, ...options });
  onTestFinished(() => office.close());
  return office;
}

/** What a second desk in the office says when it starts with another configuration; it is stopped in every case. */
async function startAnother(office: Office, change: (config: Config) => Partial<Config>): Promise<unknown> {
  const config = { ...office.config, ...change(office.config) };
  try {
    const desk = await createDesk(config, { clock: office.clock, log: silentLog });
    await desk.start().finally(() => desk.stop());
    return 'it started';
  } catch (error) {
    return error;
  }
}

const withSlack = (slack: Partial<Config['slack']>) => (config: Config) => ({
  slack: { ...config.slack, ...slack },
});

describe('a desk that cannot start says why, and what to do', () => {
  it.each([
    [
      'a bot token that Slack does not accept',
      { botToken: 'xoxb-of-nobody' },
      'SLACK_BOT_TOKEN (invalid_auth)',
    ],
    [
      'an app token that Slack does not accept',
      { connection: { mode: 'socket', appToken: 'xapp-of-nobody' } },
      'SLACK_APP_TOKEN (invalid_auth)',
    ],
    [
      'a Slack that is not there',
      { apiUrl: 'http://127.0.0.1:9/api/' },
      'Check the network, HTTPS_PROXY and SLACK_API_URL',
    ],
  ] as const)('%s', async (_, slack, words) => {
    const office = await openOffice();
    const error = await startAnother(office, withSlack(slack));
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toMatch(/of-nobody/);
  });

  it('a database that may only be read', async () => {
    const office = await openOffice();
    const refused = createDesk(office.config, {
      clock: office.clock,
      log: silentLog,
      async openDatabase(url) {
        const knex = await openDatabase(url);
        await knex.raw('pragma query_only = on');
        return knex;
      },
    });
    await expect(refused).rejects.toMatchObject({
      name: 'DatabaseError',
      message: expect.stringContaining("Let the desk's user write to the file"),
    });
  });

  it('a token of the wrong kind, or Socket Mode that is off', async () => {
    const socket = await openOffice();
    const kind = withSlack({ connection: { mode: 'socket', appToken: socket.slack.botToken } });
    expect(String(await startAnother(socket, kind))).toContain('not_allowed_token_type');
    const http = await openOffice({ mode: 'http' });
    const off = withSlack({ connection: { mode: 'socket', appToken: http.slack.appToken } });
    expect(String(await startAnother(http, off))).toContain('turn Socket Mode on');
  });

  it.each(['socket', 'http'] as const)('a port that somebody else has, over %s', async (mode) => {
    const office = await openOffice({ mode });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const error = await startAnother(office, () => ({ port }));
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain(`PORT ${port} (EADDRINUSE)`);
  });
});

describe.each(['socket', 'http'] as const)('the port of a desk, over %s', (mode) => {
  const get = async (office: Office, path: string) => {
    const response = await fetch(`http://127.0.0.1:${office.desk.port}${path}`);
    return { status: response.status, body: await response.json() };
  };

  it('says that the process lives and that it can work', async () => {
    const office = await openOffice({ mode });
    expect(await get(office, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await get(office, '/readyz')).toEqual({
      status: 200,
      body: { database: true, slack: true, lastSync: null },
    });
    expect((await get(office, '/elsewhere')).status).toBe(404);
  });

  it('is closed once the desk is stopped', async () => {
    const office = await openOffice({ mode });
    const { port } = office.desk;
    await office.desk.stop();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});

describe('readiness in Socket Mode', () => {
  it('is lost with the connection, and comes back with it', async () => {
    const office = await openOffice();
    const ready = async () => (await fetch(`http://127.0.0.1:${office.desk.port}/readyz`)).status;
    office.slack.faults.add({ kind: 'http', status: 503, method: 'apps.connections.open', times: 4 });
    office.slack.dropConnections();
    await expect.poll(ready, { interval: 10, timeout: 10_000 }).toBe(503);
    await expect.poll(ready, { interval: 50, timeout: 15_000 }).toBe(200);
    const { ack } = await office.slack.as('tom').command('#support', '/missed', 'help');
    expect(ack.status).toBe('acked');
  });
});
