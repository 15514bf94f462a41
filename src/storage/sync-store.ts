import type { Knex } from 'knex';
import type { SyncRecord } from '../sync/record.ts';
import type { SyncStore } from '../sync/sync-store.ts';
import { type Bigint, toNumber } from './numbers.ts';

/** Settings of the desk itself, not of a workspace. */
const DESK = '';
const TIME_ZONE = 'stored-times-zone';

export function createSyncStore(knex: Knex): SyncStore {
  const settings = () => knex<{ team_id: string; name: string; value: string }>('settings');
  const withLock = createLocks();

  return {
    async find(teamId, vdn) {
      const record = await knex<VdnSync>('vdn_syncs').where({ team_id: teamId, vdn }).first();
      return record && fromVdnSync(record);
    },

    async save(teamId, vdn, { knownFromAt, lastEndAt, lookedBackAt }) {
      const known = { known_from_at: knownFromAt, last_end_at: lastEndAt, looked_back_at: lookedBackAt };
      await knex<VdnSync>('vdn_syncs')
        .insert({ team_id: teamId, vdn, ...known })
        .onConflict(['team_id', 'vdn'])
        .merge(known);
    },

    withLock: (teamId, vdn, work) => withLock(`${teamId} ${vdn}`, work),

    timeZone: async () => (await settings().where({ team_id: DESK, name: TIME_ZONE }).first())?.value,

    async saveTimeZone(timeZone) {
      await settings()
        .insert({ team_id: DESK, name: TIME_ZONE, value: timeZone })
        .onConflict(['team_id', 'name'])
        .merge(['value']);
    },
  };
}

interface VdnSync {
  team_id: string;
  vdn: number;
  known_from_at: Bigint;
  last_end_at: Bigint;
  looked_back_at: Bigint;
}

const fromVdnSync = (record: VdnSync): SyncRecord => ({
  knownFromAt: toNumber(record.known_from_at),
  lastEndAt: toNumber(record.last_end_at),
  lookedBackAt: toNumber(record.looked_back_at),
});

/** A queue a key, within this process: SQLite belongs to one process. PostgreSQL gets advisory locks in its place. */
function createLocks() {
  const last = new Map<string, Promise<unknown>>();

  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      return await work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
