import type { Knex } from 'knex';
import { createListService } from '../../../src/callbacks/lists.ts';
import { createCallbackService } from '../../../src/callbacks/service.ts';
import { displayCaller } from '../../../src/calls/caller.ts';
import type { Clock } from '../../../src/clock.ts';
import { createDigestRunner } from '../../../src/digests/runner.ts';
import type { Log } from '../../../src/log.ts';
import { passesFilter } from '../../../src/questions/filter.ts';
import { createCallbackStore } from '../../../src/storage/callbacks-store.ts';
import { createCallStore } from '../../../src/storage/calls-store.ts';
import { createListStore } from '../../../src/storage/lists-store.ts';
import { createSubscriptionStore } from '../../../src/storage/subscriptions-store.ts';
import { createSyncStore } from '../../../src/storage/sync-store.ts';
import { createVdnStore } from '../../../src/storage/vdn-store.ts';
import { createSync } from '../../../src/sync/sync.ts';
import { createLeases } from '../../../src/work/leases.ts';
import type { Centre } from './centre.ts';
import { DAY } from './history.ts';
import type { Process } from './process.ts';

export interface DeskParts {
  knex: Knex;
  centre: Centre;
  process: Process;
  clock: Clock;
  /** Of the contact centre's times. */
  timeZone: string;
  log: Log;
}

export type Desk = ReturnType<typeof createPromiseDesk>;

/** The desk's real parts from the sync to the outbox, as one process runs them. */
export function createPromiseDesk({ knex, centre, process, clock, timeZone, log }: DeskParts) {
  const calls = process.using(createCallStore(knex));
  const vdns = process.using(createVdnStore(knex));
  const callbackStore = createCallbackStore(knex);
  // Nothing may rest on another process keeping away: each has leases of its own.
  const leases = createLeases({ log });
  const sync = createSync({
    source: { pages: process.usingEach((query) => centre.pages(query)) },
    calls,
    state: process.using(createSyncStore(knex)),
    vdns,
    leases,
    clock,
    log,
    timeZone,
    retentionMs: 400 * DAY,
  });
  const callbacks = process.using(
    createCallbackService({
      store: callbackStore,
      clock,
      vdns: createVdnStore(knex),
    }),
  );
  const lists = createListService({
    lists: createListStore(knex),
    vdns: createVdnStore(knex),
    clock,
    matches: passesFilter,
    display: displayCaller,
  });
  const runner = createDigestRunner({
    subscriptions: process.using(createSubscriptionStore(knex)),
    sync,
    calls,
    callbacks: { ...callbacks, expiredBetween: callbackStore.expiredBetween },
    lists: process.using(lists),
    vdns,
    outbox: { wake() {} },
    leases,
    clock,
    log,
  });
  return { process, sync, callbacks, runner };
}
