import { existsSync } from 'node:fs';
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { migrationsOf } from './database.ts';
import { codeOf, DatabaseError } from './database-error.ts';
import { isPostgres, rowsOf } from './dialect.ts';
import { holdDatabase } from './hold.ts';
import { migrations } from './migrations/index.ts';
import { placeOf } from './postgres.ts';
import { isSqliteUrl, sqliteFile } from './sqlite.ts';

// For whoever has to find out what is wrong with a database: looks at it, and leaves it as it is.

/** The file that a start would make; null where there is one already, and where none is needed. */
export function fileToMake(url: string): string | null {
  const file = url.startsWith('sqlite:') ? sqliteFile(url) : null;
  return file === null || existsSync(file) ? null : file;
}

/** A file that is not there yet: whether it could be made. */
export async function lookAtNewFile(file: string) {
  const folder = existingFolder(file);
  // What tells is to make something, and not to keep it.
  const writable = await mkdtemp(join(folder, '.can-be-written-')).then(
    (made) => rmdir(made).then(() => true),
    () => false,
  );
  return {
    engine: 'SQLite',
    place: file,
    state: 'new' as const,
    lacks: [],
    unknown: [],
    empty: true,
    writeProblem: writable
      ? null
      : {
          code: 'read-only',
          message: `Let the desk's user write to ${folder}, or let DATABASE_URL name another place.`,
        },
    freeBytes: await freeBytesAt(folder),
  };
}

/** An open database. Nobody else is kept from it for longer than a moment. */
export async function lookAtDatabase(url: string, knex: Knex) {
  const file = isPostgres(knex) ? null : sqliteFile(url);
  const { applied, missing } = await migrationsOf(knex);
  const known = new Set(migrations.map(({ name }) => name));
  return {
    engine: await engineOf(knex),
    place: isPostgres(knex) ? placeOf(url) : (file ?? 'in memory'),
    state: file === null ? null : await heldBySomebody(url),
    lacks: missing,
    unknown: applied.filter((name) => !known.has(name)),
    empty: applied.length === 0,
    writeProblem: await writeProblem(knex),
    freeBytes: file === null ? null : await freeBytesAt(dirname(resolve(file))),
  };
}

async function engineOf(knex: Knex): Promise<string> {
  if (isPostgres(knex)) {
    const [row] = await rowsOf<{ version: string }>(
      knex,
      "select current_setting('server_version') as version",
    );
    return `PostgreSQL ${row?.version.split(' ', 1)[0]}`;
  }
  const [row] = await rowsOf<{ version: string }>(knex, 'select sqlite_version() as version');
  return `SQLite ${row?.version}`;
}

/** A desk holds its file for as long as it runs. */
async function heldBySomebody(url: string): Promise<'in-use' | 'free'> {
  try {
    await (await holdDatabase(url)).release();
    return 'free';
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 'in-use') return 'in-use';
    throw error;
  }
}

/** Makes a table, as a start that brings the schema up to date does, and takes it back. */
async function writeProblem(knex: Knex): Promise<{ code: string; message: string } | null> {
  try {
    await knex.transaction(async (trx) => {
      await trx.raw('create table can_be_written (yes integer)');
      throw new TakenBack();
    });
    return null;
  } catch (error) {
    return error instanceof TakenBack ? null : refusalOf(codeOf(error));
  }
}

class TakenBack extends Error {}

function refusalOf(code: string): { code: string; message: string } {
  switch (code) {
    case '42501':
      return {
        code: 'no-right',
        message:
          'The user that DATABASE_URL names may not create tables. Make it the owner of the database, or run: grant create, usage on schema public to that user.',
      };
    case '25006':
      return {
        code: 'read-only',
        message:
          'The database only lets itself be read. Name the primary server, and set default_transaction_read_only off for this user and database.',
      };
    case '53100':
    case 'SQLITE_FULL':
      return { code: 'full', message: `The disk that it is on is full (${code}). Make room there.` };
    case 'SQLITE_READONLY':
      return { code: 'read-only', message: "Let the desk's user write to the file and to its folder." };
    case 'SQLITE_BUSY':
      return { code: 'busy', message: 'Another process is writing to it. Wait for that to end, or stop it.' };
    default:
      return {
        code: 'not-writable',
        message: `A write failed (${code || 'no code'}). Check the disk, and what the log of the database says.`,
      };
  }
}

/** Why an open database cannot be read, in the words for people. */
export function readProblem(error: unknown): { code: string; message: string } {
  if (error instanceof DatabaseError) return error;
  const code = codeOf(error);
  if (code === '') throw error;
  const remedies: Readonly<Record<string, string>> = {
    '42501': 'Make the user that DATABASE_URL names the owner of the database and of its tables.',
    SQLITE_CORRUPT: 'The file is damaged: restore a backup, or let DATABASE_URL name another one.',
    SQLITE_BUSY: 'Another process is writing to it. Wait for that to end, or stop it.',
  };
  const remedy = remedies[code] ?? 'Check the server or the disk, and what its log says.';
  return { code: 'not-readable', message: `Reading it failed (${code}). ${remedy}` };
}

function existingFolder(file: string): string {
  let folder = dirname(resolve(file));
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Where the file of the database is; null: it has none, or it is its server's matter. */
export async function freeBytesFor(url: string): Promise<number | null> {
  const file = isSqliteUrl(url) ? sqliteFile(url) : null;
  return file === null ? null : await freeBytesAt(dirname(resolve(file)));
}

export async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
