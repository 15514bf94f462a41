import { mediaWords } from './calls/media.ts';
import type { Config } from './config/config.ts';
import { previewOf } from './digests/preview.ts';
import { createHealth } from './health.ts';
import type { MessagePort } from './outbox/outbox.ts';
import type { Shared } from './shared.ts';
import { createChannelMembers } from './slack/channel-members.ts';
import { createChannels } from './slack/channels.ts';
import type { SlackClients } from './slack/clients.ts';
import { createDelivery } from './slack/delivery.ts';
import type { HomeMaking } from './slack/home/homes.ts';
import { createReadHome } from './slack/home/read-home.ts';
import type { Identity } from './slack/identity.ts';
import { createSlackLook } from './slack/look.ts';
import { createContextFor, type MaskingOf, maskedFor } from './slack/masking.ts';
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
import type { WorkspaceSettings } from './vdns/workspace.ts';
import { shareInFlight } from './work/in-flight.ts';

/** The desk in one workspace: whom it knows there, who may do what, and how its messages get there. */
export interface Workspace {
  identity: Identity;
  botToken: string;
  desk: SlackDesk;
  port: MessagePort;
  home: HomeMaking;
  /** What holds for the whole workspace is this from now on. */
  show(settings: WorkspaceSettings): void;
  start(): void;
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>;
}

/** Whose it is, and how it is reached. */
export interface Installed {
  identity: Identity;
  botToken: string;
  clients: SlackClients;
}

/** Seeds its VDNs from the environment, and reads what is set for it. */
export async function openWorkspace(
  { identity, botToken, clients }: Installed,
  config: Config,
  shared: Shared,
): Promise<Workspace> {
  const { teamId, botUserId } = identity;
  const { interactive } = clients;
  const { stores, clock, leases, log, i18n, centre, dueTimes } = shared;
  const { calls, vdns } = stores;
  for (const kept of await vdns.seed(teamId, config.vdns)) {
    log.warn(
      { vdn: kept.number, setting: 'VDNS', kept },
      'The database says otherwise of a VDN than VDNS: the database counts',
    );
  }

  const people = createPeople({ client: interactive, teamId, clock, log });
  const groups = createUserGroups(interactive, clock, log);
  const members = createChannelMembers(interactive, clock, log);
  const rights = createRights({ settings: stores.vdnSettings, people, groups, members });
  const vdnsOf = createVdnsOf(teamId, stores.callbacks);
  const readingOf = createReadingOf({ rights, vdnsOf });
  const sharing = createSharing({ teamId, store: stores.channels, clock, log });
  const channels = createChannels({ client: interactive, sharing, clock, log });
  const ask = channels.describe;
  const sharingWatch = createSharingWatch({ teamId, store: stores.channels, ask, leases, clock, log });
  const maskingOf: MaskingOf = shareInFlight(
    // While the database does not say, nobody sees more than anybody may.
    (team) =>
      stores.workspaces.find(team).then(
        ({ masking }) => masking ?? 'never',
        () => 'always',
      ),
  );
  const contextOf = async (userId: string) => {
    const [{ locale }, masking] = await Promise.all([people.find(userId), maskingOf(teamId)]);
    return maskedFor('one', masking, i18n.forLocale(locale));
  };
  const contextFor = createContextFor({ contextOf, maskingOf, rights });
  const watch = createWorkspaceWatch({
    teamId,
    store: stores.workspaces,
    i18n,
    language: config.language,
    log,
  });
  await watch.look();
  const { channelContext } = watch;
  const render = createRenderer({
    lists: shared.lists,
    callbacks: stores.callbacks,
    vdns,
    readingOf,
    contextOf,
    contextFor,
    channelContext,
    maskingOf,
    dueTimes,
    botUserId,
  });
  const { numbersInSharedChannels, retentionMs } = config;

  const desk: SlackDesk = {
    teamId,
    botUserId,
    ask: shared.ask,
    callbacks: shared.callbacks,
    reachCheck: shared.reachCheck,
    cards: shared.cards,
    modals: createModals(interactive, log),
    queue: shared.queue,
    homes: shared.homes,
    outbox: shared.outbox,
    subscriptions: shared.subscriptions,
    digests: shared.digests,
    vdns,
    people,
    groups,
    rights,
    vdnsOf,
    channels,
    health: createHealth({
      teamId,
      database: shared.look,
      slack: createSlackLook(interactive, config.slack.apiUrl),
      needed: Object.keys(scopes),
      centre: centre.look,
      vdns,
      subscriptions: stores.subscriptions,
      clock,
    }),
    troubleBehind: shared.database.troubleBehind,
    erasure: stores.erasure,
    oldFigures: stores.oldFigures,
    history: stores.history,
    uploads: createUploads(interactive),
    replyTo: (place, respond) => createReply({ respond, client: interactive, log, ...place }),
    media: mediaWords(config.cms.subMediaEdition),
    numbersInSharedChannels,
    settings: shared.settings,
    tryVdn: shared.tryVdn,
    previewOf: (vdn, schedule, timeZone) =>
      previewOf({ teamId, vdn }, schedule, { now: clock.now(), timeZone }, { calls, ...centre.sync }),
    environment: {
      vdns: config.vdns,
      language: config.language,
      callbackHorizonMs: config.callbackHorizonMs,
    },
    retentionMs,
    contextOf,
    contextFor,
    channelContext,
    render,
    audit: stores.audit,
    clock,
    log,
  };
  const running = numbersInSharedChannels ? [watch] : [sharingWatch, watch];

  return {
    identity,
    botToken,
    desk,
    port: createDelivery({
      client: clients.delivery,
      render,
      readingOf,
      channels,
      nameOf: async (userId) => (await people.find(userId)).name,
      numbersInSharedChannels,
    }),
    home: {
      client: interactive,
      read: createReadHome({ ...shared, rights, vdns, people }),
      contextFor,
    },
    show: watch.show,
    start() {
      for (const part of running) part.start();
    },
    async stop() {
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
