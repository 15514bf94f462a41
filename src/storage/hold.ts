import { realpath } from 'node:fs/promises';
import createKnex from 'knex';
import { codeOf, DatabaseError } from './database-error.ts';
import { isSqliteUrl, sqliteFile } from './sqlite.ts';

/** While it is held, no other desk may use the database. */
export interface Hold {
  release(): Promise<void>;
}

/**
 * Takes an SQLite file for this process alone; the file is there. Two desks on one would tell everything twice. The lock
 * is the operating system's, on a small file beside it, so that it ends with the process, however that ends. A PostgreSQL
 * is for any number of desks, and nothing is held. Throws DatabaseError `in-use`.
 */
export async function holdDatabase(url: string): Promise<Hold> {
  const file = isSqliteUrl(url) ? sqliteFile(url) : null;
  if (file === null) return { release: async () => {} };
  const lock = createKnex({
    client: 'sqlite3',
    // The file's own name: it may be reached by a link, too.
    connection: { filename: `${await realpath(file)}-lock` },
    useNullAsDefault: true,
    log: { debug() {}, warn() {}, error() {}, deprecate() {} },
    // The one connection holds the lock until it is closed.
    pool: { min: 1, max: 1, idleTimeoutMillis: 2 ** 31 - 1 },
  });
  try {
    await lock.raw('pragma busy_timeout = 0');
    await lock.raw('begin exclusive');
  } catch (cause) {
    await lock.destroy();
    if (codeOf(cause) !== 'SQLITE_BUSY') throw cause;
    throw new DatabaseError(
      'in-use',
      `The database file ${file} is in use by another desk. Stop it first; several desks on one database need PostgreSQL (docs/operating.md).`,
      cause,
    );
  }
  return { release: () => lock.destroy() };
}
