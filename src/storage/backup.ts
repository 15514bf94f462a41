import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { codeOf, DatabaseError } from './database-error.ts';

/** Rights of the copy: it holds callers' numbers, whatever the rights of its folder. */
const OWNER_ONLY = 0o600;

/**
 * Copies an SQLite file to a new one, as it is at this moment, also while a desk writes to it; checks the copy, and gives
 * it its name only then. Throws DatabaseError, and leaves nothing behind. Returns the copy's size in bytes.
 */
export async function backUp(file: string, target: string): Promise<number> {
  if (!existsSync(file)) throw new DatabaseError('cannot-open', `There is no file ${file} to back up.`);
  if (existsSync(target))
    throw new DatabaseError('cannot-back-up', `${target} is there already. Name a file that is not.`);
  const part = `${target}.part`;
  try {
    makeEmpty(part);
    await withFile(file, async (knex) => {
      await knex.raw('vacuum into ?', [part]);
    });
    await withFile(part, check);
    keep(part, target);
    return statSync(target).size;
  } catch (cause) {
    rmSync(part, { force: true });
    throw cause instanceof DatabaseError
      ? cause
      : new DatabaseError('cannot-back-up', cannotBackUp(file, target, cause), cause);
  }
}

function makeEmpty(part: string): void {
  rmSync(part, { force: true });
  closeSync(openSync(part, 'wx', OWNER_ONLY));
}

/** The name appears with the whole file behind it, also when the machine dies at this moment. */
function keep(part: string, target: string): void {
  sync(part);
  renameSync(part, target);
  sync(dirname(target));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function check(knex: Knex): Promise<void> {
  const [found] = await knex.raw<{ integrity_check: string }[]>('pragma integrity_check(1)');
  if (found?.integrity_check === 'ok') return;
  throw new DatabaseError(
    'cannot-back-up',
    `The database file is damaged: ${found?.integrity_check ?? 'no answer'}. Nothing was kept of the copy. Restore an older backup (docs/operating.md).`,
  );
}

async function withFile(filename: string, work: (knex: Knex) => Promise<void>): Promise<void> {
  const knex = createKnex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    compileSqlOnError: false,
    log: { debug() {}, warn() {}, error() {}, deprecate() {} },
    pool: { min: 1, max: 1 },
  });
  try {
    await knex.raw('pragma busy_timeout = 5000');
    await work(knex);
  } finally {
    await knex.destroy();
  }
}

function cannotBackUp(file: string, target: string, cause: unknown): string {
  switch (codeOf(cause)) {
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return `There is not enough space for ${target}. Nothing was kept of the copy.`;
    case 'ENOENT':
      return `There is no folder ${dirname(target)}. Make it first, for the desk's user alone.`;
    case 'EACCES':
    case 'EROFS':
      return `${target} cannot be written. Name a file in a folder that this user may write to.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${file} is not an SQLite database, or a damaged one. Nothing was kept of the copy. Restore an older backup (docs/operating.md).`;
    default:
      return `${file} could not be copied to ${target} (${codeOf(cause) || 'unknown'}). Nothing was kept of the copy.`;
  }
}
