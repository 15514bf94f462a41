import type { Knex } from 'knex';
import { afterEach } from 'vitest';
import type { Log } from '../../src/log.ts';
import { createCallStore } from '../../src/storage/calls-store.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { createSyncStore } from '../../src/storage/sync-store.ts';
import { createVdnStore } from '../../src/storage/vdn-store.ts';
import { createSync, type SyncOptions } from '../../src/sync/sync.ts';
import { createLeases } from '../../src/work/leases.ts';
import { HOUR_MS, ScriptedCentre } from './scripted-centre.ts';

/** A Monday, 09:00:00 UTC. */
export const NINE = Date.UTC(2026, 10, 23, 9);
export const TEAM = 'T1';
export const VDN = 159;

const opened: Knex[] = [];
afterEach(async () => {
  for (const knex of opened.splice(0)) await knex.destroy();
});

/** A desk that has a store and a scripted contact centre, and nothing of Slack. Its clock stands still unless it is moved. */
export async function syncDesk(over: Partial<SyncOptions> = {}) {
  const knex = await openDatabase('sqlite::memory:');
  opened.push(knex);
  await migrate(knex);
  const clock = { at: NINE, now: () => clock.at };
  const centre = new ScriptedCentre(clock);
  const calls = createCallStore(knex);
  const state = createSyncStore(knex);
  const vdns = createVdnStore(knex);
  const warnings: object[] = [];
  const log: Log = { debug() {}, info() {}, error() {}, warn: (facts) => warnings.push(facts) };
  const options: SyncOptions = {
    source: centre,
    calls,
    state,
    leases: createLeases({ log }),
    vdns,
    clock,
    log,
    timeZone: 'UTC',
    retentionMs: 90 * 24 * HOUR_MS,
    ...over,
  };
  const sync = createSync(options);

  return {
    ...{ knex, clock, centre, calls, state, vdns, warnings, sync },
    /** The same desk, started again, perhaps with other settings. */
    restarted: (changed: Partial<SyncOptions>) => createSync({ ...options, ...changed }),
    due: (neededFromAt = NINE, vdn = VDN) => sync.due({ teamId: TEAM, vdn, neededFromAt }),
    range: (fromAt: number, toAt = clock.at) => sync.range({ teamId: TEAM, vdn: VDN, fromAt, toAt }),
    /** Ids of the calls that are stored, in order of arrival. */
    stored: async (vdn = VDN) => (await calls.inWindow(TEAM, vdn, everything)).map(({ callId }) => callId),
    /** The windows that the contact centre was asked for. */
    windows: () => centre.asked.map(({ beginAt, endAt }) => ({ beginAt, endAt })),
  };
}

export type SyncDesk = Awaited<ReturnType<typeof syncDesk>>;

export const everything = {
  afterSeq: 0,
  uptoSeq: Number.MAX_SAFE_INTEGER,
  waitFromAt: null,
  waitToAt: null,
  endFromAt: null,
};
