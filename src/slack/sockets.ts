import { setTimeout as pause } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { SlackWay } from './clients.ts';
import { StartError } from './identity.ts';
import { slackFailure } from './slack-error.ts';
import { type Connection, type Farewell, NotOpened, openConnection } from './socket-connection.ts';

export interface SocketsOptions {
  appToken: string;
  way: Pick<SlackWay, 'options' | 'socketDispatcher'>;
  log: Log;
  /** How long a connection that Slack wants to renew is kept beside the new one; default ten seconds. */
  lingerMs?: number;
}

/** Bolt's way to Slack in Socket Mode: at any moment at least one connection is open, as far as that is in our hands. */
export interface Sockets extends Receiver {
  /** Resolves with the first connection; while Slack cannot be reached, goes on trying. Throws StartError when Slack refuses. */
  start(): Promise<void>;
  connected(): boolean;
  /** Takes nothing more. */
  stop(): Promise<void>;
}

/** Slack sends each envelope over any one of them: when one breaks, the next envelopes come over the other. */
const LINES = 2;
/** Slack warns about ten seconds before it closes a connection. */
const LINGER_MS = 10_000;
/** A connection that lasts so long was a good one. */
const STEADY_MS = 10_000;
/** Before the next attempt, by how often in a row it went wrong; the last one counts for all further ones. */
const PAUSES_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000];
/** Where only a person can help. */
const HOPELESS_PAUSE_MS = 60_000;

const remedies: Partial<Record<Farewell, string>> = {
  too_many_websockets:
    'Slack opens ten connections for an app and no more; each desk holds two. Stop other desks that use this SLACK_APP_TOKEN, or set SLACK_SIGNING_SECRET instead of it: over HTTP there may be any number',
  link_disabled:
    'Socket Mode has been turned off for this app. Turn it on again (Settings → Socket Mode), or set SLACK_SIGNING_SECRET instead of SLACK_APP_TOKEN',
};

export function createSockets({ appToken, way, log, lingerMs = LINGER_MS }: SocketsOptions): Sockets {
  const stopping = new AbortController();
  const { signal } = stopping;
  const all = new Set<Connection>();
  const greeted = new Set<Connection>();
  const lines: Promise<void>[] = [];
  const first = Promise.withResolvers<void>();
  // Whether somebody waits for it or not.
  first.promise.catch(() => {});
  let app: App | undefined;

  function open(): Connection {
    if (!app) throw new Error('Bolt gives the receiver its app before it starts');
    const connection = openConnection({ app, appToken, way, log });
    all.add(connection);
    void connection.closed.then(() => {
      all.delete(connection);
      greeted.delete(connection);
    });
    return connection;
  }

  /** Keeps one connection open after another: the next one is there before the last one goes, unless that broke. */
  async function keepLine(): Promise<void> {
    let failures = 0;
    let last: Connection | undefined;
    while (!signal.aborted) {
      const connection = open();
      let farewell: Farewell | undefined;
      let waitMs = 0;
      try {
        await connection.opened;
        greeted.add(connection);
        first.resolve();
        if (last) closeAfter(last, lingerMs);
        last = connection;
        const openedAt = performance.now();
        farewell = await connection.leaving;
        failures = performance.now() - openedAt > STEADY_MS ? 0 : failures + 1;
        if (!signal.aborted) log.info({ farewell }, 'A connection to Slack is renewed');
      } catch (err) {
        if (signal.aborted) return;
        failures += 1;
        log.warn({ err, failures }, 'A connection to Slack could not be opened: trying again');
        if (err instanceof NotOpened) farewell = err.farewell;
        else waitMs = waitAfter(err);
      }
      const remedy = farewell && remedies[farewell];
      if (farewell === 'too_many_websockets' && last && all.has(last)) {
        // There is no room for both: the old one goes first, and the other line serves meanwhile.
        last.close();
        last = undefined;
      } else if (remedy) {
        log.error({ reason: farewell }, remedy);
        waitMs = HOPELESS_PAUSE_MS;
      }
      waitMs = Math.max(waitMs, PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? 0);
      // What breaks the pause off is the stop.
      await pause(waitMs, undefined, { signal }).catch(() => {});
    }
  }

  /** What Slack's own refusal means: before there has been any connection, that the desk cannot start. */
  function waitAfter(err: unknown): number {
    const failure = slackFailure(err);
    if (failure.kind !== 'refused') return failure.kind === 'later' ? failure.afterMs : 0;
    const refused = new StartError(tokenRefused(failure.error), { cause: err });
    first.reject(refused);
    log.error({ error: failure.error }, refused.message);
    return 0;
  }

  function closeAfter(connection: Connection, ms: number): void {
    pause(ms, undefined, { signal, ref: false }).then(
      () => connection.close(),
      () => {},
    );
  }

  return {
    init(to) {
      app = to;
    },
    connected: () => !signal.aborted && greeted.size > 0,
    async start() {
      lines.push(keepLine());
      await first.promise;
      // The second one comes when the first one is there: it delays nobody, and is not refused as well.
      while (lines.length < LINES) lines.push(keepLine());
    },
    async stop() {
      stopping.abort();
      // Whoever waits for the first one waits in vain.
      first.resolve();
      for (const connection of all) connection.close();
      await Promise.all(lines);
    },
  };
}

/** Why no connection is opened, and what to do. */
export const tokenRefused = (error: string) =>
  `Slack does not open a connection for SLACK_APP_TOKEN (${error}). Make an app-level token with the scope connections:write (Basic Information → App-Level Tokens), and turn Socket Mode on.`;
