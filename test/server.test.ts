import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../src/log.ts';
import { type DeskServerOptions, startServer } from '../src/server.ts';

async function open(options: Partial<DeskServerOptions> = {}) {
  const ready = async () => ({ database: true, slack: true });
  const server = await startServer({ port: 0, ready, log: silentLog, ...options });
  onTestFinished(() => server.close());
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { server, ask };
}

describe('the desk’s one server', () => {
  it('says that the process lives, whatever else is broken', async () => {
    const { ask } = await open({ ready: () => Promise.reject(new Error('the database is gone')) });
    expect((await ask('/healthz')).status).toBe(200);
    const response = await ask('/readyz');
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('gone');
  });

  it.each([
    [{ database: true, slack: true }, 200],
    [{ database: false, slack: true }, 503],
    [{ database: true, slack: false }, 503],
    [{ database: true, slack: true, shutOut: ['account_inactive'] }, 200],
    [{ database: false, slack: true, trouble: 'full' as const }, 503],
    [{ database: true, slack: true, lastSync: null }, 200],
  ])('is ready where %o: %i', async (checks, status) => {
    const { ask } = await open({ ready: async () => checks });
    const response = await ask('/readyz?verbose');
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(checks);
  });

  it('answers HEAD without a body, and never from a cache', async () => {
    const { ask } = await open();
    const response = await ask('/healthz', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('');
  });

  it('hands on what Slack posts, and nothing else', async () => {
    const handed: string[] = [];
    const { ask } = await open({
      slack: (request, response) => {
        handed.push(`${request.method} ${request.url}`);
        response.end('taken');
      },
    });
    expect(await (await ask('/slack/events', { method: 'POST', body: 'x' })).text()).toBe('taken');
    expect((await ask('/slack/events')).status).toBe(405);
    expect((await ask('/slack/eventsx', { method: 'POST' })).status).toBe(404);
    expect(handed).toEqual(['POST /slack/events']);
  });

  it('has nothing at Slack’s path in Socket Mode', async () => {
    const { ask } = await open();
    expect((await ask('/slack/events', { method: 'POST' })).status).toBe(404);
  });

  it('finishes the request in hand when it is closed', async () => {
    const inHand = Promise.withResolvers<void>();
    const mayAnswer = Promise.withResolvers<void>();
    const { ask, server } = await open({
      slack: async (_request, response) => {
        inHand.resolve();
        await mayAnswer.promise;
        response.end('done');
      },
    });
    const asked = ask('/slack/events', { method: 'POST' });
    await inHand.promise;
    const closed = server.close();
    mayAnswer.resolve();
    expect(await (await asked).text()).toBe('done');
    await closed;
    await expect(ask('/healthz')).rejects.toThrow();
  });

  it('says to browsers that nothing of it is theirs', async () => {
    const { ask } = await open();
    for (const path of ['/healthz', '/readyz', '/nothing']) {
      const { headers } = await ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });

  describe('a client that takes its time', () => {
    const slowest = { headersMs: 100, requestMs: 200, lookEveryMs: 20 };

    it.each([
      ['for its headers', 'POST /slack/events HTTP/1.1\r\nhost: desk\r\nx-'],
      ['for its body', 'POST /slack/events HTTP/1.1\r\nhost: desk\r\ncontent-length: 1000\r\n\r\npayload='],
      ['to say anything', ''],
    ])('%s is sent away, and holds nobody else', async (_, said) => {
      const { server, ask } = await open({ slowest, slack: (request) => void request.resume() });
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(said);
      expect((await ask('/healthz')).status).toBe(200);
      socket.resume();
      await once(socket, 'close');
    });
  });

  it('does not start where the port is taken', async () => {
    const { server } = await open();
    const second = startServer({
      port: server.port,
      ready: async () => ({ database: true, slack: true }),
      log: silentLog,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
