import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ZodError, z } from 'zod';
import { type Log, silentLog } from '../../log.ts';
import { readBody, sendJson } from '../slack/http.ts';
import { parseJson } from '../slack/json.ts';
import { listenOnLoopback } from '../slack/listen.ts';
import { act, isAction } from './actions.ts';
import type { Bundle } from './bundle.ts';
import { whyNotOurs } from './guard.ts';
import { serveLive } from './live.ts';
import type { Stage } from './stage.ts';

export interface Page {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** So many of the latest requests and calls are shown. */
const LATEST = 60;

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Missed Call Desk · sandbox</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
</head>
<body><div id="page"></div><script type="module" src="/page.js"></script></body>
</html>`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#1d3557"/><path d="M11 9.5c1.4-1 3.2-.7 4 .7l1.4 2.4c.6 1 .4 2.300-.4 3.100l-.9.9c.9 1.900 2.400 3.400 4.300 4.300l.9-.9c.8-.8 2.100-1 3.100-.4l2.400 1.400c1.400.8 1.700 2.600.7 4-1.600 2.200-4.400 2.900-6.900 1.800-5-2.200-8.200-5.400-10.400-10.400-1.100-2.500-.4-5.300 1.800-6.900z" fill="#fff"/></svg>`;

/** Nothing from elsewhere is ever loaded, and nobody may frame the page. */
const POLICY =
  "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Serves the page on loopback: itself, its live scene (`GET /api/live?as&in`), what is fetched when somebody looks at it (`GET
 * /api/requests`, `GET /api/told`), and its actions (`POST /api/ACTION`, actions.ts). Rejects when the port cannot be had.
 */
export async function startPage(
  stage: Stage,
  bundle: Bundle,
  { port = 0, log = silentLog }: { port?: number; log?: Log } = {},
): Promise<Page> {
  const files: Record<string, [type: string, text: string]> = {
    '/': ['text/html', HTML],
    '/page.js': ['text/javascript', bundle.js],
    '/page.css': ['text/css', bundle.css],
    '/icon.svg': ['image/svg+xml', ICON],
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const stranger = whyNotOurs(request);
    if (stranger !== null) return sendJson(response, 403, { error: stranger });
    const file = request.method === 'GET' ? files[pathname] : undefined;
    if (file) {
      response.writeHead(200, {
        'Content-Type': `${file[0]}; charset=UTF-8`,
        'Content-Security-Policy': POLICY,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      });
      return response.end(file[1]);
    }
    if (request.method === 'GET') return serveLook(stage, pathname, request, response);
    const name = pathname.replace('/api/', '');
    if (!isAction(name)) return sendJson(response, 404, { error: `No ${pathname} here` });
    sendJson(response, 200, { ...(await act(stage, name, parseJson(await readBody(request)))) });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // What a person may not do, or a page of another version: said where it was tried.
      const problem =
        error instanceof ZodError
          ? z.prettifyError(error)
          : String(error instanceof Error ? error.message : error);
      log.debug({ path: request.url }, 'The page asked for what cannot be done');
      if (!response.headersSent) sendJson(response, 400, { error: problem });
      else response.destroy();
    });
  });
  const got = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${got}`,
    port: got,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serveLook(stage: Stage, path: string, request: IncomingMessage, response: ServerResponse): unknown {
  const { office, slack } = stage;
  switch (path) {
    case '/api/live':
      return serveLive(stage, request, response);
    case '/api/requests':
      return sendJson(response, 200, { requests: latest(office.cms.requests, stage.requests) });
    case '/api/told':
      return sendJson(response, 200, { calls: latest(slack.calls, slack.calls.length) });
    default:
      return sendJson(response, 404, { error: `No ${path} here` });
  }
}

/** The last of them, newest first, each with its number among all that there were. */
function latest<T>(records: readonly T[], all: number): (T & { id: number })[] {
  return records
    .map((record, place) => ({ ...record, id: all - records.length + place }))
    .slice(-LATEST)
    .reverse();
}
