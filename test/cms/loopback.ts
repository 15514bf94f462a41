import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { MissedCallSource, SourceErrorCode, SourcePage, SourceQuery } from '../../src/calls/source.ts';
import { createMissedCallSource, type MissedCallSourceOptions } from '../../src/cms/missed-calls.ts';
import { type Log, silentLog } from '../../src/log.ts';

export const NOW = Date.UTC(2026, 10, 23, 9, 0, 0);
export const KEYS = { accessKey: 'AKEXAMPLE0001', secretKey: 'SKexample-secret-0001' };
export const DAY: SourceQuery = {
  vdn: 159,
  beginAt: Date.UTC(2022, 10, 17, 0, 13, 43),
  endAt: Date.UTC(2022, 10, 17, 23, 44, 13),
};

export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** A source for the test, closed after it: tries are quick, everything else as in the desk. */
export function testSource(
  options: Partial<MissedCallSourceOptions> & { url: string },
): ReturnType<typeof createMissedCallSource> {
  const source = createMissedCallSource({
    ...KEYS,
    timeoutMs: 5_000,
    retryDelayMs: 1,
    clock: { now: () => NOW },
    log: silentLog,
    ...options,
  });
  onTestFinished(() => source.close());
  return source;
}

export async function readAll(source: MissedCallSource, query: SourceQuery = DAY): Promise<SourcePage[]> {
  return await Array.fromAsync(source.pages(query));
}

/** Expects a SourceError whose message names the remedy. */
export async function rejection(
  reading: Promise<unknown>,
  code: SourceErrorCode,
  message: RegExp,
): Promise<void> {
  await expect(reading).rejects.toMatchObject({
    name: 'SourceError',
    code,
    message: expect.stringMatching(message),
  });
}

export interface LogLine {
  level: keyof Log;
  facts: object;
  message: string;
}

export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof Log) => (facts: object, message: string) =>
    void lines.push({ level, facts, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Listens on loopback until the test is finished. */
async function listening<T extends Server | TcpServer>(server: T): Promise<{ server: T; port: number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return { server, port: (server.address() as AddressInfo).port };
}

export async function httpServer(
  listener: RequestListener,
): Promise<{ url: string; port: number; server: Server }> {
  const { server, port } = await listening(createServer(listener));
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** An https server with a certificate of test/fixtures/tls. */
export async function httpsServer(
  certificate: string,
  listener: RequestListener,
): Promise<{ url: string; port: number }> {
  const keys = { key: fixture('tls/server.key'), cert: fixture(`tls/${certificate}.pem`) };
  const { port } = await listening(createTlsServer(keys, listener));
  return { port, url: `https://127.0.0.1:${port}` };
}

/** One that would rather speak HTTP/2, and tells which version each request came in. */
export async function http2Server(
  certificate: string,
  onRequest: (version: string) => void,
): Promise<{ url: string }> {
  const keys = { key: fixture('tls/server.key'), cert: fixture(`tls/${certificate}.pem`), allowHTTP1: true };
  const { port } = await listening(
    createSecureServer(keys, (request, response) => {
      onRequest(request.httpVersion);
      request.resume();
      response.end(SAMPLE_RESPONSE);
    }),
  );
  return { url: `https://127.0.0.1:${port}` };
}

export async function tcpServer(onSocket: (socket: Socket) => void): Promise<{ url: string; port: number }> {
  const { port } = await listening(createTcpServer(onSocket));
  return { port, url: `http://127.0.0.1:${port}` };
}

/** In front of an https server, to see its connections. */
export async function tcpRelay(url: string, onConnection: () => void): Promise<{ url: string }> {
  const { port } = await tcpServer((socket) => {
    onConnection();
    const onward = connect(Number(new URL(url).port), '127.0.0.1');
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  return { url: `https://127.0.0.1:${port}` };
}

/** A proxy that tunnels and forwards everything to one port of loopback, and writes down what it was asked. */
export async function proxyServer(port: number, refusal?: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const note = ({ method, url, headers }: IncomingMessage): void => {
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? ''}`.trim());
  };
  const { server, url } = await httpServer((request, response) => {
    note(request);
    response.writeHead(refusal ?? 200, { 'content-type': 'application/json' }).end(SAMPLE_RESPONSE);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    socket.on('error', () => undefined);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { url, asked };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString('utf8');
}

export const SAMPLE_RESPONSE = fixture('query-missed-calls.response.json');
export const answerSample: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json').end(SAMPLE_RESPONSE);
};
