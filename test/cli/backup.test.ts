import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { killChildren, startChild } from './child.ts';

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  url = `sqlite:${join(folder, 'desk.db')}`;
});
afterEach(async () => {
  killChildren();
  await rm(folder, { recursive: true, force: true });
});

async function backedUp(databaseUrl: string, ...args: string[]) {
  const child = startChild(['backup', ...args], { DATABASE_URL: databaseUrl });
  return { code: await child.ended, out: child.out, err: child.err };
}

it('says where the backup is and how large', async () => {
  const knex = await openDatabase(url);
  await migrate(knex);
  const target = join(folder, 'copy.db');
  expect(await backedUp(url, target)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/desk\.db is backed up to .*copy\.db: \d+\.\d MB, checked\.\n/),
  });
  expect((await stat(target)).isFile()).toBe(true);
  expect(await backedUp(url, target)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already'),
  });
  await knex.destroy();
});

it.each([
  ['no file', [], 'Name one file'],
  ['two files', ['a.db', 'b.db'], 'Name one file'],
  ['a word that it does not know', ['--fast', 'a.db'], '--fast'],
])('is used as its help says, not with %s', async (_, args, words) => {
  expect(await backedUp(url, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
});

it('sends whoever has PostgreSQL to pg_dump', async () => {
  const { code, err } = await backedUp('postgres://desk:password-of-nobody@127.0.0.1:9/desk', 'copy.db');
  expect(code).toBe(2);
  expect(err).toContain('pg_dump');
  expect(err).not.toContain('password-of-nobody');
});
