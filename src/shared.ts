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
import { type Centre, openCentre } from './centre.ts';
import type { Config } from './config/config.ts';
import { createDigestRunner } from './digests/runner.ts';
import { createSubscriptions } from './digests/service.ts';
import type { Foundation } from './foundation.ts';
import type { Log } from './log.ts';
import { createOutbox } from './outbox/delivery.ts';
import type { MessagePort } from './outbox/outbox.ts';
import { createAsk } from './questions/ask.ts';
import { passesFilter } from './questions/filter.ts';
import { createTryVdn } from './questions/try-vdn.ts';
import { createRetention } from './retention.ts';
import { createAbandoned } from './slack/abandoned.ts';
import { SLACK_TIMEOUT_MS } from './slack/clients.ts';
import { emptyingMessages } from './slack/emptied.ts';
import { createHomes, type HomeMaking } from './slack/home/homes.ts';
import { createI18n } from './slack/i18n.ts';
import { createDueTimes } from './vdns/due-times.ts';
import { createSettings } from './vdns/service.ts';
import { hoursOf, rulesFrom } from './vdns/settings.ts';
import type { WorkspaceSettings } from './vdns/workspace.ts';
import { watchChanges, watchQueue } from './watching/watched.ts';
import type { Reach } from './work/seam.ts';

export interface SharedParts extends Foundation {
  log: Log;
  reach: Reach;
  /** Aborted: nobody waits any more for what the contact centre is asked. */
  hurry: AbortSignal;
  /** What each VDN wants done with its callbacks; by default what people have set. */
  rulesOf: RulesOf | undefined;
  /** Sends each row to its own workspace. */
  port: MessagePort;
  homeMakingOf(teamId: string): HomeMaking | undefined;
  /** What holds for a whole workspace is this from now on. */
  showWorkspace(teamId: string, settings: WorkspaceSettings): void;
}

/** What all workspaces share: whatever it does, it does for the workspace that it is told of, or that a row belongs to. */
export type Shared = ReturnType<typeof createShared>;

export function createShared(config: Config, parts: SharedParts, closing: (() => Promise<unknown>)[]) {
  const { stores, clock, leases, log, hurry, metrics } = parts;
  const { calls, vdns, vdnSettings } = stores;
  const centre: Centre = openCentre(
    config,
    { ...parts, rekey: (team, vdn) => settings.rekey(team, vdn) },
    closing,
  );
  const { sync, reachSource } = centre;
  const rulesOf: RulesOf =
    parts.rulesOf ?? (async (team, vdn) => rulesFrom(await vdnSettings.find(team, vdn)));

  const lists = createListService({
    lists: stores.lists,
    vdns,
    clock,
    matches: passesFilter,
    display: displayCaller,
  });
  const outbox = createOutbox({
    store: stores.outbox,
    port: parts.port,
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
      workspaces: stores.workspaces,
      changes: stores.settingsChanges,
      attachNew: callbacks.attachNew,
      clock,
      newId: randomUUID,
      wakeOutbox: outbox.wake,
      wakeCallbacks: () => callbackRunner.wake(),
      showWorkspace: parts.showWorkspace,
    }),
    { store: stores.outbox, clock, wakeOutbox: outbox.wake, withinMs: config.callbackHorizonMs },
  );
  const callbackRunner = createCallbackRunner({
    store: stores.callbacks,
    notices: stores.notices,
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
  const homes = createHomes({ store: stores.homes, makingOf: parts.homeMakingOf, leases, clock, log });
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
    mayBegin: () => parts.database.trouble() === null,
  });
  const retention = createRetention({
    stores: [
      { what: 'missed calls', removeOlderThan: calls.removeEndedBefore },
      { what: 'callbacks', removeOlderThan: stores.callbacks.removeOlderThan },
      { what: 'messages', removeOlderThan: stores.outbox.removeOlderThan },
      { what: 'lists', removeOlderThan: stores.lists.removeOlderThan },
    ],
    retentionMs: config.retentionMs,
    leases,
    clock,
    log,
  });
  const abandoned = createAbandoned({ store: stores.outbox, outbox, clock, log });

  return {
    ...parts,
    centre,
    lists,
    outbox,
    subscriptions,
    callbacks: watchChanges(callbacks, metrics),
    reachCheck,
    settings,
    queue: watchQueue(queue, metrics),
    homes,
    digests,
    i18n: createI18n({ mediaEdition: config.cms.subMediaEdition }),
    cards: createCards({ store: stores.callbacks, vdns, rulesOf, clock, display: displayCaller }),
    dueTimes: createDueTimes({ settingsOf: vdnSettings.find, callbacks: stores.callbacks, clock }),
    ask: createAsk({ sync, callbacks, calls, lists, log, hurry }),
    tryVdn: createTryVdn({ sync, calls, clock, hurry }),
    /** What works by itself; to be stopped in the opposite order. */
    running: [retention, outbox, abandoned, digests, callbackRunner, homes],
  };
}
