import { randomUUID } from 'node:crypto';
import { createCards } from './callbacks/card.ts';
import { createJoinedDrafts } from './callbacks/joined.ts';
import { createListService } from './callbacks/lists.ts';
import { createQueue } from './callbacks/queue-service.ts';
import { createReachCheck } from './callbacks/reach-check.ts';
import { createCallbackRunner } from './callbacks/runner.ts';
import { createCallbackService } from './callbacks/service.ts';
import type { RulesOf } from './callbacks/vdn-rules.ts';
import { displayCaller } from './calls/caller.ts';
import { mediaWords } from './calls/media.ts';
import type { Clock } from './clock.ts';
import { createMissedCallSource } from './cms/missed-calls.ts';
import { createReachSource } from './cms/query-calls.ts';
import { createLead, firstPage } from './cms/query-look.ts';
import type { Config } from './config/config.ts';
import { previewOf } from './digests/preview.ts';
import { createDigestRunner } from './digests/runner.ts';
import { createSubscriptions } from './digests/service.ts';
import { createHealth } from './health.ts';
import type { Log } from './log.ts';
import { createOutbox } from './outbox/delivery.ts';
import { createAsk } from './questions/ask.ts';
import { passesFilter } from './questions/filter.ts';
import { createTryVdn } from './questions/try-vdn.ts';
import { createRetention } from './retention.ts';
import { startServer } from './server.ts';
import { createAbandoned } from './slack/abandoned.ts';
import { createSlackApp } from './slack/app.ts';
import { createChannelMembers } from './slack/channel-members.ts';
import { createChannels } from './slack/channels.ts';
import { createClients, SLACK_TIMEOUT_MS } from './slack/clients.ts';
import { createDelivery } from './slack/delivery.ts';
import { emptyingMessages } from './slack/emptied.ts';
import { createHomes } from './slack/home/homes.ts';
import { createReadHome } from './slack/home/read-home.ts';
import { createI18n } from './slack/i18n.ts';
import { identify, StartError } from './slack/identity.ts';
import { createSlackLook } from './slack/look.ts';
import { type MaskingOf, maskedFor } from './slack/masking.ts';
import { createModals } from './slack/modals.ts';
import { createPeople } from './slack/people.ts';
import { createReadingOf } from './slack/reading.ts';
import { createRenderer } from './slack/render.ts';
import { createReply } from './slack/reply.ts';
import { createRights } from './slack/rights.ts';
import { scopes } from './slack/scopes.ts';
import { createSharing, createSharingWatch } from './slack/sharing.ts';
import type { SlackDesk } from './slack/slack-desk.ts';
import { createUploads } from './slack/uploads.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { createVdnsOf } from './slack/vdns-of.ts';
import { createWorkspaceWatch } from './slack/workspace-watch.ts';
import { createAgreedClock } from './storage/agreed-clock.ts';
import { migrate, openDatabase } from './storage/database.ts';
import { isPostgres } from './storage/dialect.ts';
import { holdDatabase } from './storage/hold.ts';
import { createLeaseStore } from './storage/lease-store.ts';
import { lookAtDatabase } from './storage/look.ts';
import { watchStatements } from './storage/seams.ts';
import { createStores } from './storage/stores.ts';
import { createSync } from './sync/sync.ts';
import { createDueTimes } from './vdns/due-times.ts';
import { createSettings } from './vdns/service.ts';
import { hoursOf, rulesFrom } from './vdns/settings.ts';
import { shareInFlight } from './work/in-flight.ts';
import { createLeases } from './work/leases.ts';
import { type Reach, unwatched } from './work/seam.ts';

export interface Desk {
  /** Hears Slack and does what is due, from now on. */
  start(): Promise<void>;
  /** Hears nothing more, finishes what is in hand, closes the database. Can be called at any time, also after a failed start. */
  stop(): Promise<void>;
  /** The port that it listens on; 0 before the start. */
  readonly port: number;
}

export interface DeskParts {
  clock: Clock;
  log: Log;
  /** What each VDN wants done with its callbacks; by default what there is where nobody has set anything. */
  rulesOf?: RulesOf;
  /** What the clock shows at a moment of the world's time, where it runs at another pace. */
  shownAt?: (worldAt: number) => number;
  /** Told of every seam, from the time on that the database is up to date; nobody by default. */
  reach?: Reach;
  /** How long one call to Slack may take, in real time; SLACK_TIMEOUT_MS by default, also by a clock that runs faster. */
  slackTimeoutMs?: number;
  /** How long a lease lasts after its desk has died, in real time; that of `createLeases` by default. */
  leaseMs?: number;
}

/** When the desk stops, questions in hand may wait so long for the contact centre: their answers are still to be told. */
const STOP_PATIENCE_MS = 5_000;

/**
 * The composition root: every part of the desk is made here, once, and nothing runs yet. Asks Slack who the desk is.
 * Throws StartError and DatabaseError.
 */
export async function createDesk(config: Config, parts: DeskParts): Promise<Desk> {
  const { log } = parts;
  const closing: (() => Promise<unknown>)[] = [];
  /** Closes in the opposite order; every part gets its chance. */
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((err: unknown) => log.error({ err }, 'A part of the desk did not close'));
    }
  };
  try {
    return await compose(config, parts, closing, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function compose(
  config: Config,
  parts: DeskParts,
  closing: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<Desk> {
  const { log, reach = unwatched, slackTimeoutMs = SLACK_TIMEOUT_MS } = parts;
  const knex = await openDatabase(config.databaseUrl);
  closing.push(() => knex.destroy());
  const hold = await holdDatabase(config.databaseUrl);
  closing.push(() => hold.release());
  await migrate(knex);
  const agreed = isPostgres(knex) ? await createAgreedClock({ knex, own: parts.clock, ...parts }) : undefined;
  const clock = agreed ?? parts.clock;
  const leases = createLeases({
    store: agreed && createLeaseStore(knex),
    log,
    ...(parts.leaseMs !== undefined && { leaseMs: parts.leaseMs }),
  });
  if (reach !== unwatched) watchStatements(knex, reach);
  const stores = createStores(knex);
  const { calls, vdns, vdnSettings, workspaces } = stores;

  const clients = createClients(config.slack, config.proxy, { log, reach, timeoutMs: slackTimeoutMs });
  closing.push(() => clients.close());
  const identity = await identify(clients.interactive, config.slack.apiUrl);
  const { teamId, botUserId } = identity;
  for (const kept of await vdns.seed(teamId, config.vdns)) {
    log.warn(
      { vdn: kept.number, setting: 'VDNS', kept },
      'The database says otherwise of a VDN than VDNS: the database counts',
    );
  }

  const { url, accessKey, secretKey, ca, timeoutMs, ccId, timeZone, subMediaEdition } = config.cms;
  const { onDate, leadMs } = createLead(clock);
  const cms = { url, accessKey, secretKey, ca, proxy: config.proxy, timeoutMs, clock, log, reach, onDate };
  const source = createMissedCallSource(cms);
  closing.push(() => source.close());
  const reachSource = ccId === null ? null : createReachSource({ ...cms, ccId });
  if (reachSource) closing.push(() => reachSource.close());
  const { retentionMs } = config;
  const sync = createSync({
    source,
    calls,
    state: stores.syncs,
    vdns,
    rekey: (team, vdn) => settings.rekey(team, vdn),
    leases,
    clock,
    log,
    timeZone,
    retentionMs: retentionMs ?? Number.POSITIVE_INFINITY,
  });
  await sync.rederiveIfZoneChanged();

  const i18n = createI18n({ mediaEdition: subMediaEdition });
  const people = createPeople({ client: clients.interactive, teamId, clock, log });
  const groups = createUserGroups(clients.interactive, clock, log);
  const members = createChannelMembers(clients.interactive, clock, log);
  const rights = createRights({ settings: vdnSettings, people, groups, members });
  const vdnsOf = createVdnsOf(teamId, stores.callbacks);
  const readingOf = createReadingOf({ rights, vdnsOf });
  const sharing = createSharing({ teamId, store: stores.channels, clock, log });
  const channels = createChannels({ client: clients.interactive, sharing, clock, log });
  const ask = channels.describe;
  const sharingWatch = createSharingWatch({ teamId, store: stores.channels, ask, leases, clock, log });
  const maskingOf: MaskingOf = shareInFlight(
    async (team) => (await workspaces.find(team)).masking ?? 'never',
  );
  const contextOf = async (userId: string) => {
    const [{ locale }, masking] = await Promise.all([people.find(userId), maskingOf(teamId)]);
    return maskedFor('one', masking, i18n.forLocale(locale));
  };
  const workspace = createWorkspaceWatch({ teamId, store: workspaces, i18n, language: config.language, log });
  await workspace.look();
  const { channelContext } = workspace;

  const lists = createListService({
    lists: stores.lists,
    vdns,
    clock,
    matches: passesFilter,
    display: displayCaller,
  });
  const dueTimes = createDueTimes({ settingsOf: vdnSettings.find, callbacks: stores.callbacks, clock });
  const render = createRenderer({
    lists,
    callbacks: stores.callbacks,
    vdns,
    readingOf,
    contextOf,
    channelContext,
    maskingOf,
    dueTimes,
    botUserId,
  });
  const outbox = createOutbox({
    store: stores.outbox,
    port: createDelivery({
      client: clients.delivery,
      render,
      readingOf,
      channels,
      nameOf: async (userId) => (await people.find(userId)).name,
      numbersInSharedChannels: config.numbersInSharedChannels,
    }),
    clock,
    log,
    timeoutMs: SLACK_TIMEOUT_MS,
    onRefused: (row, error) => subscriptions.pauseByError(row, error),
  });
  const subscriptions = createSubscriptions({ store: stores.subscriptions, vdns, clock, log, outbox });
  const callbacks = createCallbackService({
    store: stores.callbacks,
    clock,
    vdns,
    newId: randomUUID,
    joinedDrafts: createJoinedDrafts({ display: displayCaller, newId: randomUUID }),
    wakeOutbox: outbox.wake,
    onChanged: () => callbackRunner.wake(),
    horizonMs: config.callbackHorizonMs,
  });
  const reachCheck =
    reachSource &&
    createReachCheck({
      source: reachSource,
      store: stores.reach,
      vdns,
      clock,
      log,
      wakeOutbox: outbox.wake,
    });
  const settings = emptyingMessages(
    createSettings({
      vdns: vdnSettings,
      workspaces,
      changes: stores.settingsChanges,
      attachNew: callbacks.attachNew,
      clock,
      newId: randomUUID,
      wakeOutbox: outbox.wake,
      wakeCallbacks: () => callbackRunner.wake(),
      showWorkspace: workspace.show,
    }),
    { store: stores.outbox, clock, wakeOutbox: outbox.wake, withinMs: config.callbackHorizonMs },
  );
  const rulesOf: RulesOf =
    parts.rulesOf ?? (async (team, vdn) => rulesFrom(await vdnSettings.find(team, vdn)));
  const cards = createCards({ store: stores.callbacks, vdns, rulesOf, clock, display: displayCaller });
  const callbackRunner = createCallbackRunner({
    store: stores.callbacks,
    rulesOf,
    channelsOf: async (team, vdn) =>
      (await stores.subscriptions.needing(team, vdn))
        .filter(({ state }) => state === 'active')
        .map(({ channelId }) => channelId),
    outbox,
    leases,
    clock,
    log,
    newId: randomUUID,
    horizonMs: config.callbackHorizonMs,
  });
  const queue = createQueue({
    store: stores.queue,
    lists: stores.lists,
    vdns,
    async targetsOf(team) {
      const set = new Map((await vdnSettings.list(team)).map((settings) => [settings.number, settings]));
      return (vdn) => {
        const settings = set.get(vdn);
        return { targetMs: settings?.targetMs ?? null, hours: settings ? hoursOf(settings) : null };
      };
    },
    display: displayCaller,
    newId: randomUUID,
    onClaimed() {
      outbox.wake();
      callbackRunner.wake();
    },
    clock,
  });
  const homes = createHomes({
    store: stores.homes,
    client: clients.interactive,
    read: createReadHome({ queue, rights, vdns, subscriptions, people, dueTimes, clock }),
    contextOf,
    leases,
    clock,
    log,
  });
  const digests = createDigestRunner({
    subscriptions: stores.subscriptions,
    sync,
    calls,
    callbacks: { ...callbacks, expiredBetween: stores.callbacks.expiredBetween },
    ...(reachCheck && { reachCheck }),
    lists,
    vdns,
    outbox,
    leases,
    clock,
    log,
  });
  const retention = createRetention({
    stores: [
      { what: 'missed calls', removeOlderThan: calls.removeEndedBefore },
      { what: 'callbacks', removeOlderThan: stores.callbacks.removeOlderThan },
      { what: 'messages', removeOlderThan: stores.outbox.removeOlderThan },
      { what: 'lists', removeOlderThan: stores.lists.removeOlderThan },
    ],
    retentionMs,
    leases,
    clock,
    log,
  });

  const abandoned = createAbandoned({ store: stores.outbox, outbox, clock, log });
  const hurry = new AbortController();
  const health = createHealth({
    teamId,
    database: async () => ({ facts: await lookAtDatabase(config.databaseUrl, knex) }),
    slack: createSlackLook(clients.interactive, config.slack.apiUrl),
    needed: Object.keys(scopes),
    centre: { timeZone, leadMs, ask: (vdn, window) => firstPage(source, vdn, window, hurry.signal) },
    vdns,
    subscriptions: stores.subscriptions,
    clock,
  });
  const desk: SlackDesk = {
    teamId,
    botUserId,
    ask: createAsk({ sync, callbacks, calls, lists, log, hurry: hurry.signal }),
    callbacks,
    reachCheck,
    cards,
    modals: createModals(clients.interactive, log),
    queue,
    homes,
    outbox,
    subscriptions,
    digests,
    vdns,
    people,
    groups,
    rights,
    vdnsOf,
    channels,
    health,
    erasure: stores.erasure,
    oldFigures: stores.oldFigures,
    history: stores.history,
    uploads: createUploads(clients.interactive),
    replyTo: (place) => createReply({ respond: undefined, client: clients.interactive, log, ...place }),
    media: mediaWords(subMediaEdition),
    numbersInSharedChannels: config.numbersInSharedChannels,
    settings,
    tryVdn: createTryVdn({ sync, calls, clock, hurry: hurry.signal }),
    previewOf: (vdn, schedule, timeZone) =>
      previewOf({ teamId, vdn }, schedule, { now: clock.now(), timeZone }, { calls, ...sync }),
    environment: { vdns: config.vdns, language: config.language },
    retentionMs,
    contextOf,
    channelContext,
    render,
    audit: stores.audit,
    clock,
    log,
  };
  const slack = createSlackApp({
    settings: config.slack,
    identity,
    clients,
    deliveries: stores.deliveries,
    desk,
    log,
    reach,
  });
  let port = 0;

  async function ready() {
    const database = await knex.raw('select 1').then(
      () => true,
      () => false,
    );
    return { database, slack: slack.connected() };
  }

  return {
    async start() {
      const server = await startServer({
        port: config.port,
        ready,
        log,
        ...(slack.requests && { slack: slack.requests }),
      }).catch((cause: unknown) => {
        throw new StartError(portRefused(config.port, cause), { cause });
      });
      port = server.port;
      // Closed last to first: Slack falls silent, then what it asked for is finished, then the messages go out.
      for (const part of [
        ...(agreed ? [agreed.keeping] : []),
        retention,
        ...(config.numbersInSharedChannels ? [] : [sharingWatch]),
        workspace,
        outbox,
        abandoned,
        digests,
        callbackRunner,
        homes,
      ]) {
        part.start();
        closing.push(() => part.stop());
      }
      closing.push(
        () => slack.stop(),
        () => server.close(),
      );
      await slack.start();
    },
    async stop() {
      const patience = setTimeout(() => hurry.abort(), STOP_PATIENCE_MS);
      await closeAll();
      clearTimeout(patience);
    },
    get port() {
      return port;
    },
  };
}

function portRefused(port: number, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return `The desk cannot listen on PORT ${port} (${code}). Give it a port that nobody else uses and that it may have.`;
}
