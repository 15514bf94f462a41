import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Log } from './log.ts';
import type { Readiness } from './watching/readiness.ts';

/** Slack sends a request within a second; a client slower than this is not Slack. */
const SLOWEST = { headersMs: 10_000, requestMs: 20_000, lookEveryMs: 5_000 };
/** Slack opens a few, balancers some dozens. */
const MOST_CONNECTIONS = 1_000;
/** Nothing here is a page, and no browser has business here. */
const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export interface DeskServerOptions {
  port: number;
  /** Whether the desk can do its work: the database answers and Slack is connected. */
  ready(): Promise<Readiness>;
  /** Takes POSTs to /slack/events in HTTP mode; absent in Socket Mode. */
  slack?: RequestListener;
  /** Takes GETs of the pages by which workspaces install the app; absent where there is one workspace. */
  install?: RequestListener;
  /** Answers /metrics; absent: there is nothing there. */
  metrics?: RequestListener;
  log: Log;
  /** How long a client may take for its headers and for all of its request, and how often that is looked at; SLOWEST by default. */
  slowest?: typeof SLOWEST;
}

export interface DeskServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Stops listening and waits for requests in hand. */
  close(): Promise<void>;
}

/** The one HTTP server: `/healthz` (the process lives), `/readyz` (it can work), `/metrics`, and Slack's requests in HTTP mode. */
export async function startServer(options: DeskServerOptions): Promise<DeskServer> {
  const { port, ready, slack, install, metrics, log, slowest = SLOWEST } = options;
  const server = createServer(
    {
      headersTimeout: slowest.headersMs,
      requestTimeout: slowest.requestMs,
      connectionsCheckingInterval: slowest.lookEveryMs,
      keepAliveTimeout: 5_000,
    },
    (request, response) => {
      const path = request.url?.split('?', 1)[0];
      if (path === '/healthz') return answer(request, response, 200, { status: 'ok' });
      if (path === '/readyz') {
        ready().then(
          (checks) => answer(request, response, checks.database && checks.slack ? 200 : 503, checks),
          (err: unknown) => {
            log.error({ err }, 'The readiness check failed');
            answer(request, response, 503, { status: 'unknown' });
          },
        );
        return;
      }
      if (path === '/metrics' && metrics) return metrics(request, response);
      if (path === '/slack/events' && slack) {
        if (request.method === 'POST') return slack(request, response);
        return answer(request, response, 405, { error: 'Slack posts here' });
      }
      if ((path === '/slack/install' || path === '/slack/oauth_redirect') && install) {
        if (request.method === 'GET') return install(request, response);
        return answer(request, response, 405, { error: 'Browsers get this' });
      }
      answer(request, response, 404, { error: 'Nothing here' });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
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
  response.writeHead(status, HEADERS);
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
}
