import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/cli/log.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { type DatabaseWatch, watchDatabase } from '../../src/storage/database-watch.ts';
import { createSyncStore } from '../../src/storage/sync-store.ts';
import { inTransaction } from '../../src/storage/transactions.ts';
import { troubleOf } from '../../src/storage/trouble.ts';
import { damage } from './damage.ts';

describe('a fault of the database while the desk runs', () => {
  let folder: string;
  let file: string;
  let knex: Knex;
  let watch: DatabaseWatch;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'desk-trouble-'));
    file = join(folder, 'desk.db');
    knex = await openDatabase(`sqlite:${file}`);
    await migrate(knex);
    lines = [];
    watch = watchDatabase(knex, createLog('info', { write: (line) => void lines.push(line) }));
    watch.looking.start();
  });
  afterEach(async () => {
    await watch.looking.stop();
    await knex.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (value = 'x'.repeat(100_000)) =>
    inTransaction(knex, (trx) =>
      trx('settings')
        .insert({ team_id: 'T1', name: 'n', value })
        .onConflict(['team_id', 'name'])
        .merge(['value']),
    );
  const kept = () => knex('settings').where({ team_id: 'T1' }).pluck('value');
  const wellAgain = () => expect.poll(() => watch.trouble(), { interval: 20, timeout: 10_000 }).toBeNull();
  const saidOf = (trouble: string) => lines.filter((line) => line.includes(`"trouble":"${trouble}"`));

  it('a full disk: what is there is kept, and it goes on when there is room', async () => {
    await write('before');
    const pages = Number((await knex.raw('pragma page_count'))[0].page_count);
    await knex.raw(`pragma max_page_count = ${pages}`);

    await expect(write()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(watch.trouble()).toBe('full');
    expect(await watch.look()).toBe('full');
    expect(await kept()).toEqual(['before']);
    await expect(write()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(saidOf('full')).toHaveLength(1);
    expect(saidOf('full').join()).toContain('Make room there');

    await knex.raw(`pragma max_page_count = ${pages + 1000}`);
    await wellAgain();
    expect(saidOf('full').join()).toContain('the desk goes on');
    await write('after');
    expect(await kept()).toEqual(['after']);
    expect(await watch.look()).toBeNull();
    expect(await knex.schema.hasTable('can_be_written')).toBe(false);
  });

  it('a file that may only be read: the same', async () => {
    await write('before');
    await knex.raw('pragma query_only = on');
    await expect(write('after')).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    expect(watch.trouble()).toBe('read-only');
    expect(await kept()).toEqual(['before']);
    await knex.raw('pragma query_only = off');
    await wellAgain();
    await write('after');
  });

  it('a file that somebody else keeps locked: the same, and it can be read meanwhile', async () => {
    const other = await openDatabase(`sqlite:${file}`);
    await write('before');
    await knex.raw('pragma busy_timeout = 10');
    await other.raw('begin exclusive');
    await expect(write('after')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    expect(watch.trouble()).toBe('busy');
    expect(await kept()).toEqual(['before']);
    await other.raw('rollback');
    await other.destroy();
    await wellAgain();
    await write('after');
  });

  it('a damaged file: what can be read is read, and nothing is written to it any more', async () => {
    await write('before');
    const state = createSyncStore(knex);
    const known = { knownFromAt: 1, lastEndAt: 2, lookedBackAt: 3 };
    await state.save('T1', 159, undefined, known);
    await damage(file, 'vdn_syncs', knex);

    await expect(state.find('T1', 159)).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
    expect(watch.trouble()).toBe('damaged');
    expect(saidOf('damaged').join()).toContain('restore a backup');
    await expect(write('after')).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    expect(await kept()).toEqual(['before']);
    expect(watch.trouble()).toBe('damaged');
  });

  it('is none where a statement is wrong', async () => {
    await expect(knex.raw('select nothing from nowhere')).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    expect(watch.trouble()).toBeNull();
    expect(lines).toEqual([]);
  });
});

describe('what a driver’s error says of the database', () => {
  it.each([
    ['53100', 'full'],
    ['25006', 'read-only'],
    ['57P01', 'unreachable'],
    ['08006', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['XX001', 'failing'],
    ['SQLITE_IOERR', 'failing'],
    ['SQLITE_NOTADB', 'damaged'],
    ['23505', undefined],
    ['55P03', undefined],
  ])('%s: %s', (code, trouble) => {
    const error = Object.assign(new Error('x'), { code });
    expect(troubleOf(error)).toBe(trouble);
    expect(troubleOf(new Error('around it', { cause: error }))).toBe(trouble);
  });
});
