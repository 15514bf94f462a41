import type { Granted } from '../calls/granted.ts';
import type { Vdn } from '../calls/vdn.ts';
import { readInstall } from './install.ts';
import { type Setting, settings } from './settings.ts';
import type { TokenKey } from './token-keys.ts';

/** Everything that the environment decides, read once at the start. */
export interface Config {
  slack: {
    apiUrl: string;
    connection: { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };
  } & Install;
  cms: {
    url: string;
    accessKey: string;
    secretKey: string;
    /** PEM text. */
    ca: string | null;
    timeZone: string;
    subMediaEdition: '2024' | '2025';
    timeoutMs: number;
    /** Turns querycalls on; null: off. */
    ccId: number | null;
  };
  proxy: { https: string | null; http: string | null; no: string | null };
  vdns: Vdn[];
  language: 'en' | 'zh-CN';
  callbackHorizonMs: number;
  /** null: everything is kept. */
  retentionMs: number | null;
  numbersInSharedChannels: boolean;
  databaseUrl: string;
  port: number;
  /** Whoever knows it may read the metrics; null: nobody may. */
  metricsToken: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Whether the app is in one workspace, whose token is given, or in those that install it. */
export type Install = { botToken: string; oauth: null } | { botToken: null; oauth: OAuthSettings };

export interface OAuthSettings {
  clientId: string;
  clientSecret: string;
  /** The first one encrypts, all of them decrypt. */
  tokenKeys: readonly TokenKey[];
  /** Ends without a slash. */
  publicUrl: string;
  /** Who may install it, and what each may see; by team id. */
  workspaces: ReadonlyMap<string, Granted>;
}

/** Every problem of the environment at once, a line each: the variable and the remedy. Never a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Only what the database needs, for commands that need nothing else. Throws ConfigError. */
export function loadDatabaseUrl(env: Environment, readFile: (path: string) => string): string {
  const problems: string[] = [];
  const url = readSetting(settings.databaseUrl, env, readFile, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return sure(url);
}

/** Reads the environment. `readFile` gives a file's text or throws. Throws ConfigError. */
export function loadConfig(env: Environment, readFile: (path: string) => string): Config {
  const problems: string[] = [];
  const get = <T>(setting: Setting<T>): T | undefined => readSetting(setting, env, readFile, problems);

  const appToken = get(settings.slackAppToken);
  const signingSecret = get(settings.slackSigningSecret);
  if (!given(env, 'SLACK_APP_TOKEN') && !given(env, 'SLACK_SIGNING_SECRET')) {
    problems.push(
      'Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode): the desk needs one to hear from Slack.',
    );
  }
  const install = readInstall((name) => given(env, name), get, problems);
  const databaseUrl = get(settings.databaseUrl);
  const cms = {
    url: get(settings.cmsUrl),
    accessKey: get(settings.cmsAccessKey),
    secretKey: get(settings.cmsSecretKey),
    ca: readCa(get(settings.cmsCaFile), readFile, problems),
    timeZone: get(settings.cmsTimeZone),
    subMediaEdition: get(settings.cmsSubmediaEdition),
    timeoutMs: get(settings.cmsTimeoutMs),
    ccId: get(settings.cmsCcId),
  };
  const rest = {
    apiUrl: get(settings.slackApiUrl),
    vdns: get(settings.vdns),
    language: get(settings.language),
    callbackDays: get(settings.callbackDays),
    retentionDays: get(settings.retentionDays),
    sharedNumbers: get(settings.numbersInSharedChannels),
    port: get(settings.port),
    metricsToken: get(settings.metricsToken),
    logLevel: get(settings.logLevel),
    https: get(settings.httpsProxy),
    http: get(settings.httpProxy),
    no: get(settings.noProxy),
  };
  if (problems.length > 0) throw new ConfigError(problems);

  const connection = appToken
    ? { mode: 'socket' as const, appToken }
    : { mode: 'http' as const, signingSecret: sure(signingSecret) };
  return {
    slack: { ...sure(install), apiUrl: withSlash(sure(rest.apiUrl)), connection },
    cms: {
      url: sure(cms.url),
      accessKey: sure(cms.accessKey),
      secretKey: sure(cms.secretKey),
      ca: cms.ca,
      timeZone: sure(cms.timeZone),
      subMediaEdition: sure(cms.subMediaEdition),
      timeoutMs: sure(cms.timeoutMs),
      ccId: cms.ccId ?? null,
    },
    proxy: { https: rest.https ?? null, http: rest.http ?? null, no: rest.no ?? null },
    vdns: rest.vdns ?? [],
    language: sure(rest.language),
    callbackHorizonMs: sure(rest.callbackDays) * DAY_MS,
    retentionMs: rest.retentionDays === undefined ? null : rest.retentionDays * DAY_MS,
    numbersInSharedChannels: rest.sharedNumbers === 'allow',
    databaseUrl: sure(databaseUrl),
    port: sure(rest.port),
    metricsToken: rest.metricsToken ?? null,
    logLevel: sure(rest.logLevel),
  };
}

function readSetting<T>(
  setting: Setting<T>,
  env: Environment,
  readFile: (path: string) => string,
  problems: string[],
): T | undefined {
  const { name } = setting;
  let value = env[name] || env[name.endsWith('_PROXY') ? name.toLowerCase() : name];
  const fileName = setting.secret ? env[`${name}_FILE`] : undefined;
  if (value && fileName) {
    problems.push(`${name} and ${name}_FILE are both set: keep one.`);
    return undefined;
  }
  if (fileName) {
    try {
      value = readFile(fileName).trim();
    } catch (error) {
      problems.push(`${name}_FILE names a file that cannot be read (${reason(error)}).`);
      return undefined;
    }
    if (value === '') {
      problems.push(`${name}_FILE names an empty file.`);
      return undefined;
    }
  }
  value = value?.trim() || setting.default;
  if (!value) {
    if (setting.required) problems.push(`${name} is missing. ${setting.help}`);
    return undefined;
  }
  const read = setting.read.safeParse(value);
  if (read.success) return read.data;
  for (const issue of read.error.issues) problems.push(`${name} ${issue.message}.`);
  return undefined;
}

function readCa(
  file: string | undefined,
  readFile: (path: string) => string,
  problems: string[],
): string | null {
  if (!file) return null;
  try {
    const pem = readFile(file);
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
    problems.push('CMS_CA_FILE must be a PEM file: it holds no "-----BEGIN CERTIFICATE-----".');
  } catch (error) {
    problems.push(`CMS_CA_FILE names a file that cannot be read (${reason(error)}).`);
  }
  return null;
}

const given = (env: Environment, name: string) => Boolean(env[name]?.trim() || env[`${name}_FILE`]);
const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);
const reason = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'it could not be read';

/** Only called once there are no problems: then what is required is there. */
function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A required setting was read as nothing');
  return value;
}
