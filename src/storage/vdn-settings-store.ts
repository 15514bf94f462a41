import type { Knex } from 'knex';
import type { Vdn } from '../calls/vdn.ts';
import type { Access } from '../vdns/access.ts';
import {
  type KeptSettings,
  unsetSettings,
  type VdnSettings,
  type VdnSettingsStore,
} from '../vdns/settings.ts';
import { toVdn, type VdnRecord, vdnColumns } from './vdn-store.ts';

export function createVdnSettingsStore(knex: Knex): VdnSettingsStore {
  const there = (teamId: string) =>
    knex<VdnRecord>('vdns').where({ team_id: teamId }).whereNull('removed_at');

  return {
    list: async (teamId) => (await there(teamId).orderBy('number')).map(toSettings),

    async find(teamId, number) {
      const record = await there(teamId).where({ number }).first();
      return record && toSettings(record);
    },

    async accessOf(teamId, numbers) {
      const records = await knex<VdnRecord>('vdns').where({ team_id: teamId }).whereIn('number', numbers);
      return new Map(records.map((record): [number, Access] => [record.number, toSettings(record).access]));
    },

    async add(teamId, settings) {
      const [added] = await knex('vdns')
        .insert({ team_id: teamId, ...columns(settings), version: 2 })
        .onConflict(['team_id', 'number'])
        .merge({ ...columns(settings), version: knex.raw('vdns.version + 1'), removed_at: null })
        .whereNotNull('vdns.removed_at')
        .returning<VdnRecord[]>('*');
      return added && toSettings(added);
    },

    async change(teamId, { version, ...settings }) {
      const [changed] = await there(teamId)
        .where({ number: settings.number, version })
        .update({ ...columns(settings), version: version + 1 })
        .returning('*');
      return changed && toSettings(changed);
    },

    async remove(teamId, number, now) {
      const removed = await there(teamId)
        .where({ number })
        .update({ removed_at: now, version: knex.raw('version + 1') });
      return removed > 0;
    },
  };
}

function columns({ number, name, timeZone, country, ...settings }: VdnSettings) {
  return { ...vdnColumns({ number, name, timeZone, country }), settings: JSON.stringify(settings) };
}

const toSettings = (record: VdnRecord): KeptSettings => ({
  ...unsetSettings(toVdn(record)),
  ...(record.settings !== null && (JSON.parse(record.settings) as Omit<VdnSettings, keyof Vdn>)),
  version: record.version,
});
