import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSyncStore } from '../../src/storage/sync-store.ts';
import type { SyncStore } from '../../src/sync/sync-store.ts';

/** What the store of syncs promises on every database. `openDatabase`: a new one, migrated. */
export function syncContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let state: SyncStore;

  beforeEach(async () => {
    knex = await openDatabase();
    state = createSyncStore(knex);
  });
  afterEach(() => knex.destroy());

  const record = { knownFromAt: 1_000, lastEndAt: 1_790_000_000_000, lookedBackAt: 1_789_999_000_000 };

  it('remembers what is known of each VDN of each workspace', async () => {
    const first = { ...record, lastEndAt: 2_000 };
    expect(await state.save('T1', 159, undefined, first)).toBe(true);
    expect(await state.save('T1', 159, first, record)).toBe(true);
    expect(await state.find('T1', 159)).toEqual(record);
    expect(await state.find('T1', 160)).toBeUndefined();
    expect(await state.find('T2', 159)).toBeUndefined();
  });

  it('does not write over what another sync has written meanwhile', async () => {
    const quicker = { ...record, lastEndAt: record.lastEndAt + 9_000 };
    await state.save('T1', 159, undefined, quicker);
    expect(await state.save('T1', 159, undefined, record)).toBe(false);
    expect(await state.save('T1', 159, record, { ...record, lastEndAt: 3_000 })).toBe(false);
    expect(await state.find('T1', 159)).toEqual(quicker);
  });

  it('remembers the zone of the stored times', async () => {
    expect(await state.timeZone()).toBeUndefined();
    await state.saveTimeZone('UTC');
    await state.saveTimeZone('Asia/Shanghai');
    expect(await state.timeZone()).toBe('Asia/Shanghai');
  });
}
