import type { Knex } from 'knex';
import type { OldFiguresStore } from '../calls/old-figures.ts';
import { DAY_MS, firstInstantOf } from '../calls/wall-time.ts';
import { dayOf, zoneOf } from './daily-figures.ts';
import { type Bigint, toNumber } from './numbers.ts';

export function createOldFiguresStore(knex: Knex): OldFiguresStore {
  return {
    async ofDays(teamId, vdn, { fromAt, toAt }) {
      const zone = await zoneOf(knex, teamId, vdn);
      const [fromDay, toDay] = [dayOf(fromAt, zone), dayOf(toAt - 1, zone)];
      const begins = (day: string, later = 0) => firstInstantOf(Date.parse(`${day}T00:00:00Z`) + later, zone);
      const [removed] = await knex('daily_figures')
        .where({ team_id: teamId, vdn })
        .where('day', '>=', fromDay)
        .where('day', '<=', toDay)
        .sum<{ calls: Bigint | null }[]>('calls as calls');
      const [kept] = await knex('missed_calls')
        .where({ team_id: teamId, vdn })
        .where('wait_begin_at', '>=', begins(fromDay))
        .where('wait_begin_at', '<', begins(toDay, DAY_MS))
        .count<{ calls: Bigint }[]>('* as calls');
      return { fromDay, toDay, calls: toNumber(removed?.calls ?? 0) + toNumber(kept?.calls ?? 0) };
    },
  };
}
