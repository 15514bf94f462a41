import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import { boltLog } from './bolt-log.ts';
import type { SlackClients, SlackSettings } from './clients.ts';
import type { Identity } from './identity.ts';
import { register } from './listeners.ts';
import type { SlackDesk } from './slack-desk.ts';

export interface SlackApp {
  /** Connects (Socket Mode); in HTTP mode there is nothing to do: requests come through `requests`. */
  start(): Promise<void>;
  /** Whether Slack can reach the desk now, as far as the desk knows. */
  connected(): boolean;
  /** Takes Slack's POSTs in HTTP mode. */
  requests: RequestListener | undefined;
  /** Hears nothing more, and waits for what is being answered. */
  stop(): Promise<void>;
}

export interface SlackAppOptions {
  settings: SlackSettings;
  identity: Identity;
  clients: SlackClients;
  desk: SlackDesk;
  log: Log;
}

/**
 * The socket's own heartbeat: a connection that is silent for so long is replaced. Short, because after Slack's
 * `refresh_requested` the library notices the closed connection only by it.
 */
const CLIENT_PING_TIMEOUT_MS = 3_000;

/** Asks for a new connection until there is one: a rejection would end the process, since the library lets it go unhandled. */
const RECONNECT = {
  retryConfig: { forever: true, factor: 1.3, maxTimeout: 30_000 },
  rejectRateLimitedCalls: false,
};

/** Wires the listener table to Bolt, in Socket Mode or for HTTP. */
export function createSlackApp({ settings, identity, clients, desk, log }: SlackAppOptions): SlackApp {
  const { connection, botToken } = settings;
  const logger = boltLog(log);
  const receiver =
    connection.mode === 'socket'
      ? new SocketModeReceiver({
          appToken: connection.appToken,
          clientPingTimeout: CLIENT_PING_TIMEOUT_MS,
          installerOptions: { clientOptions: { ...clients.options(), ...RECONNECT } },
          ...(clients.socketDispatcher ? { dispatcher: clients.socketDispatcher } : {}),
          logger,
        })
      : new HTTPReceiver({ signingSecret: connection.signingSecret, logger });
  const app = new App({
    receiver,
    logger,
    clientOptions: clients.options(),
    // Bolt keeps no conversation store, and asks Slack nothing before it calls a listener: that would delay the ack.
    convoStore: false,
    authorize: async () => ({ botToken, ...identity }),
  });
  // Listeners say themselves what went wrong.
  const inHand = createInHand((err) => log.error({ err }, 'An answer to Slack failed'));
  register(app, desk, inHand);

  let socketOpen = false;
  if (receiver instanceof SocketModeReceiver) {
    receiver.client.on('connected', () => {
      socketOpen = true;
    });
    for (const event of ['disconnected', 'reconnecting', 'close']) {
      receiver.client.on(event, () => {
        socketOpen = false;
      });
    }
  }
  return {
    requests: receiver instanceof HTTPReceiver ? receiver.requestListener : undefined,
    connected: () => receiver instanceof HTTPReceiver || socketOpen,
    async start() {
      if (receiver instanceof SocketModeReceiver) await receiver.start();
    },
    async stop() {
      if (receiver instanceof SocketModeReceiver) await receiver.stop();
      await inHand.idle();
    },
  };
}
