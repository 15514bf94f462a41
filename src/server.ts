import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Log } from './log.ts';

/** Slack's own limits are far below these; a client slower than this is not Slack. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;

export interface DeskServerOptions {
  port: number;
  /** Whether the desk can do its work: the database answers and Slack is connected. */
  ready(): Promise<Readiness>;
  /** Takes POSTs to /slack/events in HTTP mode; absent in Socket Mode. */
  slack?: RequestListener;
  log: Log;
}

export type Readiness = Record<'database' | 'slack', boolean>;

export interface DeskServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Stops listening and waits for requests in hand. */
  close(): Promise<void>;
}

/** The one HTTP server: `/healthz` (the process lives), `/readyz` (it can work), and Slack's requests in HTTP mode. */
export async function startServer({ port, ready, slack, log }: DeskServerOptions): Promise<DeskServer> {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: 5_000 },
    (request, response) => {
      const path = request.url?.split('?', 1)[0];
      if (path === '/healthz') return answer(request, response, 200, { status: 'ok' });
      if (path === '/readyz') {
        ready().then(
          (checks) => answer(request, response, Object.values(checks).every(Boolean) ? 200 : 503, checks),
          (err: unknown) => {
            log.error({ err }, 'The readiness check failed');
            answer(request, response, 503, { status: 'unknown' });
          },
        );
        return;
      }
      if (path === '/slack/events' && slack) {
        if (request.method === 'POST') return slack(request, response);
        return answer(request, response, 405, { error: 'Slack posts here' });
      }
      answer(request, response, 404, { error: 'Nothing here' });
    },
  );
  await listen(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
}
