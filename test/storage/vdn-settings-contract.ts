import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { createVdnSettingsStore } from '../../src/storage/vdn-settings-store.ts';
import { createVdnStore } from '../../src/storage/vdn-store.ts';
import { OPEN_ACCESS } from '../../src/vdns/access.ts';
import { unsetSettings } from '../../src/vdns/settings.ts';

const NOW = Date.UTC(2022, 10, 21, 9);
const SUPPORT = { number: 159, name: 'Support', timeZone: 'Asia/Shanghai', country: 'CN' };
const OFFICE = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1080 }] : []));

/** What the store of VDN settings promises on every database. `openDatabase`: a new one, migrated. */
export function vdnSettingsContract(openDatabase: () => Promise<Knex>): void {
  it('gives what the environment named with nothing else set, and keeps what people change', async () => {
    const knex = await openDatabase();
    const settings = createVdnSettingsStore(knex);
    const vdns = createVdnStore(knex);
    await vdns.seed('T1', [SUPPORT]);

    expect(await settings.find('T1', 159)).toEqual({ ...unsetSettings(SUPPORT), version: 1 });
    expect(await settings.find('T1', 160)).toBeUndefined();
    expect(await settings.find('T2', 159)).toBeUndefined();

    const wished = {
      ...unsetSettings({ ...SUPPORT, country: null }),
      week: OFFICE,
      holidays: [{ date: '2022-12-25', open: [] }],
      targetMs: 1_800_000,
      restMs: null,
      raise: [{ afterMs: 60_000, to: { kind: 'group' as const, groupId: 'S1' } }],
      version: 1,
    };
    expect(await settings.change('T1', wished)).toEqual({ ...wished, version: 2 });
    expect(await settings.list('T1')).toEqual([{ ...wished, version: 2 }]);
    // Whoever had seen it as it was before is refused.
    expect(await settings.change('T1', { ...wished, name: 'Late' })).toBeUndefined();

    // What they have emptied is not filled in again.
    await vdns.seed('T1', [SUPPORT]);
    expect(await vdns.find('T1', 159)).toEqual({ ...SUPPORT, country: null });
    await knex.destroy();
  });

  it('adds a VDN once, and removes it for good until somebody adds it again', async () => {
    const knex = await openDatabase();
    const settings = createVdnSettingsStore(knex);
    const vdns = createVdnStore(knex);

    const added = await settings.add('T1', unsetSettings(SUPPORT));
    expect(added).toMatchObject(SUPPORT);
    expect(await settings.add('T1', unsetSettings(SUPPORT))).toBeUndefined();

    expect(await settings.remove('T1', 159, NOW)).toBe(true);
    expect(await settings.remove('T1', 159, NOW)).toBe(false);
    expect(await vdns.seed('T1', [SUPPORT])).toEqual([]);
    expect(await vdns.list('T1')).toEqual([]);
    expect(await settings.list('T1')).toEqual([]);

    const again = { ...unsetSettings(SUPPORT), targetMs: 60_000 };
    expect(await settings.add('T1', again)).toMatchObject(again);
    expect(await vdns.find('T1', 159)).toEqual(SUPPORT);
    await knex.destroy();
  });

  it('says who may do what also of a VDN that was removed: its calls are still there', async () => {
    const knex = await openDatabase();
    const settings = createVdnSettingsStore(knex);
    const few = { kind: 'some' as const, groupIds: ['S1'], userIds: [], channelIds: ['C1'] };
    const access = { ...OPEN_ACCESS, see: few };
    await settings.add('T1', { ...unsetSettings(SUPPORT), access });
    await createVdnStore(knex).seed('T1', [{ ...SUPPORT, number: 160 }]);
    await settings.remove('T1', 159, NOW);

    expect(await settings.accessOf('T1', [159, 160, 161])).toEqual(
      new Map([
        [159, access],
        [160, OPEN_ACCESS],
      ]),
    );
    expect(await settings.accessOf('T2', [159])).toEqual(new Map());
    await knex.destroy();
  });
}
