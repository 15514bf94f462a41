import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Clock } from '../../../src/clock.ts';
import { type Slack, type SlackOptions, startSlack } from '../../../src/sandbox/slack/slack.ts';

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  move(ms: number): void;
}

export function movableClock(start = Date.UTC(2022, 10, 17, 12, 0, 0)): MovableClock {
  let now = start;
  return {
    now: () => now,
    move(ms) {
      now += ms;
    },
  };
}

export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export const SECRET = 'a signing secret of tests';

export interface Running {
  slack: Slack;
  app: App;
  clock: MovableClock;
  /** Where the app listens in HTTP mode. */
  requestUrl: string;
  stop(): Promise<void>;
}

type Mode = 'socket' | 'http';

/** A real Bolt app talking to the stand-in, in either mode. `listen` puts its listeners on. */
export async function runBolt(
  mode: Mode,
  listen: (app: App) => void,
  options: Partial<SlackOptions> = {},
): Promise<Running> {
  const clock = movableClock();
  const port = await freePort();
  const requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const slack = await startSlack({
    clock,
    delivery: mode === 'socket' ? { mode } : { mode, requestUrl, signingSecret: SECRET },
    ...options,
  });
  const clientOptions = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: quiet };
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: slack.appToken,
          logger: quiet,
          clientPingTimeout: 200,
          installerOptions: { clientOptions },
        })
      : new HTTPReceiver({ signingSecret: SECRET, endpoints: '/slack/events', logger: quiet });
  // Without the check at the start: a test that ends early would cut it off.
  const tokenVerificationEnabled = false;
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions,
    logger: quiet,
    tokenVerificationEnabled,
  });
  listen(app);
  await app.start(port);
  if (mode === 'socket') await slack.settled(() => slack.connections > 0);
  return {
    slack,
    app,
    clock,
    requestUrl,
    async stop() {
      await app.stop();
      await slack.close();
    },
  };
}

/** A Slack with nobody listening, and a real web-api client that never retries. */
export async function runClient(options: Partial<SlackOptions> = {}) {
  const clock = movableClock();
  const slack = await startSlack({ clock, delivery: { mode: 'socket' }, ...options });
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
  return { slack, client, clock };
}

/** Slack's error name of a call that is refused; 'ok' when it is not. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const { data, message } = error as { data?: { error?: string }; message: string };
    return data?.error ?? message;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
