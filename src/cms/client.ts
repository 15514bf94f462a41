import { SourceError } from '../calls/source.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Reach, unwatched } from '../work/seam.ts';
import { createAgent, type ProxySettings } from './agent.ts';
import type { Authorizer } from './authorizer.ts';
import { type HttpAnswer, send } from './http.ts';
import { withRetries } from './retry.ts';
import { createServerClock } from './server-clock.ts';
import { statusError } from './status.ts';

export interface CmsClientOptions {
  /** CMS_URL: `http(s)://host[:port]`, with a base path where the contact centre is published under one. */
  url: string;
  authorizer: Authorizer;
  /** PEM text of CMS_CA_FILE. */
  ca?: string | null;
  /** Values of HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  proxy?: ProxySettings | null;
  /** CMS_TIMEOUT_MS: to connect, for the headers, and for each silence within the body; one try takes three times as long at most. */
  timeoutMs: number;
  clock: Clock;
  log: Log;
  /** Tries after the first, for what may pass; 2 by default. */
  retries?: number;
  /** Before the first of them; 500 by default. */
  retryDelayMs?: number;
  /** Bytes of an answer that are read; 32 MiB by default. A page of 5000 rows has about 1 MiB. */
  maxBytes?: number;
  /** Told before a request leaves, and after its answer came. */
  reach?: Reach;
  /** Told of the Date header of each answer, where it has one. */
  onDate?: (date: string) => void;
}

/** Signed requests to CC-CMS. */
export interface CmsClient {
  /**
   * Posts `body` as JSON to `path` (from `/rest` on) and gives the JSON that comes back, unchecked.
   * Throws SourceError; where `signal` was aborted, its reason.
   */
  post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown>;
  /** Closes the connections. What is still under way fails as `unreachable`, so let it finish first. */
  close(): Promise<void>;
}

const CONTENT_TYPE = 'application/json; charset=UTF-8';
const MAX_RETRY_AFTER_MS = 30_000;

export function createCmsClient(options: CmsClientOptions): CmsClient {
  const { authorizer, timeoutMs, log, reach = unwatched } = options;
  const base = new URL(options.url);
  const serverClock = createServerClock(options.clock);
  const limits = { timeoutMs, deadlineMs: 3 * timeoutMs, maxBytes: options.maxBytes ?? 32 * 1024 * 1024 };
  const retry = {
    retries: options.retries ?? 2,
    minDelayMs: options.retryDelayMs ?? 500,
    maxRetryAfterMs: MAX_RETRY_AFTER_MS,
    log,
  };
  const agent = createAgent({
    url: base,
    ca: options.ca ?? null,
    proxy: options.proxy ?? null,
    connectTimeoutMs: timeoutMs,
  });

  const closing = new AbortController();

  async function signAndSend(url: URL, body: string, at: number, signal?: AbortSignal): Promise<HttpAnswer> {
    const method = 'POST';
    const signable = { method, path: url.pathname, query: {}, signedHeaders: { host: url.host }, body };
    const headers = {
      ...signable.signedHeaders,
      'content-type': CONTENT_TYPE,
      ...(await authorizer.authorize(signable, at, signal)),
    };
    const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    reach(`before ${name}`);
    const answer = await send(agent, { url, method, headers, body }, limits, signal);
    reach(`after ${name}`);
    if (answer.date !== undefined) options.onDate?.(answer.date);
    return answer;
  }

  /** One try; a 401 while the clocks differ is tried once more with the server's time. */
  async function ask(url: URL, body: string, signal?: AbortSignal): Promise<HttpAnswer> {
    const answer = await signAndSend(url, body, serverClock.now(), signal);
    const leadMs = answer.status === 401 ? serverClock.suspectLeadMs(answer.date) : undefined;
    if (leadMs === undefined) return answer;
    log.warn(
      { differenceSeconds: Math.round(leadMs / 1000) },
      "signing with the contact centre's time, which is not what it was taken for; set the clock of this machine (NTP)",
    );
    const second = await signAndSend(url, body, options.clock.now() + leadMs, signal);
    if (second.status !== 401) serverClock.believe(leadMs);
    return second;
  }

  return {
    async post(path, body, signal) {
      const url = endpoint(base, path);
      // Serialised once: what is signed is what is sent.
      const text = JSON.stringify(body);
      const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const attempt = async (): Promise<HttpAnswer> => {
        const answer = await ask(url, text, stop);
        const error = statusError(answer, url, serverClock.now());
        if (error) throw error;
        return answer;
      };
      const answer = await withRetries(attempt, retry, stop);
      return parseJson(answer.text, url);
    },
    async close() {
      closing.abort(
        new SourceError('unreachable', 'The contact centre is no longer asked: the desk is stopping.'),
      );
      // Not close(), which would wait for connections that may never be made.
      await agent.destroy();
    },
  };
}

function endpoint(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/+$/, '') + path, base.origin);
}

function parseJson(text: string, url: URL): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, callers' numbers included: it is left out.
    throw new SourceError(
      'not-understood',
      `The contact centre at ${url.host} answered with something that is not JSON (${text.length} characters): check that CMS_URL leads to it, and not to a login page or a proxy.`,
    );
  }
}
