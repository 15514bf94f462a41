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
import { type Faults, openFaults } from './faults.ts';
import { listenOnLoopback, route } from './listen.ts';
import type { MethodContext } from './method.ts';
import { serveUpload } from './methods/files.ts';
import { type OAuth, type OAuthOptions, openOAuth } from './oauth.ts';
import { noRateLimits, openRateLimits, type RateLimits } from './rate-limits.ts';
import { refuse } from './refusal.ts';
import { serveResponseUrl } from './response-server.ts';
import { officeSeed, type WorkspaceSeed } from './seed.ts';
import { type OpenTeam, openTeam, type Team } from './team.ts';
import { openWebApi } from './web-api.ts';

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
  /** Further workspaces, of people who may have the same app. */
  others?: readonly WorkspaceSeed[];
  /** Workspaces install the app by themselves; default: it is installed from the beginning, in all of them. */
  oauth?: OAuthOptions;
  /** Whether calls that come too fast get a 429, by `clock`; default no. `except`: methods that never do. */
  rateLimits?: boolean | { except: readonly string[] };
  /** Real time; default Slack's 3 seconds. */
  ackLimitMs?: number;
  log?: Log;
}

/** A Slack on loopback: a workspace, its people, its Web API and its delivery to one app; and further workspaces, where there are. */
export interface Slack extends Team {
  /** The value for SLACK_API_URL: `http://127.0.0.1:4001/api/`. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  /** Of the first workspace, where the app is installed; a new one is given to who installs it. */
  readonly botToken: string;
  readonly appToken: string;
  /** The workspace with that id: the first one, or a further one. */
  team(teamId: string): Team;
  /** How workspaces install the app; only where it was asked for. */
  readonly oauth: OAuth;
  /** Every call that the app made, oldest first. */
  readonly calls: ApiCall[];
  /** Everything that was sent to the app, oldest first. */
  readonly deliveries: DeliveryOnRecord[];
  readonly faults: Faults;
  /** How many Socket Mode connections are open. */
  readonly connections: number;
  /** Events that the app has not acknowledged, and that are sent again when their time comes. */
  readonly unacknowledged: number;
  settled: Changes['settled'];
  watch: Changes['watch'];
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
  const seed = options.workspace ?? officeSeed;
  const appToken = `xapp-1-${seed.app.id}-sandbox`;
  const calls: ApiCall[] = [];
  const faults = openFaults();
  const record = (call: ApiCall) => {
    calls.push(call);
    changes.tell();
  };

  const server = createServer();
  let port = 0;
  const base = () => options.address ?? `http://127.0.0.1:${port}`;

  const ackLimitMs = options.ackLimitMs ?? ACK_LIMIT_MS;
  const socket = (): SocketDelivery =>
    openSocketDelivery({ server, base, appId: seed.app.id, ackLimitMs, changes, log });
  const viaSocket = options.delivery.mode === 'socket' ? socket() : undefined;
  const viaHttp =
    options.delivery.mode === 'http'
      ? openHttpDelivery({ stamp: systemClock, ...options.delivery, ackLimitMs })
      : undefined;
  const deliveries: DeliveryOnRecord[] = [];
  const delivery = keepRecord(need<Delivery>(viaSocket ?? viaHttp), deliveries, clock);

  const teamParts = { clock, changes, delivery, base, log };
  const first = openTeam(seed, teamParts);
  const teams = new Map(
    [first, ...(options.others ?? []).map((other) => openTeam(other, teamParts))].map((team) => [
      team.teamId,
      team,
    ]),
  );
  for (const team of teams.values()) {
    if (options.oauth) team.workspace.app.events.push('app_uninstalled', 'tokens_revoked');
    else team.install();
  }
  const oauth = options.oauth && openOAuth(options.oauth, { teams, clock });
  const contextOf = (team: OpenTeam): MethodContext => ({
    ...team.context,
    connectionUrl: () => viaSocket?.ticketUrl() ?? refuse('socket_mode_not_enabled'),
    exchange: (args) => oauth?.exchange(args) ?? refuse('invalid_client_id'),
  });
  const limits = new Map<string, RateLimits>();
  const webApi = openWebApi({
    contextOf(token) {
      const team = [...teams.values()].find((one) => one.hadToken(token));
      return team && (team.token === token ? contextOf(team) : 'gone');
    },
    anyContext: contextOf(first),
    appToken,
    faults,
    rateLimitsOf(teamId) {
      const known =
        limits.get(teamId) ??
        (options.rateLimits ? openRateLimits(clock, exceptIn(options.rateLimits)) : noRateLimits);
      limits.set(teamId, known);
      return known;
    },
    record,
  });

  const slack: Slack = {
    get url() {
      return `${base()}/api/`;
    },
    get port() {
      return port;
    },
    teamId: first.teamId,
    botUserId: first.botUserId,
    workspace: first.workspace,
    get installed() {
      return first.installed;
    },
    as: first.as,
    render: first.render,
    emit: first.emit,
    uninstall: first.uninstall,
    get botToken() {
      return first.token ?? '';
    },
    appToken,
    team(teamId) {
      const team = teams.get(teamId);
      if (!team) throw new Error(`No workspace ${teamId} here; there are ${[...teams.keys()].join(', ')}`);
      return team;
    },
    get oauth() {
      return need(oauth);
    },
    calls,
    deliveries,
    faults,
    settled: changes.settled,
    watch: changes.watch,
    get connections() {
      return viaSocket?.connections() ?? 0;
    },
    get unacknowledged() {
      return [...teams.values()].reduce((sum, { events }) => sum + events.unacknowledged, 0);
    },
    redeliver: () => delivery.redeliver(),
    refresh: (reason = 'refresh_requested', which = 'all') => need(viaSocket).disconnect(reason, which),
    dropConnections: (which = 'all') => need(viaSocket).drop(which),
    verifyUrl: () => need(viaHttp).verifyUrl(),
    async close() {
      for (const { events } of teams.values()) events.close();
      await delivery.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const recordResponse = (call: Omit<ApiCall, 'at'>) => record({ ...call, at: clock.now() });
  route(
    server,
    [
      [/^\/api\/([\w.]+)$/, webApi.serve],
      [
        /^\/upload\/(\w+)$/,
        (key, request, response) => {
          const holders =
            [...teams.values()].find(({ workspace }) =>
              [...workspace.files.values()].some((file) => file.key === key),
            ) ?? first;
          return serveUpload(key, request, response, holders.workspace);
        },
      ],
      [
        /^\/response\/(\w+\/\w+)$/,
        (address, request, response) => {
          const [teamId = '', key = ''] = address.split('/');
          const urls = (teams.get(teamId) ?? first).responseUrls;
          return serveResponseUrl(key, request, response, { urls, faults, record: recordResponse });
        },
      ],
      [/^\/oauth\/v2\/(authorize)$/, (_, request, response) => need(oauth).serve(request, response)],
      [/^\/_sandbox\/([\w-]+)$/, (what, request, response) => serveControl(slack, what, request, response)],
    ],
    log,
  );
  port = await listenOnLoopback(server, options.port ?? 0);
  return slack;
}

const exceptIn = (limits: SlackOptions['rateLimits']) => (typeof limits === 'object' ? limits.except : []);

function need<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('This Slack was started otherwise');
  return part;
}
