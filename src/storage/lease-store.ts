import type { Knex } from 'knex';
import type { LeaseStore } from '../work/leases.ts';
import { rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';

/** The database's own time, epoch ms; PostgreSQL's `now()` would be the transaction's. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** For PostgreSQL, which several desks may share. */
export function createLeaseStore(knex: Knex): LeaseStore {
  const leases = () => knex('leases');

  return {
    take: async (name, owner, forMs) => (await rowsOf(knex, TAKE, { name, owner, forMs })).length > 0,

    renew: async (name, owner, forMs, signs) =>
      (await leases()
        .where({ name, owner })
        .update({ ends_at: knex.raw(`${NOW} + ?`, [forMs]), signs })) > 0,

    async release(name, owner) {
      await leases().where({ name, owner }).delete();
    },

    async signs(name) {
      const lease = await leases().where({ name }).first<{ signs: Bigint } | undefined>('signs');
      return toNumber(lease?.signs ?? 0);
    },
  };
}

const TAKE = `
  insert into leases (name, owner, ends_at) values (:name, :owner, ${NOW} + :forMs)
  on conflict (name) do update set owner = excluded.owner, ends_at = excluded.ends_at, signs = 0
  where leases.ends_at <= ${NOW}
  returning name`;
