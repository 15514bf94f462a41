import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { parseTokenKeys } from '../../src/config/token-keys.ts';
import type { Installation } from '../../src/slack/install/installation.ts';
import {
  createInstallationStore,
  createWelcome,
  OF_A_WORKSPACE,
} from '../../src/storage/installations-store.ts';
import { createStores } from '../../src/storage/stores.ts';
import { createSeal, SealError } from '../../src/storage/token-seal.ts';
import { NEW_KEY, OLD_KEY } from './token-keys.ts';

const DAY = 24 * 60 * 60_000;
const NOON = Date.UTC(2026, 0, 5, 12);

const installation = (teamId: string, botToken = `xoxb-${teamId}`): Installation => ({
  teamId,
  teamName: `The ${teamId}`,
  botUserId: `U${teamId}`,
  botId: null,
  botToken,
  scopes: ['commands', 'chat:write'],
  installedBy: 'U1',
  installedAt: NOON,
});

/** What the store of installations promises on every database. `openDatabase`: a new one, migrated. */
export function installationsContract(openDatabase: () => Promise<Knex>): void {
  const open = async (...keys: string[]) => {
    const knex = await openDatabase();
    const storeWith = (...texts: string[]) =>
      createInstallationStore(knex, createSeal(parseTokenKeys(texts.join(',')).keys));
    return { knex, storeWith, store: storeWith(...(keys.length > 0 ? keys : [NEW_KEY])) };
  };
  const kept = async (store: ReturnType<typeof createInstallationStore>, teamId: string) => {
    const found = await store.find(teamId);
    if (!found) throw new Error(`${teamId} has not installed it`);
    return found;
  };

  it('keeps installations, each with its own token, and no token as it is', async () => {
    const { knex, store } = await open();
    await store.save(installation('T1'));
    await store.save(installation('T2'));
    expect(await store.find('T1')).toEqual({ ...installation('T1'), mark: expect.any(String) });
    expect((await store.find('T2'))?.botToken).toBe('xoxb-T2');
    expect(await store.find('T3')).toBeUndefined();
    expect((await store.all()).map(({ teamId }) => teamId)).toEqual(['T1', 'T2']);
    expect(JSON.stringify(await knex('installations'))).not.toContain('xoxb-');
    await knex.destroy();
  });

  it('gives no workspace the token of another one, whatever is copied within the database', async () => {
    const { knex, store } = await open();
    await store.save(installation('T1'));
    await store.save(installation('T2'));
    const { bot_token } = await knex('installations').where({ team_id: 'T1' }).first('bot_token');
    await knex('installations').where({ team_id: 'T2' }).update({ bot_token });
    await expect(store.find('T2')).rejects.toThrow(SealError);
    await knex.destroy();
  });

  it('has the latest installation take the place of the one before, and lets no late news of that one end it', async () => {
    const { knex, store } = await open();
    await store.save(installation('T1', 'xoxb-first'));
    const first = await kept(store, 'T1');
    await store.save(installation('T1', 'xoxb-second'));
    expect(await store.leave(first, NOON)).toBe(false);
    const second = await kept(store, 'T1');
    expect(second.botToken).toBe('xoxb-second');
    expect(await store.leave(second, NOON)).toBe(true);
    expect(await store.leave(second, NOON)).toBe(false);
    expect(await store.find('T1')).toBeUndefined();
    await knex.destroy();
  });

  it('does nothing for a workspace that has left, and goes on where it was when that comes back', async () => {
    const { knex, store } = await open();
    const stores = createStores(knex);
    let now = NOON;
    /** Every channel is free again. */
    const later = () => {
      now += DAY;
      return now;
    };
    for (const teamId of ['T1', 'T2']) {
      await store.save(installation(teamId));
      await stores.subscriptions.create({
        teamId,
        channelId: 'C1',
        vdn: 7,
        schedule: { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false },
        createdBy: 'U1',
        createdAt: NOON,
        startsAt: NOON,
        nextRunAt: NOON,
      });
      const draft = { id: randomUUID(), teamId, channelId: 'C1', kind: 'digest', data: {} };
      await stores.outbox.insertClaimed(draft, NOON, NOON);
    }
    const teams = async () => {
      await knex('outbox').update({ state: 'pending', next_try_at: 0 });
      const digests = await stores.subscriptions.dueVdns(NOON);
      const posts = await stores.outbox.claimDue(later(), later(), 10);
      return {
        digests: digests.map(({ teamId }) => teamId).sort(),
        posts: posts.map(({ teamId }) => teamId).sort(),
      };
    };
    const both = { digests: ['T1', 'T2'], posts: ['T1', 'T2'] };
    expect(await teams()).toEqual(both);
    await store.leave(await kept(store, 'T1'), NOON);
    expect(await teams()).toEqual({ digests: ['T2'], posts: ['T2'] });
    await store.save(installation('T1'));
    expect(await teams()).toEqual(both);
    await knex.destroy();
  });

  it('encrypts with the first key what was encrypted with a former one, and needs that no more', async () => {
    const { knex, storeWith } = await open();
    await storeWith(OLD_KEY).save(installation('T1'));
    await expect(storeWith(NEW_KEY).find('T1')).rejects.toThrow('TOKEN_KEY');
    expect(await storeWith(NEW_KEY).reseal()).toBe(0);
    expect(await storeWith(NEW_KEY, OLD_KEY).reseal()).toBe(1);
    expect(await storeWith(NEW_KEY, OLD_KEY).reseal()).toBe(0);
    expect((await storeWith(NEW_KEY).find('T1'))?.botToken).toBe('xoxb-T1');
    await knex.destroy();
  });

  it('removes all of a workspace a while after it has left, and nothing of another one', async () => {
    const { knex, store } = await open();
    const stores = createStores(knex);
    for (const teamId of ['T1', 'T2']) {
      await store.save(installation(teamId));
      await stores.vdns.seed(teamId, [{ number: 7, name: 'Support', timeZone: null, country: null }]);
      await stores.workspaces.change(teamId, { language: 'en', masking: null, version: 0 });
    }
    await store.leave(await kept(store, 'T1'), NOON);
    await store.erase('T1', NOON);
    expect(await stores.vdns.list('T1')).toHaveLength(1);
    expect(await store.leftBefore(NOON + 1)).toEqual(['T1']);
    await store.erase('T1', NOON + 1);
    await store.erase('T2', NOON + 1);
    expect(await stores.vdns.list('T1')).toEqual([]);
    expect(await stores.vdns.list('T2')).toHaveLength(1);
    const tables = await tablesOfTeams(knex);
    expect([...OF_A_WORKSPACE, 'departures'].sort()).toEqual(tables.sort());
    for (const table of tables) expect(await knex(table).where({ team_id: 'T1' }), table).toEqual([]);
    expect(await store.leftBefore(Number.MAX_SAFE_INTEGER)).toEqual([]);
    await knex.destroy();
  });

  it('takes workspaces that are known and have not installed it for such as have left, until they do', async () => {
    const { knex, store } = await open();
    const stores = createStores(knex);
    for (const teamId of ['T1', 'T2'])
      await stores.vdns.seed(teamId, [{ number: 7, name: null, timeZone: null, country: null }]);
    await store.save(installation('T2'));
    const all = new Set(['T1', 'T2']);
    expect(await store.settle(all, NOON)).toEqual(['T1']);
    expect(await store.settle(all, NOON + DAY)).toEqual([]);
    expect(await store.leftBefore(NOON + 1)).toEqual(['T1']);
    await createWelcome(knex)('T1');
    expect(await store.leftBefore(NOON + 1)).toEqual([]);
    // Whoever runs the desk takes one out, and lets it in again.
    await store.save(installation('T1'));
    expect(await store.settle(new Set(['T1']), NOON)).toEqual(['T2']);
    expect(await store.settle(all, NOON)).toEqual([]);
    expect(await store.leftBefore(NOON + 1)).toEqual([]);
    await knex.destroy();
  });
}

/** Every table that says of its rows which workspace they belong to. */
async function tablesOfTeams(knex: Knex): Promise<string[]> {
  const isPostgres = knex.client.dialect === 'postgresql';
  const found: string[] = isPostgres
    ? await knex('information_schema.columns')
        .where({ column_name: 'team_id', table_schema: 'public' })
        .pluck('table_name')
    : await knex
        .raw(
          "select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'team_id' where m.type = 'table'",
        )
        .then((all: { name: string }[]) => all.map(({ name }) => name));
  if (found.length < 16) throw new Error('Tables are missing');
  return found;
}
