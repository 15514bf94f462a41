import type { Clock } from '../clock.ts';
import { createLook } from '../cms/look.ts';
import { createMissedCallSource } from '../cms/missed-calls.ts';
import { createLead, firstPage } from '../cms/query-look.ts';
import { type Config, ConfigError, type Environment, loadConfig, loadDatabaseUrl } from '../config/config.ts';
import { settingsFinding } from '../doctor/configuration.ts';
import { centreFindings, type Named, vdnsToAsk, type Window } from '../doctor/contact-centre.ts';
import { type DatabaseLook, databaseFindings, integrityFindings } from '../doctor/database.ts';
import { type Finding, failed, skipped } from '../doctor/finding.ts';
import {
  CHANNELS_UNKNOWN,
  channelFindings,
  identityFindings,
  requestsFindings,
  type SlackIdentity,
  socketFindings,
} from '../doctor/slack.ts';
import { wayFindings } from '../doctor/way.ts';
import { silentLog } from '../log.ts';
import { createSlackWay, SLACK_TIMEOUT_MS } from '../slack/clients.ts';
import { createSlackLook, createSocketLook } from '../slack/look.ts';
import { createOwnRequest } from '../slack/own-request.ts';
import { scopes } from '../slack/scopes.ts';
import { openDatabase } from '../storage/database.ts';
import { DatabaseError } from '../storage/database-error.ts';
import { damageIn } from '../storage/integrity.ts';
import { fileToMake, lookAtDatabase, lookAtNewFile, readProblem } from '../storage/look.ts';
import { createSubscriptionStore } from '../storage/subscriptions-store.ts';
import { createVdnStore } from '../storage/vdn-store.ts';
import { unwatched } from '../work/seam.ts';

export interface ExamineParts {
  env: Environment;
  readFile(path: string): string;
  clock: Clock;
}

/** What the database knows of a workspace; null where it cannot be read. */
interface Known {
  vdns: Named[];
  /** Ids of channels with digests that are not paused by a person. */
  channels: string[];
  /** Of VDNs with digests. */
  subscribed: number[];
}
type ReadKnown = (teamId: string) => Promise<Known>;

/** Looks at everything, one thing after the other, and changes nothing. */
export async function* examine({ env, readFile, clock }: ExamineParts): AsyncGenerator<Finding, void, void> {
  const config = read(() => loadConfig(env, readFile));
  yield settingsFinding('problems' in config ? config.problems : []);
  if ('problems' in config) {
    const url = read(() => loadDatabaseUrl(env, readFile));
    if (typeof url === 'string') yield* examineDatabase(url, async function* () {});
    else yield skipped('database.connection', 'no-settings', 'Not looked at: the settings come first.');
    yield skipped('slack.token', 'no-settings', 'Not looked at: the settings come first.');
    yield skipped('contact-centre.answer', 'no-settings', 'Not looked at: the settings come first.');
    return;
  }
  yield* examineDatabase(config.databaseUrl, (known) => examineWith(config, known, clock));
}

async function* examineWith(config: Config, known: ReadKnown | null, clock: Clock) {
  // Slack says which workspace it is, and so which VDNs there are.
  const vdns = yield* examineSlack(config, known, clock);
  yield* examineCentre(config, vdns, clock);
}

function read<T>(load: () => T): T | ConfigError {
  try {
    return load();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** `then` goes on while it is open; it gets null where nothing can be read from it. */
async function* examineDatabase(
  url: string,
  then: (known: ReadKnown | null) => AsyncGenerator<Finding, void, void>,
): AsyncGenerator<Finding, void, void> {
  const file = fileToMake(url);
  if (file !== null) {
    yield* databaseFindings({ facts: await lookAtNewFile(file) });
    return yield* then(null);
  }
  const knex = await openDatabase(url).catch(asDatabaseError);
  if (knex instanceof DatabaseError) {
    yield* databaseFindings({ problem: knex });
    return yield* then(null);
  }
  try {
    const look: DatabaseLook = await lookAtDatabase(url, knex).then(
      (facts) => ({ facts }),
      (error: unknown) => ({ problem: readProblem(error) }),
    );
    yield* databaseFindings(look);
    if ('facts' in look) yield* integrityFindings(await damageIn(knex));
    const isCurrent = 'facts' in look && look.facts.lacks.length === 0 && look.facts.unknown.length === 0;
    yield* then(
      isCurrent ? (teamId) => knownOf(teamId, createVdnStore(knex), createSubscriptionStore(knex)) : null,
    );
  } finally {
    await knex.destroy();
  }
}

async function knownOf(
  teamId: string,
  vdns: Pick<ReturnType<typeof createVdnStore>, 'list'>,
  subscriptions: Pick<ReturnType<typeof createSubscriptionStore>, 'list'>,
): Promise<Known> {
  const wanted = (await subscriptions.list(teamId)).filter(({ pausedBy }) => pausedBy !== 'person');
  return {
    vdns: await vdns.list(teamId),
    channels: [...new Set(wanted.map(({ channelId }) => channelId))],
    subscribed: [...new Set(wanted.map(({ vdn }) => vdn))],
  };
}

/** Returns the VDNs that there are to ask. */
async function* examineSlack(
  config: Config,
  readKnown: ReadKnown | null,
  clock: Clock,
): AsyncGenerator<Finding, Named[], void> {
  const { apiUrl, connection } = config.slack;
  const way = createSlackWay(apiUrl, config.proxy, {
    log: silentLog,
    reach: unwatched,
    timeoutMs: SLACK_TIMEOUT_MS,
  });
  try {
    const look = createSlackLook(way.clientsFor(config.slack.botToken).interactive, apiUrl);
    const identity = await look.identity();
    yield* identityFindings(identity, Object.keys(scopes));
    if (connection.mode === 'http') {
      yield* await requestsFindings(createOwnRequest(config.port, connection.signingSecret, clock));
    } else {
      const bot = 'told' in identity ? await look.appOf(identity.told.botUserId) : null;
      yield* await socketFindings(
        createSocketLook(connection.appToken, way),
        bot && 'told' in bot ? bot.told : null,
      );
    }
    const team: SlackIdentity | null = 'told' in identity ? identity.told : null;
    const known = team && readKnown && (await readKnown(team.teamId).catch(readProblem));
    if (known && 'message' in known) yield* databaseFindings({ problem: known });
    else if (known) yield* await channelFindings(look, known.channels);
    else if (team) yield CHANNELS_UNKNOWN;
    if (!known || 'message' in known) return vdnsToAsk(config.vdns, []);
    return vdnsToAsk([...known.vdns, ...config.vdns], known.subscribed);
  } finally {
    await way.close();
  }
}

async function* examineCentre(
  config: Config,
  vdns: readonly Named[],
  clock: Clock,
): AsyncGenerator<Finding, void, void> {
  const { url, accessKey, secretKey, ca, timeoutMs, timeZone } = config.cms;
  const way = await wayFindings(createLook({ url, ca, proxy: config.proxy, timeoutMs }), clock.now());
  yield* way;
  if (way.some(({ result }) => result === 'failed'))
    return yield skipped('contact-centre.answer', 'no-way', 'Not asked: the way to it comes first.');

  const { onDate, leadMs } = createLead(clock);
  const keys = { accessKey, secretKey };
  const options = {
    url,
    ...keys,
    ca,
    proxy: config.proxy,
    timeoutMs,
    clock,
    log: silentLog,
    retries: 1,
    onDate,
  };
  let source: ReturnType<typeof createMissedCallSource>;
  try {
    source = createMissedCallSource(options);
  } catch (error) {
    // It names the setting, and not its value.
    if (!(error instanceof TypeError)) throw error;
    return yield failed('contact-centre.signature', 'bad-keys', 'The keys cannot be used.', error.message);
  }
  const centre = { timeZone, leadMs, ask: (vdn: number, window: Window) => firstPage(source, vdn, window) };
  try {
    yield* await centreFindings(centre, vdns, clock.now());
  } finally {
    await source.close();
  }
}

function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  throw error;
}
