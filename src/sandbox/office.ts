import type { Config, Install, OAuthSettings } from '../config/config.ts';
import { parseTokenKeys } from '../config/token-keys.ts';
import { createDesk, type Desk, type DeskParts } from '../desk.ts';
import { type Log, silentLog } from '../log.ts';
import { type ContactCentre, startContactCentre } from './cms/server.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';
import type { WorkspaceSeed } from './slack/seed.ts';
import { type Slack, startSlack } from './slack/slack.ts';

/** The keys that the stand-in contact centre knows. */
export const SANDBOX_KEYS = { accessKey: 'AKSANDBOX0001', secretKey: 'SKsandbox-not-a-secret' } as const;

export interface OfficeOptions {
  /** How Slack reaches the desk; Socket Mode by default. */
  mode?: 'socket' | 'http';
  /** Where Slack posts to, over HTTP; where the desk listens by default. */
  requestUrl?: string;
  clock?: MovingClock;
  /** 0 (the default): any that is free. */
  ports?: { slack?: number; cms?: number; desk?: number };
  /** What the desk is configured with beyond the stand-ins' addresses. */
  config?: Partial<Omit<Config, 'slack' | 'cms' | 'proxy'>> & { cms?: Partial<Config['cms']> };
  /** The contact centre's calls: seeded scenarios by default, null for none. */
  seed?: number | null;
  /** Zone of the contact centre's answers. */
  cmsTimeZone?: string;
  /** Who and what is in Slack; that of the office by default. */
  workspace?: WorkspaceSeed;
  /** Whether Slack says 429 to calls that come too fast; it does not by default. */
  rateLimits?: boolean;
  /** Workspaces install the desk by themselves: these besides, who may and what each may see, by team id. */
  installs?: {
    others?: readonly WorkspaceSeed[];
    workspaces: OAuthSettings['workspaces'];
    tokenRotation?: boolean;
  };
  /** Called after each request to the contact centre. */
  onRequest?: () => void;
  log?: Log;
  /** What VDNs want done with their callbacks. */
  rulesOf?: DeskParts['rulesOf'];
  /** How the desk's database is opened. */
  openDatabase?: DeskParts['openDatabase'];
}

/** The whole scene on this machine: a stand-in Slack, a stand-in contact centre, and the real desk between them. */
export interface Office {
  clock: MovingClock;
  slack: Slack;
  cms: ContactCentre;
  /** The desk that runs now. */
  readonly desk: Desk;
  /** What it is configured with. */
  config: Config;
  /** Stops the desk, and starts another one on the same database; `while` runs in between. */
  restartDesk(during?: () => Promise<void> | void): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SIGNING_SECRET = 'sandbox-signing-secret';
/** Where browsers would reach the desk; its port here is known only when it runs. */
const PUBLIC_URL = 'https://desk.example.com';
const CLIENT = { clientId: '1.2', clientSecret: 'sandbox-client-secret' };
const TOKEN_KEY = Buffer.from('sandbox-key-for-nobodys-own-data').toString('base64');

const installOf = (installs: OfficeOptions['installs'], { botToken }: Slack): Install =>
  installs
    ? {
        botToken: null,
        oauth: {
          ...CLIENT,
          publicUrl: PUBLIC_URL,
          tokenKeys: parseTokenKeys(TOKEN_KEY).keys,
          workspaces: installs.workspaces,
        },
      }
    : { botToken, oauth: null };

export async function startOffice(options: OfficeOptions = {}): Promise<Office> {
  const {
    mode = 'socket',
    clock = createMovingClock(),
    ports = {},
    log = silentLog,
    seed = 1,
    cmsTimeZone = 'UTC',
  } = options;
  const cms = await startContactCentre({
    port: ports.cms ?? 0,
    clock,
    ...SANDBOX_KEYS,
    timeZone: cmsTimeZone,
    seed,
    ...(options.onRequest && { onRequest: options.onRequest }),
  });
  // Slack must know the desk's address before the desk can ask Slack who it is.
  const address = { port: ports.desk ?? 0 };
  const slack = await startSlack({
    port: ports.slack ?? 0,
    clock,
    ...(options.workspace && { workspace: options.workspace }),
    ...(options.rateLimits && { rateLimits: true }),
    ...(options.installs && {
      others: options.installs.others ?? [],
      oauth: {
        ...CLIENT,
        redirectUrls: [`${PUBLIC_URL}/slack/oauth_redirect`],
        tokenRotation: options.installs.tokenRotation ?? false,
      },
    }),
    delivery:
      mode === 'socket'
        ? { mode }
        : {
            mode,
            requestUrl: options.requestUrl ?? (() => `http://127.0.0.1:${address.port}/slack/events`),
            signingSecret: SIGNING_SECRET,
          },
  }).catch(async (error: unknown) => {
    await cms.close();
    throw error;
  });
  const { cms: cmsConfig, ...deskConfig } = options.config ?? {};
  const config: Config = {
    slack: {
      ...installOf(options.installs, slack),
      apiUrl: slack.url,
      connection:
        mode === 'socket' ? { mode, appToken: slack.appToken } : { mode, signingSecret: SIGNING_SECRET },
    },
    cms: {
      url: cms.url,
      ...SANDBOX_KEYS,
      ca: null,
      timeZone: 'UTC',
      subMediaEdition: '2024',
      timeoutMs: 5_000,
      ccId: null,
      ...cmsConfig,
    },
    proxy: { https: null, http: null, no: null },
    vdns: [],
    language: 'en',
    callbackHorizonMs: 7 * DAY_MS,
    retentionMs: null,
    numbersInSharedChannels: false,
    databaseUrl: 'sqlite::memory:',
    port: ports.desk ?? 0,
    metricsToken: null,
    logLevel: 'info',
    ...deskConfig,
  };

  async function openDesk(): Promise<Desk> {
    const opened = await createDesk(config, {
      clock,
      log,
      ...(options.rulesOf && { rulesOf: options.rulesOf }),
      ...(options.openDatabase && { openDatabase: options.openDatabase }),
    });
    await opened.start();
    address.port = opened.port;
    return opened;
  }
  let desk = await openDesk().catch(async (error: unknown) => {
    await slack.close();
    await cms.close();
    throw error;
  });
  return {
    clock,
    slack,
    cms,
    config,
    get desk() {
      return desk;
    },
    async restartDesk(during) {
      await desk.stop();
      await during?.();
      desk = await openDesk();
    },
    async close() {
      await desk.stop();
      await slack.close();
      await cms.close();
    },
  };
}
