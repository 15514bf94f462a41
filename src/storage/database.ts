import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { migrations } from './migrations/index.ts';

/** The database cannot be used as it is; the message says what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: 'newer-version' | 'bad-url' | 'cannot-open';

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
  if (!url.startsWith('sqlite:')) {
    throw new DatabaseError('bad-url', `DATABASE_URL must look like sqlite:data/desk.db, not ${scheme(url)}`);
  }
  const filename = url.slice('sqlite:'.length);
  try {
    if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
    const knex = createKnex({
      client: 'sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      // Values of a failed statement may be callers' numbers: they stay out of error messages.
      compileSqlOnError: false,
      // One connection: SQLite has one writer. Whoever holds a transaction must use it for every query until it ends.
      pool: { min: 1, max: 1, idleTimeoutMillis: 2 ** 31 - 1, afterCreate: prepare },
    });
    await knex.raw('select 1');
    return knex;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseError(
      'cannot-open',
      `The database file ${filename} cannot be opened (${why}). Check that DATABASE_URL names a writable place.`,
      cause,
    );
  }
}

/** Brings the schema up to date. Throws DatabaseError when a newer desk has written this database. Returns the names of what ran. */
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
  const [, ran] = (await knex.migrate.latest({ migrationSource })) as [number, string[]];
  return ran;
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

const scheme = (url: string) => `${url.split(':', 1)[0]}:…`;
