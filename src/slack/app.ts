import type { RequestListener } from 'node:http';
import { type AppOptions, type AuthorizeResult, HTTPReceiver, type Receiver } from '@slack/bolt';
import { type Clock, systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import type { Reach } from '../work/seam.ts';
import { boltLog } from './bolt-log.ts';
import type { SlackSettings, SlackWay } from './clients.ts';
import { Entrance, type OnAcked } from './entrance.ts';
import { createRedeliveries, type Deliveries, markOfRequest } from './redelivery.ts';
import { register, type Served } from './register.ts';
import { isFromFuture } from './request-time.ts';
import type { SlackDesk } from './slack-desk.ts';
import { createSockets } from './sockets.ts';

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
  connection: SlackSettings['connection'];
  way: SlackWay;
  /** Who the desk is in the workspace that Slack names. Throws NotServed. */
  authorize(teamId: string | undefined): Promise<AuthorizeResult>;
  deskOf(context: Served): SlackDesk | undefined;
  deliveries: Deliveries;
  clock: Clock;
  log: Log;
  onAcked?: OnAcked | undefined;
  /** Told of the acknowledgements. */
  reach: Reach;
}

/** Wires the listener table to Bolt, in Socket Mode or for HTTP. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { connection, way, authorize, deskOf, clock, log, reach } = options;
  const link =
    connection.mode === 'socket'
      ? overSockets(connection.appToken, way, log)
      : overHttp(connection.signingSecret, log);
  const bolt: AppOptions = {
    receiver: link.receiver,
    logger: boltLog(log),
    clientOptions: way.options(),
    // Bolt keeps no conversation store, and asks Slack nothing before it calls a listener: that would delay the ack.
    convoStore: false,
    authorize: ({ teamId }) => authorize(teamId),
  };
  const app = new Entrance(bolt, { log, onAcked: options.onAcked, reach });
  // Listeners say themselves what went wrong.
  const inHand = createInHand((err) => log.error({ err }, 'An answer to Slack failed'));
  const redeliveries = createRedeliveries(options.deliveries, clock, log);
  register(app, { deskOf, redeliveries, inHand, log });

  return {
    requests: link.requests,
    connected: link.connected,
    async start() {
      redeliveries.forgetting.start();
      await link.start();
    },
    async stop() {
      await link.stop();
      await inHand.idle();
      await redeliveries.forgetting.stop();
    },
  };
}

/** Slack's largest payloads, of forms and of messages with all their blocks, are a fraction of it. In bytes. */
const LARGEST_BODY = 1_000_000;

interface Link extends Pick<SlackApp, 'start' | 'connected' | 'requests' | 'stop'> {
  receiver: Receiver;
}

function overSockets(appToken: string, way: SlackWay, log: Log): Link {
  const receiver = createSockets({ appToken, way, log });
  const { start, connected, stop } = receiver;
  return { receiver, requests: undefined, start, connected, stop };
}

/** Whoever serves the port starts and stops; Slack is believed to reach it. */
function overHttp(signingSecret: string, log: Log): Link {
  const receiver = new HTTPReceiver({
    signingSecret,
    bodyLimit: LARGEST_BODY,
    customPropertiesExtractor: markOfRequest,
    logger: boltLog(log),
  });
  return {
    receiver,
    /** Bolt checks the signature, and the age by the machine's clock, which therefore counts here too. */
    requests(request, response) {
      if (isFromFuture(request.headers['x-slack-request-timestamp'], systemClock.now())) {
        log.warn(
          {},
          'A request bears a time in the future: it is not from Slack, or this clock is slow (NTP)',
        );
        response.writeHead(401).end();
      } else {
        receiver.requestListener(request, response);
      }
    },
    start: async () => {},
    connected: () => true,
    stop: async () => {},
  };
}
