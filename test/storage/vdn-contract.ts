import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { createVdnStore } from '../../src/storage/vdn-store.ts';

const SUPPORT = { number: 159, name: 'Support', timeZone: 'Asia/Shanghai', country: 'CN' };
const SALES = { number: 160, name: null, timeZone: null, country: null };

/** What the VDN store promises on every database. `openDatabase`: a new one, migrated. */
export function vdnContract(openDatabase: () => Promise<Knex>): void {
  it('names the VDNs of a workspace, and seeding adds to them without changing what is there', async () => {
    const knex = await openDatabase();
    const vdns = createVdnStore(knex);

    await vdns.seed('T1', [SALES, SUPPORT]);
    expect(await vdns.list('T1')).toEqual([SUPPORT, SALES]);
    expect(await vdns.find('T1', 160)).toEqual(SALES);
    expect(await vdns.find('T1', 161)).toBeUndefined();
    expect(await vdns.list('T2')).toEqual([]);

    // What differs is said, so that nobody wonders why the environment has no effect.
    const kept = await vdns.seed('T1', [
      { ...SUPPORT, name: 'Another name' },
      { ...SALES, number: 161 },
    ]);
    expect(kept).toEqual([SUPPORT]);
    expect(await vdns.list('T1')).toEqual([SUPPORT, SALES, { ...SALES, number: 161 }]);
    expect(await vdns.seed('T1', [])).toEqual([]);

    // What nobody has set is filled in.
    const named = { ...SALES, name: 'Sales', timeZone: 'Europe/Berlin', country: 'DE' };
    expect(await vdns.seed('T1', [named])).toEqual([]);
    expect(await vdns.find('T1', 160)).toEqual(named);
    await knex.destroy();
  });
}
