import { createServer } from 'node:http';
import { type Clock, systemClock } from '../../clock.ts';
import { type Log, silentLog } from '../../log.ts';
import type { ApiCall } from './calls.ts';
import { type Changes, openChanges } from './changes.ts';
import { serveControl } from './control.ts';
import { ACK_LIMIT_MS, type Ack, type Delivery } from './delivery/delivery.ts';
import { openHttpDelivery } from './delivery/http.ts';
import { type DeliveryOnRecord, keepRecord } from './delivery/on-record.ts';
import { openSocketDelivery, type SocketDelivery, type Which } from './delivery/socket.ts';
import { openEvents } from './events.ts';
import { type Faults, openFaults } from './faults.ts';
import type { JsonObject } from './json.ts';
import { listenOnLoopback, route } from './listen.ts';
import type { Message } from './messages.ts';
import { serveUpload } from './methods/files.ts';
import { openPerson, type Person } from './person/person.ts';
import { noRateLimits, openRateLimits } from './rate-limits.ts';
import { refuse } from './refusal.ts';
import { readerOf, renderText, renderView } from './render/render-text.ts';
import { serveResponseUrl } from './response-server.ts';
import { openResponseUrls } from './response-urls.ts';
import { officeSeed, type WorkspaceSeed } from './seed.ts';
import { openTriggers } from './triggers.ts';
import type { View } from './views.ts';
import { openWebApi } from './web-api.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** How the app hears of what people do. */
export type DeliveryOptions =
  | { mode: 'socket' }
  | {
      mode: 'http';
      /** Where the app listens, for commands, interactions and events alike; a function where that is known only later. */
      requestUrl: string | (() => string);
      signingSecret: string;
      /** What requests are stamped with; default real time, which Bolt holds them against. */
      stamp?: Clock;
    };

export interface SlackOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Where the app reaches it, if something stands in between: `http://127.0.0.1:4001`. Default: where it listens. */
  address?: string;
  clock: Clock;
  delivery: DeliveryOptions;
  /** Default: `officeSeed`. */
  workspace?: WorkspaceSeed;
  /** Whether calls that come too fast get a 429, by `clock`; default no. `except`: methods that never do. */
  rateLimits?: boolean | { except: readonly string[] };
  /** Real time; default Slack's 3 seconds. */
  ackLimitMs?: number;
  log?: Log;
}

/** A Slack workspace on loopback: its Web API, its delivery to one app, and its people. */
export interface Slack {
  /** The value for SLACK_API_URL: `http://127.0.0.1:4001/api/`. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  readonly botToken: string;
  readonly appToken: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly workspace: Workspace;
  /** Every call that the app made, oldest first. */
  readonly calls: ApiCall[];
  /** Everything that was sent to the app, oldest first. */
  readonly deliveries: DeliveryOnRecord[];
  readonly faults: Faults;
  /** How many Socket Mode connections are open. */
  readonly connections: number;
  /** Events that the app has not acknowledged, and that are sent again when their time comes. */
  readonly unacknowledged: number;
  /** The person with this id or handle. */
  as(ref: string): Person;
  settled: Changes['settled'];
  watch: Changes['watch'];
  /** A message, modal or Home tab as this person (id or handle) reads it, as text for a terminal. */
  render(what: Message | View, ref: string): string;
  /** Sends any event to the app, if it has subscribed to it. */
  emit(event: JsonObject & { type: string }): Promise<Ack | undefined>;
  /** Sends the last delivery once more, with the same envelope. */
  redeliver(): Promise<Ack>;
  /** Asks the app to renew its Socket Mode connections, or the oldest that it was not asked to renew yet. */
  refresh(reason?: 'warning' | 'refresh_requested' | 'link_disabled', which?: Which): void;
  /** Breaks its Socket Mode connections without a word, or the oldest. */
  dropConnections(which?: Which): void;
  /** HTTP only: what Slack does when the request URL is entered. */
  verifyUrl(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Slack; it listens when the promise resolves. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const { clock, log = silentLog } = options;
  const changes = openChanges();
  const workspace = openWorkspace(options.workspace ?? officeSeed, clock, changes);
  const tokens = { bot: `xoxb-sandbox-${workspace.team.id}`, app: `xapp-1-${workspace.app.id}-sandbox` };
  const calls: ApiCall[] = [];
  const faults = openFaults();
  const triggers = openTriggers(clock);
  const record = (call: ApiCall) => {
    calls.push(call);
    changes.tell();
  };

  const server = createServer();
  let port = 0;
  const base = () => options.address ?? `http://127.0.0.1:${port}`;
  const responseUrls = openResponseUrls(workspace, clock, base);

  const ackLimitMs = options.ackLimitMs ?? ACK_LIMIT_MS;
  const socket = (): SocketDelivery =>
    openSocketDelivery({ server, base, appId: workspace.app.id, ackLimitMs, changes, log });
  const viaSocket = options.delivery.mode === 'socket' ? socket() : undefined;
  const viaHttp =
    options.delivery.mode === 'http'
      ? openHttpDelivery({ stamp: systemClock, ...options.delivery, ackLimitMs })
      : undefined;
  const deliveries: DeliveryOnRecord[] = [];
  const delivery = keepRecord(need<Delivery>(viaSocket ?? viaHttp), deliveries, clock);

  const events = openEvents(workspace, delivery, clock, log);
  const webApi = openWebApi({
    tokens,
    faults,
    rateLimits: options.rateLimits ? openRateLimits(clock, exceptIn(options.rateLimits)) : noRateLimits,
    record,
    context: {
      workspace,
      triggers,
      clock,
      announce: (event) =>
        void events.send(event).catch((error) => log.error({ error }, 'An event could not be sent')),
      uploadUrl: (key) => `${base()}/upload/${key}`,
      connectionUrl: () => viaSocket?.ticketUrl() ?? refuse('socket_mode_not_enabled'),
    },
  });

  const people = new Map<string, Person>();
  const slack: Slack = {
    get url() {
      return `${base()}/api/`;
    },
    get port() {
      return port;
    },
    botToken: tokens.bot,
    appToken: tokens.app,
    teamId: workspace.team.id,
    botUserId: workspace.app.botUserId,
    workspace,
    calls,
    deliveries,
    faults,
    settled: changes.settled,
    watch: changes.watch,
    get connections() {
      return viaSocket?.connections() ?? 0;
    },
    get unacknowledged() {
      return events.unacknowledged;
    },
    as(ref) {
      const seed = workspace.person(ref);
      const known = people.get(seed.id);
      const person = known ?? openPerson(seed, { workspace, triggers, responseUrls, delivery, events });
      people.set(seed.id, person);
      return person;
    },
    render(what, ref) {
      const reader = readerOf(workspace, workspace.person(ref), clock.now());
      return 'rootId' in what ? renderView(what, reader) : renderText(what, reader);
    },
    emit: (event) => events.send(event),
    redeliver: () => delivery.redeliver(),
    refresh: (reason = 'refresh_requested', which = 'all') => need(viaSocket).disconnect(reason, which),
    dropConnections: (which = 'all') => need(viaSocket).drop(which),
    verifyUrl: () => need(viaHttp).verifyUrl(),
    async close() {
      events.close();
      await delivery.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const recordResponse = (call: Omit<ApiCall, 'at'>) => record({ ...call, at: clock.now() });
  const responses = { urls: responseUrls, faults, record: recordResponse };
  route(
    server,
    [
      [/^\/api\/([\w.]+)$/, webApi.serve],
      [/^\/upload\/(\w+)$/, (key, request, response) => serveUpload(key, request, response, workspace)],
      [
        /^\/response\/\w+\/(\w+)$/,
        (key, request, response) => serveResponseUrl(key, request, response, responses),
      ],
      [/^\/_sandbox\/([\w-]+)$/, (what, request, response) => serveControl(slack, what, request, response)],
    ],
    log,
  );
  port = await listenOnLoopback(server, options.port ?? 0);
  return slack;
}

const exceptIn = (limits: SlackOptions['rateLimits']) => (typeof limits === 'object' ? limits.except : []);

function need<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('This Slack delivers in the other mode');
  return part;
}
