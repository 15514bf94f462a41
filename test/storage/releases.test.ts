import { readdirSync, readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrationsOf, openDatabase } from '../../src/storage/database.ts';
import { damageIn } from '../../src/storage/integrity.ts';
import { createStores } from '../../src/storage/stores.ts';
import { DAY, NOON } from '../callbacks/made-up-calls.ts';
import { callbackDesk, TEAM, VDN } from './callback-desk.ts';
import { load } from './releases/dump.ts';
import { read } from './releases/used.ts';

const folder = new URL('../fixtures/databases/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');
/** As they were kept when each version was released (CONTRIBUTING.md). */
const releases = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length));

it('the first release is among those that are tested', () => {
  expect(releases).toContain('0.1.0');
});

describe.each(releases)('a database that version %s has written', (version) => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await openDatabase('sqlite::memory:');
    await load(knex, textOf(`${version}.sql`));
  });
  afterEach(() => knex.destroy());

  it('has something in every table', async () => {
    const tables = await knex('sqlite_master')
      .where('type', 'table')
      .whereNot('name', 'like', 'sqlite_%')
      .pluck<string[]>('name');
    const empty: string[] = [];
    for (const table of tables) if (!(await knex(table).first())) empty.push(table);
    expect(empty).toEqual([]);
    expect(tables.length).toBeGreaterThan(15);
  });

  it('is brought up to date, and every store reads all that was in it', async () => {
    await migrate(knex);
    expect((await migrationsOf(knex)).missing).toEqual([]);
    expect(await damageIn(knex)).toEqual([]);
    expect(await knex.raw('pragma foreign_key_check')).toEqual([]);
    const known: object = JSON.parse(textOf(`${version}.json`));
    // What later versions know besides is no loss.
    expect(JSON.parse(JSON.stringify(await read(knex)))).toMatchObject(known);
  });

  it('is gone on with: calls arrive, callbacks change, messages go out, digests go on', async () => {
    await migrate(knex);
    const desk = callbackDesk(knex);
    const { outbox, subscriptions } = createStores(knex);
    const seq = await desk.calls.maxSeq(TEAM, VDN);
    const before = await desk.callbackIds();
    await desk.arrive({ callId: 'after the upgrade', callerKey: 'tel:+442079460102' });
    await desk.attach();
    expect(await desk.calls.maxSeq(TEAM, VDN)).toBeGreaterThan(seq);
    // It joined the callback that its caller had.
    const id = (await desk.callbackIds()).at(-1) ?? 0;
    expect(before).toContain(id);
    expect(await desk.act('U0TOM', 'release', id)).toMatchObject({ outcome: 'changed' });
    expect(await desk.act('U0LI', 'claim', id)).toMatchObject({ outcome: 'changed' });
    expect(await desk.act('U0LI', 'undo', id)).toMatchObject({ outcome: 'changed' });

    const sent = await outbox.claimDue(NOON + DAY, NOON + 2 * DAY, 10);
    expect(sent.map(({ channelId }) => channelId)).toEqual(expect.arrayContaining(['C1', 'C7', 'U0TOM']));
    expect(await outbox.claimDoubts(NOON + DAY, NOON + 2 * DAY, DAY)).toMatchObject([{ channelId: 'C8' }]);
    expect(await outbox.claimNextEdit(NOON + DAY, NOON + 2 * DAY)).toMatchObject({ ts: '1764000000.000100' });

    const [due] = await subscriptions.due(TEAM, VDN, NOON + DAY);
    expect(due).toMatchObject({ state: 'active' });
    if (due)
      expect(
        await subscriptions.move({ read: due, change: { cursor: seq }, drafts: [] }, NOON),
      ).toBeDefined();
  });
});
