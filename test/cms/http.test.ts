import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sign } from '../../src/cms/signature.ts';
import {
  answerSample,
  DAY,
  httpServer,
  KEYS,
  NOW,
  readAll,
  readBody,
  rejection,
  SAMPLE_RESPONSE,
  tcpServer,
  testSource,
} from './loopback.ts';

const PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';

describe('on the wire', () => {
  it('goes what was signed, and nothing else', async () => {
    const came: { line: string; headers: string[]; body: string }[] = [];
    const { url, port } = await httpServer(async (request, response) => {
      came.push({
        line: `${request.method} ${request.url}`,
        headers: request.rawHeaders,
        body: await readBody(request),
      });
      answerSample(request, response);
    });
    await readAll(testSource({ url }));

    const body =
      '{"vdn":159,"offset":0,"limit":5000,"beginTime":"2022-11-17 00:13:43","endTime":"2022-11-17 23:44:13"}';
    const host = `127.0.0.1:${port}`;
    const signable = {
      method: 'POST',
      path: PATH,
      query: {},
      signedHeaders: { host },
      body,
      ...KEYS,
      at: NOW,
    };
    expect(came).toEqual([
      {
        line: `POST ${PATH}`,
        body,
        headers: expect.arrayContaining([
          'host',
          host,
          'content-type',
          'application/json; charset=UTF-8',
          'content-length',
          String(body.length),
          'authorization',
          sign(signable).authorization,
        ]),
      },
    ]);
    expect(came[0]?.headers.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1);
  });
});

describe('a contact centre that does not answer', () => {
  it('is unreachable where nothing listens', async () => {
    const { url, server } = await httpServer(answerSample);
    server.close();
    await rejection(readAll(testSource({ url })), 'unreachable', /CMS_URL.*ECONNREFUSED/);
  });

  it('is unreachable where its name is unknown', async () => {
    const url = 'http://cms.invalid:28443';
    await rejection(readAll(testSource({ url, retries: 0 })), 'unreachable', /DNS|CMS_URL/);
  });

  it('is asked again where it drops the connection, and may then answer', async () => {
    let connections = 0;
    const { url } = await tcpServer((socket) => {
      socket.once('data', () => {
        if (++connections < 3) return void socket.destroy();
        const length = Buffer.byteLength(SAMPLE_RESPONSE);
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${SAMPLE_RESPONSE}`,
        );
      });
    });
    expect(await readAll(testSource({ url }))).toHaveLength(1);
    expect(connections).toBe(3);
  });

  it.each([
    ['a counted body', `HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"returnCode"`],
    ['a chunked body', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ret`],
  ])('is unreachable where it drops the connection within %s', async (_name, start) => {
    let connections = 0;
    const { url } = await tcpServer((socket) => {
      connections++;
      socket.once('data', () => socket.end(start));
    });
    await rejection(readAll(testSource({ url, retries: 1 })), 'unreachable', /dropped/);
    expect(connections).toBe(2);
  });

  it.each([
    ['headers', '', /CMS_TIMEOUT_MS.*HEADERS_TIMEOUT/],
    [
      'the rest of the body',
      'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{',
      /CMS_TIMEOUT_MS.*BODY_TIMEOUT/,
    ],
  ])('is unreachable where it does not send %s in time', async (_name, start, message) => {
    const { url } = await tcpServer((socket) => {
      socket.once('data', () => socket.write(start));
    });
    // undici's timers are a second wide; the deadline of all comes later, at 2.1 s.
    await rejection(readAll(testSource({ url, timeoutMs: 700, retries: 0 })), 'unreachable', message);
  });

  it('is unreachable where it sends on and on, a little at a time', async () => {
    const { url } = await tcpServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'));
      const drip = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(drip));
    });
    await rejection(
      readAll(testSource({ url, timeoutMs: 100, retries: 0 })),
      'unreachable',
      /CMS_TIMEOUT_MS.*TimeoutError/,
    );
  });

  it('is not understood where it does not speak HTTP', async () => {
    const { url } = await tcpServer((socket) => {
      socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n'));
    });
    await rejection(readAll(testSource({ url })), 'not-understood', /CMS_URL/);
  });

  it('is not understood where its answer is too large', async () => {
    const { url } = await httpServer(answerSample);
    await rejection(readAll(testSource({ url, maxBytes: 100 })), 'not-understood', /larger than 100 bytes/);
  });
});

describe('a reader who gives up', () => {
  const reason = new Error('enough');

  /** Starts reading, gives up once `socket` is there, and tells what came of it. */
  async function giveUp(onSocket: (socket: Socket, stop: () => void) => void) {
    const controller = new AbortController();
    const stop = () => controller.abort(reason);
    const { url } = await tcpServer((socket) => onSocket(socket, stop));
    return { url, signal: controller.signal };
  }

  it('need not wait for headers', async () => {
    const { url, signal } = await giveUp((socket, stop) => socket.once('data', stop));
    await expect(readAll(testSource({ url }), { ...DAY, signal })).rejects.toBe(reason);
  });

  it('need not wait for the body', async () => {
    const { url, signal } = await giveUp((socket, stop) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{', () => stop()),
      );
    });
    await expect(readAll(testSource({ url }), { ...DAY, signal })).rejects.toBe(reason);
  });

  it('need not wait for a connection', async () => {
    // The TLS handshake is never answered, so that there is no connection yet.
    const { url, signal } = await giveUp((socket, stop) => socket.once('data', stop));
    const source = testSource({ url: url.replace('http:', 'https:'), timeoutMs: 2_000 });
    const before = performance.now();
    await expect(readAll(source, { ...DAY, signal })).rejects.toBe(reason);
    expect(performance.now() - before).toBeLessThan(1_500);
  });

  it('is not asked for at all where that was so from the beginning', async () => {
    let connections = 0;
    const { url } = await tcpServer(() => connections++);
    const reading = readAll(testSource({ url }), { ...DAY, signal: AbortSignal.abort(reason) });
    await expect(reading).rejects.toBe(reason);
    expect(connections).toBe(0);
  });
});

describe('a source that is closed', () => {
  it('breaks off what is under way, and does not ask again', async () => {
    let connections = 0;
    const asked = Promise.withResolvers<void>();
    const { url } = await tcpServer((socket) => {
      connections++;
      socket.once('data', () => asked.resolve());
    });
    const source = testSource({ url });
    const reading = rejection(readAll(source), 'unreachable', /stopping/);
    await asked.promise;
    await source.close();
    await reading;
    await rejection(readAll(source), 'unreachable', /stopping/);
    expect(connections).toBe(1);
  });
});
