import type { Knex } from 'knex';
import { codeOf, DatabaseError } from './database-error.ts';
import { isPostgres } from './dialect.ts';
import { migrations } from './migrations/index.ts';
import { isPostgresUrl, openPostgres } from './postgres.ts';
import { isSqliteUrl, openSqlite } from './sqlite.ts';

/** How long a desk waits for another one that is bringing the same database up to date. */
const WAIT_MS = 120_000;

/**
 * Opens the database that `DATABASE_URL` names: `sqlite:PATH` (relative to the working directory), `sqlite::memory:`, or
 * `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Throws DatabaseError. Does not migrate.
 */
export async function openDatabase(url: string): Promise<Knex> {
  if (isSqliteUrl(url)) return await openSqlite(url);
  if (isPostgresUrl(url)) return await openPostgres(url);
  throw new DatabaseError(
    'bad-url',
    `DATABASE_URL must look like sqlite:data/desk.db or postgres://user:password@host:5432/desk, not ${scheme(url)}`,
  );
}

/**
 * Brings the schema up to date. Throws DatabaseError when a newer desk has written this database, when another one holds
 * it for the same, or when the user may not. Returns the names of what ran.
 */
export async function migrate(knex: Knex): Promise<string[]> {
  await refuseNewer(knex);
  try {
    return isPostgres(knex) ? await knex.transaction(whenNobodyElse) : await latest(knex);
  } catch (cause) {
    throw asDatabaseError(cause);
  }
}

/**
 * On PostgreSQL changes of the schema are undone with their transaction, knex's own lock among them: a desk that is killed
 * in the middle leaves nothing behind, and whoever waited for it goes on.
 */
async function whenNobodyElse(trx: Knex.Transaction): Promise<string[]> {
  await trx.raw(`set local lock_timeout = ${WAIT_MS}`);
  await trx.raw('set local statement_timeout = 0');
  await trx.raw("select pg_advisory_xact_lock(hashtextextended('missed-call-desk migrates', 0))");
  await refuseNewer(trx);
  return await latest(trx);
}

async function latest(knex: Knex): Promise<string[]> {
  const [, ran] = (await knex.migrate.latest({ migrationSource })) as [number, string[]];
  return ran;
}

/** Names of the migrations that this database has had, and of those that this desk would still run. */
export async function migrationsOf(knex: Knex): Promise<{ applied: string[]; missing: string[] }> {
  const applied = (await knex.schema.hasTable('knex_migrations'))
    ? await knex('knex_migrations').orderBy('id').pluck<string[]>('name')
    : [];
  const missing = migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
  return { applied, missing };
}

async function refuseNewer(knex: Knex): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = (await migrationsOf(knex)).applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer-version',
      `This database was written by a newer version of the desk (it has ${unknown.join(', ')}). Start that version, or restore a backup made before it.`,
    );
  }
}

function asDatabaseError(cause: unknown): unknown {
  if (cause instanceof Error && cause.name === 'MigrationLocked')
    return new DatabaseError(
      'locked',
      'Another desk is bringing this database up to date, or one was stopped while it did. Stop every other desk; if none is running, run this in the database: update knex_migrations_lock set is_locked = 0',
      cause,
    );
  switch (codeOf(cause)) {
    case '55P03':
      return new DatabaseError(
        'locked',
        `Another desk has been bringing this database up to date for ${WAIT_MS / 1000} s. Wait until it is done, then start this one again.`,
        cause,
      );
    case '42501':
      return new DatabaseError(
        'no-right',
        'The user that DATABASE_URL names may not create tables in this database. Make it the owner of the database, or run: grant create, usage on schema public to that user.',
        cause,
      );
    default:
      return cause;
  }
}

const migrationSource: Knex.MigrationSource<(typeof migrations)[number]> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({ up: migration.up, down: async () => {} }),
};

/** What may be said of an address that could hold a password. */
const scheme = (url: string) => `${url.split(':', 1)[0]}:…`;
