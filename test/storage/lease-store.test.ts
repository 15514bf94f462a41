import type { Knex } from 'knex';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLeaseStore } from '../../src/storage/lease-store.ts';
import type { LeaseStore } from '../../src/work/leases.ts';
import { onPostgres } from './postgres.ts';

const open = onPostgres();
let knex: Knex;
let leases: LeaseStore;
beforeEach(async () => {
  knex = await open();
  leases = createLeaseStore(knex);
  return () => knex.destroy();
});

/** The lease's end comes, as if that time had passed. */
const end = () => knex('leases').update({ ends_at: 0 });

describe('a lease in PostgreSQL', () => {
  it('is taken by one of many who try at once', async () => {
    const owners = Array.from({ length: 8 }, (_, n) => `desk ${n}`);
    const taken = await Promise.all(owners.map((owner) => leases.take('sync', owner, 60_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await leases.take('another', 'desk 9', 60_000)).toBe(true);
  });

  it('is taken again when it was given back, and when its end has come', async () => {
    await leases.take('sync', 'a', 60_000);
    await leases.release('sync', 'b');
    expect(await leases.take('sync', 'b', 60_000)).toBe(false);
    await leases.release('sync', 'a');
    expect(await leases.take('sync', 'b', 60_000)).toBe(true);
    await end();
    expect(await leases.take('sync', 'c', 60_000)).toBe(true);
  });

  it('is renewed by its owner alone, also late, as long as nobody has taken it', async () => {
    await leases.take('sync', 'a', 60_000);
    await end();
    expect(await leases.renew('sync', 'a', 60_000, 0)).toBe(true);
    expect(await leases.take('sync', 'b', 60_000)).toBe(false);
    await end();
    await leases.take('sync', 'b', 60_000);
    expect(await leases.renew('sync', 'a', 60_000, 0)).toBe(false);
  });

  it('tells the signs of its owner', async () => {
    expect(await leases.signs('sync')).toBe(0);
    await leases.take('sync', 'a', 60_000);
    await leases.renew('sync', 'a', 60_000, 7);
    expect(await leases.signs('sync')).toBe(7);
    await end();
    await leases.take('sync', 'b', 60_000);
    expect(await leases.signs('sync')).toBe(0);
  });
});
