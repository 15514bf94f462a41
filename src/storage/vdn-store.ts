import type { Knex } from 'knex';
import type { Vdn, VdnStore } from '../calls/vdn.ts';

export function createVdnStore(knex: Knex): VdnStore {
  const ofTeam = (teamId: string) =>
    knex<VdnRecord>('vdns').where({ team_id: teamId }).whereNull('removed_at');

  return {
    list: async (teamId) => (await ofTeam(teamId).orderBy('number')).map(toVdn),

    async find(teamId, number) {
      const record = await ofTeam(teamId).where({ number }).first();
      return record && toVdn(record);
    },

    async seed(teamId, vdns) {
      if (vdns.length === 0) return [];
      const records = vdns.map((vdn) => ({ team_id: teamId, ...vdnColumns(vdn) }));
      // What people have changed or removed stays as they left it.
      const filled = (column: string) =>
        knex.raw('case when vdns.version = 1 then coalesce(??, ??) else ?? end', [
          `vdns.${column}`,
          `excluded.${column}`,
          `vdns.${column}`,
        ]);
      const kept = await knex('vdns')
        .insert(records)
        .onConflict(['team_id', 'number'])
        .merge({ name: filled('name'), time_zone: filled('time_zone'), country: filled('country') })
        .returning<VdnRecord[]>('*');
      return kept
        .filter((record) => record.removed_at === null)
        .map(toVdn)
        .filter((vdn) => {
          const wish = vdns.find(({ number }) => number === vdn.number);
          return wish?.name !== vdn.name || wish.timeZone !== vdn.timeZone || wish.country !== vdn.country;
        });
    },
  };
}

export interface VdnRecord {
  team_id: string;
  number: number;
  name: string | null;
  time_zone: string | null;
  country: string | null;
  /** JSON. */
  settings: string | null;
  version: number;
  removed_at: number | string | null;
}

export const vdnColumns = ({ number, name, timeZone, country }: Vdn) => ({
  number,
  name,
  time_zone: timeZone,
  country,
});

export const toVdn = ({ number, name, time_zone, country }: VdnRecord): Vdn => ({
  number,
  name,
  timeZone: time_zone,
  country,
});
