import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { copyDatabase } from '../storage/copy.ts';
import { migrate, migrationsOf, openDatabase } from '../storage/database.ts';
import { DatabaseError } from '../storage/database-error.ts';
import { holdDatabase } from '../storage/hold.ts';
import { isPostgresUrl } from '../storage/postgres.ts';
import { isSqliteUrl, sqliteFile } from '../storage/sqlite.ts';
import { CommandError } from './run.ts';

const EXIT_USAGE = 2;

/** Brings the database up to date, copies another one into it if that is asked for, and says what was done. */
export async function migrateCommand(databaseUrl: string, args: readonly string[]): Promise<number> {
  const from = readFrom(args);
  if (from !== undefined && !isPostgresUrl(databaseUrl))
    throw usage(
      '--from copies into PostgreSQL: set DATABASE_URL to postgres://user:password@host:5432/desk.',
    );
  if (from === undefined) {
    await withDatabase(databaseUrl, bringUpToDate);
    return 0;
  }
  await withDatabase(source(from), async (sqlite) => {
    await refuseOld(sqlite, from);
    await withDatabase(databaseUrl, async (target) => {
      await bringUpToDate(target);
      for (const { table, rows } of await copyDatabase(sqlite, target))
        say(`${table}: ${rows} ${rows === 1 ? 'row' : 'rows'} copied and checked`);
      say(
        `Everything is copied. Start the desk with this DATABASE_URL; keep ${from} until you have seen it work.`,
      );
    });
  });
  return 0;
}

function readFrom(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { from: { type: 'string' } }, strict: true }).values.from;
  } catch (error) {
    // Node says which word it is, and why.
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

/** An SQLite file that is there: opening one would make it. */
function source(from: string): string {
  const file = isSqliteUrl(from) ? sqliteFile(from) : null;
  if (file === null) throw usage('--from takes the SQLite database to copy, like sqlite:data/desk.db.');
  if (!existsSync(file)) throw new DatabaseError('cannot-open', `There is no file ${file} to copy from.`);
  return from;
}

async function refuseOld(sqlite: Knex, from: string): Promise<void> {
  const { missing } = await migrationsOf(sqlite);
  if (missing.length > 0)
    throw new DatabaseError(
      'not-migrated',
      `${from} is not up to date (it lacks ${missing.join(', ')}). Back it up, then run: DATABASE_URL=${from} npm run migrate`,
    );
}

/** Opens it, for this process alone where it is one desk's, and closes it whatever happens. */
async function withDatabase(url: string, work: (knex: Knex) => Promise<void>): Promise<void> {
  const knex = await openDatabase(url);
  try {
    const hold = await holdDatabase(url);
    try {
      await work(knex);
    } finally {
      await hold.release();
    }
  } finally {
    await knex.destroy();
  }
}

async function bringUpToDate(knex: Knex): Promise<void> {
  const ran = await migrate(knex);
  say(ran.length > 0 ? `Migrated: ${ran.join(', ')}` : 'The database is up to date.');
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const usage = (message: string) => new CommandError(`${message} See: npm run migrate -- --help`, EXIT_USAGE);
