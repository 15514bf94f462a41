import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Deliveries } from '../../src/slack/redelivery.ts';
import { createDeliveriesStore } from '../../src/storage/deliveries-store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

/** What the record of deliveries promises on every database. `openDatabase`: a new one, migrated. */
export function deliveriesContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let deliveries: Deliveries;
  beforeEach(async () => {
    knex = await openDatabase();
    deliveries = createDeliveriesStore(knex);
  });
  afterEach(() => knex.destroy());

  it('remembers each delivery once, whatever the clock says', async () => {
    expect(await deliveries.remember('one', NOW)).toBe(true);
    expect(await deliveries.remember('two', NOW)).toBe(true);
    expect(await deliveries.remember('one', NOW - 30_000)).toBe(false);
  });

  it('tells one of many at once that it is new', async () => {
    const told = await Promise.all(Array.from({ length: 20 }, () => deliveries.remember('one', NOW)));
    expect(told.filter(Boolean)).toHaveLength(1);
  });

  it('forgets those from before a time', async () => {
    await deliveries.remember('old', NOW - 1);
    await deliveries.remember('young', NOW);
    expect(await deliveries.removeOlderThan(NOW)).toBe(1);
    expect(await deliveries.remember('old', NOW)).toBe(true);
    expect(await deliveries.remember('young', NOW)).toBe(false);
  });
}
