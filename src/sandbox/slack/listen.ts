import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../log.ts';
import { sendJson } from './http.ts';

type Serve = (rest: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves each path that a pattern matches; the pattern's first group goes to its handler. */
export function route(server: Server, routes: readonly [RegExp, Serve][], log: Log): void {
  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    for (const [pattern, serve] of routes) {
      const rest = pattern.exec(path)?.[1];
      if (rest === undefined) continue;
      serve(rest, request, response).catch((error) => {
        log.error({ error }, 'The sandbox Slack failed');
        if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'internal_error' });
      });
      return;
    }
    sendJson(response, 404, { ok: false, error: 'not_found' });
  });
}

/** Listens on loopback only; gives the port. Rejects when the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
