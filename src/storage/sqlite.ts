import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { codeOf, DatabaseError } from './database-error.ts';
import { readApart } from './sqlite-readers.ts';

const PREFIX = 'sqlite:';
/** A database that is nobody else's and is gone with the process. */
const MEMORY = ':memory:';

/** Whoever else writes has so long: forms are answered within Slack's three seconds, whoever keeps the file locked. */
export const BUSY_MS = 2_000;

/** Those who only read need not wait for whoever writes; more of them than cores would win nothing. */
const READERS = 2;
const WRITER = `pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = ${BUSY_MS};`;
const READER = `pragma query_only = on; pragma busy_timeout = ${BUSY_MS};`;

export const isSqliteUrl = (url: string): boolean => url.startsWith(PREFIX) && url.length > PREFIX.length;

/** The file that `sqlite:PATH` names; null for `sqlite::memory:`. */
export function sqliteFile(url: string): string | null {
  const path = url.slice(PREFIX.length);
  return path === MEMORY ? null : path;
}

/** Opens the file, which is made where there is none. Throws DatabaseError. */
export async function openSqlite(url: string): Promise<Knex> {
  const file = sqliteFile(url);
  let knex: Knex | undefined;
  try {
    if (file !== null) mkdirSync(dirname(file), { recursive: true });
    // One connection: SQLite has one writer. Whoever holds a transaction must use it for every query until it ends.
    knex = connect(file ?? MEMORY, { min: 1, max: 1, afterCreate: prepared(WRITER) });
    // A file that can only be read opens too; what tells is to write something, and not to keep it.
    await knex.raw('begin immediate');
    await knex.raw('create table can_be_written (yes)');
    await knex.raw('rollback');
    // Memory is one connection's alone.
    if (file !== null)
      readApart(knex, connect(file, { min: 0, max: READERS, afterCreate: prepared(READER) }));
    return knex;
  } catch (cause) {
    await knex?.destroy();
    throw new DatabaseError('cannot-open', cannotOpen(file ?? MEMORY, cause), cause);
  }
}

const connect = (filename: string, pool: Knex.PoolConfig): Knex =>
  createKnex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    // Values of a failed statement may be callers' numbers: they stay out of error messages.
    compileSqlOnError: false,
    // What knex would print is what it throws, too: it reaches the desk's own log, not standard output.
    log: { debug() {}, warn() {}, error() {}, deprecate() {} },
    pool: { idleTimeoutMillis: 2 ** 31 - 1, ...pool },
  });

interface Connection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

const prepared =
  (pragmas: string) => (connection: Connection, done: (error: Error | null, connection: unknown) => void) => {
    connection.exec(pragmas, (error) => done(error, connection));
  };

/** One sentence: what is wrong with the file, and what to do. */
function cannotOpen(file: string, cause: unknown): string {
  const code = codeOf(cause);
  switch (code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${file} is not an SQLite database, or a damaged one (${code}). Restore a backup, or let DATABASE_URL name another file.`;
    case 'SQLITE_READONLY':
      return `The database file ${file} can only be read. Let the desk's user write to it and to its folder.`;
    case 'SQLITE_BUSY':
      return `Another process is writing to the database file ${file}. Stop the other desk first.`;
    default: {
      const why = cause instanceof Error ? cause.message : String(cause);
      return `The database file ${file} cannot be opened (${why}). Check that DATABASE_URL names a file in a writable place.`;
    }
  }
}
