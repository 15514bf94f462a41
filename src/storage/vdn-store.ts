import type { Knex } from 'knex';
import type { Vdn, VdnStore } from '../calls/vdn.ts';

export function createVdnStore(knex: Knex): VdnStore {
  const ofTeam = (teamId: string) => knex<VdnRecord>('vdns').where({ team_id: teamId });

  return {
    list: async (teamId) => (await ofTeam(teamId).orderBy('number')).map(fromRecord),

    async find(teamId, number) {
      const record = await ofTeam(teamId).where({ number }).first();
      return record && fromRecord(record);
    },

    async seed(teamId, vdns) {
      if (vdns.length === 0) return [];
      const records = vdns.map(({ number, name, timeZone, country }) => ({
        team_id: teamId,
        number,
        name,
        time_zone: timeZone,
        country,
      }));
      const filled = (column: string) =>
        knex.raw('coalesce(??, ??)', [`vdns.${column}`, `excluded.${column}`]);
      const kept = await knex('vdns')
        .insert(records)
        .onConflict(['team_id', 'number'])
        .merge({ name: filled('name'), time_zone: filled('time_zone'), country: filled('country') })
        .returning<VdnRecord[]>('*');
      return kept.map(fromRecord).filter((vdn) => {
        const wish = vdns.find(({ number }) => number === vdn.number);
        return wish?.name !== vdn.name || wish.timeZone !== vdn.timeZone || wish.country !== vdn.country;
      });
    },
  };
}

interface VdnRecord {
  team_id: string;
  number: number;
  name: string | null;
  time_zone: string | null;
  country: string | null;
}

const fromRecord = ({ number, name, time_zone, country }: VdnRecord): Vdn => ({
  number,
  name,
  timeZone: time_zone,
  country,
});
