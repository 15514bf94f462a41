import { WebClient, type WebClientOptions } from '@slack/web-api';
import { type Dispatcher, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { Log } from '../log.ts';
import type { Reach } from '../work/seam.ts';
import { boltLog } from './bolt-log.ts';
import { type OnCall, watchCall } from './calls.ts';

/** How long one call to Slack may take by the desk's clock. */
export const SLACK_TIMEOUT_MS = 10_000;

/** How Slack is reached: the desk's configuration has it. */
export interface SlackSettings {
  botToken: string;
  /** Ends with a slash. */
  apiUrl: string;
  connection: { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };
}

export interface ProxySettings {
  https: string | null;
  http: string | null;
  no: string | null;
}

/** Clients for one workspace. A 429 makes a client wait as a whole, so what people wait for does not share one with digests. */
export interface SlackClients {
  /** For the outbox: no retries, rate-limited calls come back at once. */
  delivery: WebClient;
  /** For what a person waits for: looking up people and channels. */
  interactive: WebClient;
}

/** The way to Slack, which all workspaces share. */
export interface SlackWay {
  /** Those of the workspace whose bot has the token. */
  clientsFor(botToken: string): SlackClients;
  /** One with another token, retries off: for the app-level one. */
  withToken(token: string): WebClient;
  /** For Bolt's own clients, response_urls and the socket. A new object each time: the libraries write into it. */
  options(): WebClientOptions;
  /** For the socket, only where a proxy is configured. */
  socketDispatcher: Dispatcher | undefined;
  close(): Promise<void>;
}

export interface WayParts {
  log: Log;
  reach: Reach;
  timeoutMs: number;
  onCall?: OnCall | undefined;
}

export function createSlackWay(
  apiUrl: string,
  proxy: ProxySettings,
  { log, reach, timeoutMs, onCall = () => {} }: WayParts,
): SlackWay {
  const { https, http, no } = proxy;
  const agent = new EnvHttpProxyAgent({
    ...(https ? { httpsProxy: https } : {}),
    ...(http ? { httpProxy: http } : {}),
    noProxy: no ?? '',
    // A WebSocket needs HTTP/1.1.
    allowH2: false,
  });
  const told: OnCall = (method, result, ms) => {
    log.debug({ method, result, ms: Math.round(ms) }, 'Called Slack');
    onCall(method, result, ms);
  };
  const options = (): WebClientOptions => ({
    slackApiUrl: apiUrl,
    // A response_url comes from Slack over a verified channel, and goes through the same proxy.
    fetch: async (url, init) => {
      const name = callName(String(url), apiUrl);
      reach(`before ${name}`);
      const request = {
        // Bolt gives a response_url as long as it takes.
        signal: AbortSignal.timeout(timeoutMs),
        ...(await withPlainBody(init)),
        dispatcher: agent,
      } as Parameters<typeof undiciFetch>[1];
      const answer = await watchCall(name, () => undiciFetch(url, request), told);
      reach(`after ${name}`);
      return answer;
    },
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLog(log),
  });
  return {
    clientsFor: (botToken) => ({
      delivery: new WebClient(botToken, options()),
      interactive: new WebClient(botToken, { ...options(), retryConfig: { retries: 1, minTimeout: 200 } }),
    }),
    withToken: (token) => new WebClient(token, options()),
    options,
    socketDispatcher: https || http ? agent : undefined,
    close: () => agent.close(),
  };
}

/** undici takes no form of Node's own making, as which the library uploads files: it would send its name. */
async function withPlainBody(init: RequestInit = {}): Promise<RequestInit> {
  if (!(init.body instanceof FormData)) return init;
  const encoded = new Response(init.body);
  const headers = new Headers(init.headers);
  headers.set('content-type', encoded.headers.get('content-type') ?? '');
  return { ...init, headers: Object.fromEntries(headers), body: await encoded.arrayBuffer() };
}

/** The method's name. A response_url is as good as a secret, and says nothing. */
const callName = (url: string, apiUrl: string): string =>
  url.startsWith(apiUrl) ? (url.slice(apiUrl.length).split('?', 1)[0] ?? '') : 'response_url';
