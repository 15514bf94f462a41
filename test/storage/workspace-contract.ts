import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { createWorkspaceStore } from '../../src/storage/workspace-store.ts';
import { UNSET_WORKSPACE } from '../../src/vdns/workspace.ts';

/** What the store of a workspace's settings promises on every database. `openDatabase`: a new one, migrated. */
export function workspaceContract(openDatabase: () => Promise<Knex>): void {
  it('keeps what is set, for each workspace, and refuses whoever has not seen the latest', async () => {
    const knex = await openDatabase();
    const store = createWorkspaceStore(knex);
    expect(await store.find('T1')).toEqual(UNSET_WORKSPACE);

    const chinese = { language: 'zh-CN' as const, masking: null };
    expect(await store.change('T1', { ...chinese, version: 0 })).toEqual({ ...chinese, version: 1 });
    expect(await store.change('T1', { ...UNSET_WORKSPACE, masking: 'never' })).toBeUndefined();

    const masked = { language: null, masking: 'channels' as const };
    expect(await store.change('T1', { ...masked, version: 1 })).toEqual({ ...masked, version: 2 });
    expect(await store.change('T1', { ...chinese, version: 1 })).toBeUndefined();

    expect(await store.find('T1')).toEqual({ ...masked, version: 2 });
    expect(await store.find('T2')).toEqual(UNSET_WORKSPACE);
    expect(await store.all()).toEqual([{ teamId: 'T1', settings: { ...masked, version: 2 } }]);
    await knex.destroy();
  });

  it('lets one of two win who set something at once', async () => {
    const knex = await openDatabase();
    const store = createWorkspaceStore(knex);
    for (const version of [0, 1]) {
      const wishes = (['never', 'channels', 'always'] as const).map((masking) =>
        store.change('T1', { language: null, masking, version }),
      );
      const won = (await Promise.all(wishes)).filter((changed) => changed !== undefined);
      expect(won).toEqual([await store.find('T1')]);
    }
    await knex.destroy();
  });
}
