import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect } from 'vitest';
import { it, postSigned } from './scene.ts';

const command = new URLSearchParams({
  command: '/missed',
  text: 'help',
  team_id: 'T0OFFICE1',
  channel_id: 'C0SUPPORT',
  user_id: 'U0TOMBAKE',
  api_app_id: 'A0DESKAPP',
  token: 'sandbox',
  trigger_id: '1.2.3',
  response_url: 'http://127.0.0.1:9/',
});
const MINUTE_S = 60;

/** That the desk hung up, and nothing else. */
function closedEarly(error: unknown): 'closed' {
  const code =
    error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return 'closed';
  throw error;
}

describe('a request that claims to be from Slack', { concurrent: true }, () => {
  it('is taken when it is signed, also by a clock that is a little off', async ({ openScene }) => {
    const scene = await openScene('http');
    for (const aheadS of [0, -4 * MINUTE_S, 4 * MINUTE_S])
      expect((await postSigned(scene, command, { aheadS })).status).toBe(200);
  });

  it.for([
    ['bears another secret’s signature', { secret: 'of somebody else' }],
    ['is more than five minutes old', { aheadS: -6 * MINUTE_S }],
    ['comes from more than five minutes ahead', { aheadS: 6 * MINUTE_S }],
  ] as const)('is refused when it %s', async ([, how], { openScene }) => {
    const scene = await openScene('http');
    expect((await postSigned(scene, command, how)).status).toBe(401);
    expect(scene.slack.calls.map(({ method }) => method)).not.toContain('users.info');
  });

  it('is refused without a signature, by another method and at another path', async ({ openScene }) => {
    const { desk } = await openScene('http');
    const ask = async (path: string, init?: RequestInit) =>
      (await fetch(`http://127.0.0.1:${desk.port}${path}`, init)).status;
    expect(await ask('/slack/events', { method: 'POST', body: command })).toBe(401);
    expect(await ask('/slack/events')).toBe(405);
    expect(await ask('/slack/commands', { method: 'POST', body: command })).toBe(404);
    expect(await ask('/', { method: 'POST', body: command })).toBe(404);
  });

  it('is refused where it is larger than anything of Slack’s, signed or not, announced or not', async ({
    openScene,
  }) => {
    const scene = await openScene('http');
    const ofSize = (bytes: number) => new URLSearchParams([...command, ['more', 'x'.repeat(bytes)]]);
    // Whoever is still sending may find the connection closed before they have read why.
    const refused = await postSigned(scene, ofSize(1_100_000)).then(({ status }) => status, closedEarly);
    expect([413, 'closed']).toContain(refused);
    // In pieces, without a word of how many there are to come.
    const unannounced = request({
      port: scene.desk.port,
      host: '127.0.0.1',
      path: '/slack/events',
      method: 'POST',
    });
    const answered = once(unannounced, 'response');
    for (let n = 0; n < 11; n += 1) unannounced.write('x'.repeat(100_000));
    const [response] = await answered;
    // The desk may close the connection at any time from now on.
    unannounced.on('error', () => {}).destroy();
    expect(response.statusCode).toBe(413);
    // Nobody else is kept waiting, and what is as large as Slack's are is taken.
    expect((await postSigned(scene, ofSize(500_000))).status).toBe(200);
  });

  it('is not heard on the port in Socket Mode', async ({ openScene }) => {
    const { desk } = await openScene('socket');
    const url = `http://127.0.0.1:${desk.port}/slack/events`;
    expect((await fetch(url, { method: 'POST', body: command })).status).toBe(404);
  });
});
