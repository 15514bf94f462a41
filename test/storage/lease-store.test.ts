import type { Knex } from 'knex';
import { afterEach, describe } from 'vitest';
import { createLeaseStore } from '../../src/storage/lease-store.ts';
import { leaseStoreContract, leasesContract } from '../work/lease-contract.ts';
import { onPostgres } from './postgres.ts';

const open = onPostgres();
let knex: Knex | undefined;
afterEach(() => knex?.destroy());

async function opened() {
  const database = await open();
  knex = database;
  return {
    leases: createLeaseStore(database),
    endAll: async () => void (await database('leases').update({ ends_at: 0 })),
  };
}

describe('a lease in PostgreSQL', () => leaseStoreContract(opened));
describe('leases that PostgreSQL keeps', () => leasesContract(async () => (await opened()).leases));
