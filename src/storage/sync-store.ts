import type { Knex } from 'knex';
import type { SyncRecord } from '../sync/record.ts';
import type { SyncStore } from '../sync/sync-store.ts';
import { type Bigint, toNumber } from './numbers.ts';

/** Settings of the desk itself, not of a workspace. */
const DESK = '';
const TIME_ZONE = 'stored-times-zone';

export function createSyncStore(knex: Knex): SyncStore {
  const settings = () => knex<{ team_id: string; name: string; value: string }>('settings');

  return {
    async find(teamId, vdn) {
      const record = await knex<VdnSync>('vdn_syncs').where({ team_id: teamId, vdn }).first();
      return record && fromVdnSync(record);
    },

    async save(teamId, vdn, read, record) {
      const key = { team_id: teamId, vdn };
      if (read)
        return (
          (await knex('vdn_syncs')
            .where({ ...key, ...toColumns(read) })
            .update(toColumns(record))) > 0
        );
      const written = await knex('vdn_syncs')
        .insert({ ...key, ...toColumns(record) })
        .onConflict(['team_id', 'vdn'])
        .ignore()
        .returning('vdn');
      return written.length > 0;
    },

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

const toColumns = ({ knownFromAt, lastEndAt, lookedBackAt }: SyncRecord) => ({
  known_from_at: knownFromAt,
  last_end_at: lastEndAt,
  looked_back_at: lookedBackAt,
});
