import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import { boltLog } from './bolt-log.ts';
import type { SlackClients, SlackSettings } from './clients.ts';
import { type Identity, StartError } from './identity.ts';
import { register } from './listeners.ts';
import { markOfEnvelope, markOfRequest } from './redelivery.ts';
import { isFromFuture } from './request-time.ts';
import type { SlackDesk } from './slack-desk.ts';
import { slackFailure } from './slack-error.ts';

export interface SlackApp {
  /**
   * Connects (Socket Mode); in HTTP mode there is nothing to do: requests come through `requests`. Throws StartError when
   * Slack refuses; while it cannot be reached, tries again and again.
   */
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
          customPropertiesExtractor: markOfEnvelope,
          logger,
        })
      : new HTTPReceiver({
          signingSecret: connection.signingSecret,
          customPropertiesExtractor: markOfRequest,
          logger,
        });
  const app = new App({
    receiver,
    logger,
    clientOptions: clients.options(),
    // Bolt keeps no conversation store, and asks Slack nothing before it calls a listener: that would delay the ack.
    convoStore: false,
    authorize: async () => ({
      botToken,
      teamId: identity.teamId,
      botUserId: identity.botUserId,
      ...(identity.botId && { botId: identity.botId }),
    }),
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
  /** Bolt checks the signature, and the age by the machine's clock, which therefore counts here too. */
  function requestsTo(to: HTTPReceiver): RequestListener {
    return (request, response) => {
      if (isFromFuture(request.headers['x-slack-request-timestamp'], systemClock.now())) {
        log.warn(
          {},
          'A request bears a time in the future: it is not from Slack, or this clock is slow (NTP)',
        );
        response.writeHead(401).end();
      } else {
        to.requestListener(request, response);
      }
    };
  }

  return {
    requests: receiver instanceof HTTPReceiver ? requestsTo(receiver) : undefined,
    connected: () => receiver instanceof HTTPReceiver || socketOpen,
    async start() {
      if (connection.mode === 'socket') await tryAppToken(connection.appToken, clients);
      if (receiver instanceof SocketModeReceiver) await receiver.start();
    },
    async stop() {
      if (receiver instanceof SocketModeReceiver) await receiver.stop();
      await inHand.idle();
    },
  };
}

/** The library would ask again and again with a token that Slack refuses. Throws StartError. */
async function tryAppToken(appToken: string, clients: SlackClients): Promise<void> {
  try {
    await new WebClient(appToken, clients.options()).apps.connections.open();
  } catch (cause) {
    const failure = slackFailure(cause);
    if (failure.kind !== 'refused') return;
    throw new StartError(
      `Slack does not open a connection for SLACK_APP_TOKEN (${failure.error}). Make an app-level token with the scope connections:write (Basic Information → App-Level Tokens), and turn Socket Mode on.`,
      { cause },
    );
  }
}
