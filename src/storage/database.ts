import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { migrations } from './migrations/index.ts';

/** The database cannot be used as it is; the message says what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: 'newer-version' | 'bad-url' | 'cannot-open' | 'locked';

  constructor(code: DatabaseError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Opens the database that `DATABASE_URL` names: `sqlite:PATH` (relative to the working directory) or `sqlite::memory:`.
 * Throws DatabaseError. Does not migrate.
 */
export async function openDatabase(url: string): Promise<Knex> {
  const filename = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '';
  if (filename === '') {
    throw new DatabaseError('bad-url', `DATABASE_URL must look like sqlite:data/desk.db, not ${scheme(url)}`);
  }
  let knex: Knex | undefined;
  try {
    if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
    knex = createKnex({
      client: 'sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      // Values of a failed statement may be callers' numbers: they stay out of error messages.
      compileSqlOnError: false,
      // What knex would print is what it throws, too: it reaches the desk's own log, not standard output.
      log: { debug() {}, warn() {}, error() {}, deprecate() {} },
      // One connection: SQLite has one writer. Whoever holds a transaction must use it for every query until it ends.
      pool: { min: 1, max: 1, idleTimeoutMillis: 2 ** 31 - 1, afterCreate: prepare },
    });
    // A file that can only be read opens too; what tells is to write something, and not to keep it.
    await knex.raw('begin immediate');
    await knex.raw('create table can_be_written (yes)');
    await knex.raw('rollback');
    return knex;
  } catch (cause) {
    await knex?.destroy();
    throw new DatabaseError('cannot-open', cannotOpen(filename, cause), cause);
  }
}

/**
 * Brings the schema up to date. Throws DatabaseError when a newer desk has written this database, or another one holds
 * it for the same. Returns the names of what ran.
 */
export async function migrate(knex: Knex): Promise<string[]> {
  if (await knex.schema.hasTable('knex_migrations')) {
    const known = new Set(migrations.map((migration) => migration.name));
    const applied = await knex('knex_migrations').pluck<string[]>('name');
    const unknown = applied.filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new DatabaseError(
        'newer-version',
        `This database was written by a newer version of the desk (it has ${unknown.join(', ')}). Start that version, or restore a backup made before it.`,
      );
    }
  }
  try {
    const [, ran] = (await knex.migrate.latest({ migrationSource })) as [number, string[]];
    return ran;
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'MigrationLocked')) throw cause;
    throw new DatabaseError(
      'locked',
      'Another desk is bringing this database up to date, or one was stopped while it did. Stop every other desk; if none is running, run this in the database: update knex_migrations_lock set is_locked = 0',
      cause,
    );
  }
}

const migrationSource: Knex.MigrationSource<(typeof migrations)[number]> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({ up: migration.up, down: async () => {} }),
};

function prepare(
  connection: { exec(sql: string, done: (error: Error | null) => void): void },
  done: (error: Error | null, connection: unknown) => void,
) {
  connection.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 5000;',
    (error) => done(error, connection),
  );
}

/** One sentence: what is wrong with the file, and what to do. */
function cannotOpen(filename: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${filename} is not an SQLite database, or a damaged one (${code}). Restore a backup, or let DATABASE_URL name another file.`;
    case 'SQLITE_READONLY':
      return `The database file ${filename} can only be read. Let the desk's user write to it and to its folder.`;
    case 'SQLITE_BUSY':
      return `Another process is writing to the database file ${filename}. Stop the other desk first.`;
    default: {
      const why = cause instanceof Error ? cause.message : String(cause);
      return `The database file ${filename} cannot be opened (${why}). Check that DATABASE_URL names a file in a writable place.`;
    }
  }
}

const scheme = (url: string) => `${url.split(':', 1)[0]}:…`;
