import { z } from 'zod';
import { isTimeZone } from '../calls/wall-time.ts';
import { parseTokenKeys } from './token-keys.ts';
import { parseVdns } from './vdns.ts';
import { parseWorkspaces } from './workspaces.ts';

/** One environment variable: what the README's table, `start --help` and the errors say of it comes from here. */
export interface Setting<T = unknown> {
  name: string;
  /** May be given as NAME_FILE, and is never printed. */
  secret: boolean;
  required: boolean;
  /** As one would type it; undefined where there is none. */
  default: string | undefined;
  help: string;
  /** What was wrong, as a sentence's end: "must be …". */
  read: z.ZodType<T, string>;
}

const setting = <T>(
  name: string,
  read: z.ZodType<T, string>,
  help: string,
  more: { secret?: boolean; required?: boolean; default?: string } = {},
): Setting<T> => ({
  name,
  secret: more.secret ?? false,
  required: more.required ?? false,
  default: more.default,
  help,
  read,
});

const text = z.string();
const httpUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    url &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.search === '' &&
    url.hash === ''
  ) {
    return value;
  }
  context.addIssue('must be an http(s) address without a query, such as https://cms.example.com:28443');
  return z.NEVER;
});
/** Of a server that is asked with keys of its own: `fetch` takes no user and password in an address, and what went wrong there is told with it. */
const serverUrl = httpUrl.refine((value) => {
  const { username, password } = new URL(value);
  return username === '' && password === '';
}, 'must be without a user and a password in the address');
const token = (prefix: string, where: string) =>
  z.string().startsWith(prefix, `must begin with ${prefix} (${where})`);
const wholeNumber = (from: number, to: number) =>
  z.string().transform((value, context) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    context.addIssue(`must be a whole number from ${from} to ${to}`);
    return z.NEVER;
  });
const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, such as Asia/Shanghai or UTC');

const databaseUrl = z.string().transform((value, context) => {
  if (/^sqlite:.+/.test(value)) return value;
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  context.addIssue(
    'must be sqlite: and a path, such as sqlite:data/desk.db, or like postgres://user:password@host:5432/desk, with characters such as @ : / # in the password percent-encoded',
  );
  return z.NEVER;
});

const vdns = z.string().transform((value, context) => {
  const { vdns: read, problem } = parseVdns(value, isTimeZone);
  if (!problem) return read;
  context.addIssue(problem);
  return z.NEVER;
});

const tokenKeys = z.string().transform((value, context) => {
  const { keys, problem } = parseTokenKeys(value);
  if (!problem) return keys;
  context.addIssue(problem);
  return z.NEVER;
});

const workspaces = z.string().transform((value, context) => {
  const { workspaces: read, problem } = parseWorkspaces(value);
  if (!problem) return read;
  context.addIssue(problem);
  return z.NEVER;
});

/** All settings, in the order in which people meet them. */
export const settings = {
  slackBotToken: setting(
    'SLACK_BOT_TOKEN',
    token('xoxb-', 'OAuth & Permissions → Bot User OAuth Token'),
    "The bot's token. (For several workspaces, SLACK_CLIENT_ID takes its place.)",
    {
      secret: true,
      required: true,
    },
  ),
  slackAppToken: setting(
    'SLACK_APP_TOKEN',
    token('xapp-', 'Basic Information → App-Level Tokens, scope connections:write'),
    'Turns on Socket Mode: no public address is needed.',
    { secret: true },
  ),
  slackSigningSecret: setting(
    'SLACK_SIGNING_SECRET',
    text,
    'For HTTP mode, when there is no SLACK_APP_TOKEN: Slack then calls `/slack/events` on PORT.',
    { secret: true },
  ),
  slackApiUrl: setting('SLACK_API_URL', serverUrl, "The Web API's address; another one for the sandbox.", {
    default: 'https://slack.com/api/',
  }),
  cmsUrl: setting(
    'CMS_URL',
    serverUrl,
    "The contact centre's address: NSLB's host and port on a private deployment.",
    {
      required: true,
    },
  ),
  cmsAccessKey: setting('CMS_ACCESS_KEY', text, 'Access key of the C2 (auth-v2) signature.', {
    secret: true,
    required: true,
  }),
  cmsSecretKey: setting('CMS_SECRET_KEY', text, 'Secret key of the signature.', {
    secret: true,
    required: true,
  }),
  cmsCaFile: setting(
    'CMS_CA_FILE',
    text,
    "PEM file with the CA of the contact centre's certificate, where it is a private one.",
  ),
  cmsTimeZone: setting('CMS_TIME_ZONE', timeZone, 'Zone of the times that the contact centre answers with.', {
    default: 'UTC',
  }),
  cmsSubmediaEdition: setting(
    'CMS_SUBMEDIA_EDITION',
    oneOf('2024', '2025'),
    'Which table of social channels the contact centre uses: 2024 (2023 to early 2025) or 2025 (late 2025 on).',
    { default: '2024' },
  ),
  cmsTimeoutMs: setting(
    'CMS_TIMEOUT_MS',
    wholeNumber(100, 300_000),
    'How long one request may wait for headers, and between two pieces of the body.',
    {
      default: '15000',
    },
  ),
  cmsCcId: setting(
    'CMS_CC_ID',
    wholeNumber(1, 65_535),
    'Number of the call centre. Set, the contact centre is asked (`querycalls`) whether callers were reached since they were missed, and those who were are marked as done. Not set: it is not asked.',
  ),
  vdns: setting(
    'VDNS',
    vdns,
    'VDNs that may be asked, `number=Name@Zone:COUNTRY` with commas between; name, zone and country are optional. Empty: any VDN may be asked. Only adds VDNs that are not there yet.',
    { default: '' },
  ),
  language: setting(
    'DESK_LANGUAGE',
    oneOf('en', 'zh-CN'),
    "Language of messages to channels. Private answers are in the asker's.",
    {
      default: 'en',
    },
  ),
  callbackDays: setting(
    'CALLBACK_DAYS',
    wholeNumber(1, 60),
    'How many days back a missed call can still be claimed.',
    { default: '7' },
  ),
  retentionDays: setting(
    'RETENTION_DAYS',
    wholeNumber(32, 3650),
    "How many days missed calls and callbacks are kept; older ones are removed. Not set: everything is kept. Set it to what your rules for callers' data say.",
  ),
  numbersInSharedChannels: setting(
    'NUMBERS_IN_SHARED_CHANNELS',
    oneOf('refuse', 'allow'),
    "Whether callers' numbers may be shown in channels shared with another organisation.",
    { default: 'refuse' },
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    databaseUrl,
    'Where the desk keeps what it knows: `sqlite:` and a path, for one desk, or `postgres://user:password@host:5432/desk`, for any number of them (docs/operating.md).',
    { secret: true, default: 'sqlite:data/desk.db' },
  ),
  port: setting(
    'PORT',
    wholeNumber(0, 65_535),
    'Serves `/healthz` and `/readyz`, and `/slack/events` in HTTP mode.',
    { default: '3000' },
  ),
  metricsToken: setting(
    'METRICS_TOKEN',
    z.string().min(16, 'must have 16 characters or more'),
    'Turns on `/metrics` on PORT, for Prometheus: it must send this as its bearer token (docs/operating.md).',
    { secret: true },
  ),
  logLevel: setting(
    'LOG_LEVEL',
    oneOf('debug', 'info', 'warn', 'error'),
    'How much is logged, as JSON lines on standard output.',
    {
      default: 'info',
    },
  ),
  slackClientId: setting(
    'SLACK_CLIENT_ID',
    text,
    'Instead of SLACK_BOT_TOKEN: workspaces install the app by themselves at `/slack/install` (docs/operating.md). Basic Information → App Credentials.',
  ),
  slackClientSecret: setting('SLACK_CLIENT_SECRET', text, 'The secret that belongs to SLACK_CLIENT_ID.', {
    secret: true,
  }),
  tokenKey: setting(
    'TOKEN_KEY',
    tokenKeys,
    'With SLACK_CLIENT_ID: encrypts the tokens in the database; 32 random bytes, as `openssl rand -base64 32` prints them. To change it, put the new one in front of the former, with a comma between.',
    { secret: true },
  ),
  publicUrl: setting(
    'PUBLIC_URL',
    httpUrl,
    'With SLACK_CLIENT_ID: the https address at which browsers reach PORT, such as https://desk.example.com. The redirect URL of the Slack app is this and `/slack/oauth_redirect`.',
  ),
  workspaces: setting(
    'WORKSPACES',
    workspaces,
    'With SLACK_CLIENT_ID: which workspaces may install the app, and which VDNs each may see, `T012AB3CD=159+160` with commas between; `=*` for any VDN. All others are turned away.',
  ),
  httpsProxy: setting('HTTPS_PROXY', httpUrl, 'Proxy for https addresses (also in lower case).', {
    default: '',
  }),
  httpProxy: setting('HTTP_PROXY', httpUrl, 'Proxy for http addresses (also in lower case).', {
    default: '',
  }),
  noProxy: setting('NO_PROXY', text, 'Hosts that are reached without the proxy (also in lower case).', {
    default: '',
  }),
} satisfies Record<string, Setting>;
