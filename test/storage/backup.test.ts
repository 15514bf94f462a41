import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { backUp } from '../../src/storage/backup.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';

/** A database of a desk that is open, in a folder of its own. */
const it = test.extend<{ folder: string; file: string; knex: Knex }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are needed from the pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'desk-backup-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  file: async ({ folder }, use) => use(join(folder, 'desk.db')),
  knex: async ({ file }, use) => {
    const knex = await openDatabase(`sqlite:${file}`);
    await migrate(knex);
    await use(knex);
    await knex.destroy();
  },
});

const write = (knex: Knex, name: string) => knex('settings').insert({ team_id: '', name, value: 'x' });

async function namesIn(file: string): Promise<string[]> {
  const knex = await openDatabase(`sqlite:${file}`);
  try {
    return await knex('settings').orderBy('name').pluck('name');
  } finally {
    await knex.destroy();
  }
}

describe('a backup of an SQLite file', () => {
  it('holds what was committed, while a desk has the file open and goes on writing', async ({
    knex,
    file,
    folder,
  }) => {
    await write(knex, 'before');
    const uncommitted = await knex.transaction();
    await write(uncommitted, 'not yet');
    const target = join(folder, 'copy.db');
    const bytes = await backUp(file, target);
    await uncommitted.commit();

    expect(bytes).toBe((await stat(target)).size);
    expect(await namesIn(target)).toEqual(['before']);
    expect(await namesIn(file)).toEqual(['before', 'not yet']);
  });

  it('is whole where the desk was killed and its last writes are in the file beside it', async ({
    knex,
    file,
    folder,
  }) => {
    await write(knex, 'in the wal');
    await backUp(file, join(folder, 'copy.db'));
    expect(await namesIn(join(folder, 'copy.db'))).toEqual(['in the wal']);
  });

  it('can be made of a file that no desk has open', async ({ knex, file, folder }) => {
    await write(knex, 'kept');
    await knex.destroy();
    await backUp(file, join(folder, 'copy.db'));
    expect(await namesIn(join(folder, 'copy.db'))).toEqual(['kept']);
  });

  it('can be read by its owner alone', async ({ knex, file, folder }) => {
    await write(knex, 'kept');
    await backUp(file, join(folder, 'copy.db'));
    expect((await stat(join(folder, 'copy.db'))).mode & 0o077).toBe(0);
  });
});

describe('no backup, and nothing left of it', () => {
  const partOf = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('copy'));

  it('where the name is taken', async ({ knex, file, folder }) => {
    await write(knex, 'kept');
    await writeFile(join(folder, 'copy.db'), 'of somebody else');
    await expect(backUp(file, join(folder, 'copy.db'))).rejects.toThrow('is there already');
    expect((await stat(join(folder, 'copy.db'))).size).toBe('of somebody else'.length);
  });

  it('where there is no such file, and none is made', async ({ folder }) => {
    await expect(backUp(join(folder, 'none.db'), join(folder, 'copy.db'))).rejects.toThrow('no file');
    expect(await readdir(folder)).toEqual([]);
  });

  it('where there is no such folder', async ({ knex, file, folder }) => {
    await write(knex, 'kept');
    await expect(backUp(file, join(folder, 'none', 'copy.db'))).rejects.toThrow('Make it first');
  });

  it('of a file that is no database', async ({ folder }) => {
    await writeFile(join(folder, 'text.db'), 'This is no database, however long it is.'.repeat(100));
    await expect(backUp(join(folder, 'text.db'), join(folder, 'copy.db'))).rejects.toThrow(
      'not an SQLite database, or a damaged one',
    );
    expect(await partOf(folder)).toEqual([]);
  });

  it('of a damaged one', async ({ knex, file, folder }) => {
    for (let n = 0; n < 500; n += 1) await write(knex, `row ${n} ${'x'.repeat(500)}`);
    await knex.destroy();
    await truncate(file, Math.floor((await stat(file)).size / 2));
    await expect(backUp(file, join(folder, 'copy.db'))).rejects.toThrow(/damaged/);
    expect(await partOf(folder)).toEqual([]);
  });

  it('of a damaged one whose pages still can be copied', async ({ knex, file, folder }) => {
    await knex.raw('create table damaged (a)');
    await knex.raw('insert into damaged values (null)');
    await knex.raw('pragma writable_schema = on');
    await knex.raw(
      "update sqlite_schema set sql = 'CREATE TABLE damaged (a not null)' where name = 'damaged'",
    );
    await knex.destroy();
    await expect(backUp(file, join(folder, 'copy.db'))).rejects.toThrow('NULL value in damaged.a');
    expect(await partOf(folder)).toEqual([]);
  });
});
