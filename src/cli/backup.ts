import { parseArgs } from 'node:util';
import { backUp } from '../storage/backup.ts';
import { isSqliteUrl, sqliteFile } from '../storage/sqlite.ts';
import { CommandError } from './run.ts';

const EXIT_USAGE = 2;

/** Copies the desk's SQLite file, also while the desk runs. */
export async function backupCommand(databaseUrl: string, args: readonly string[]): Promise<number> {
  const target = readTarget(args);
  const file = isSqliteUrl(databaseUrl) ? sqliteFile(databaseUrl) : null;
  if (file === null)
    throw new CommandError(
      'This backs up an SQLite file. For the PostgreSQL that DATABASE_URL names use pg_dump: docs/operating.md has the line.',
      EXIT_USAGE,
    );
  const bytes = await backUp(file, target);
  process.stdout.write(`${file} is backed up to ${target}: ${(bytes / 1e6).toFixed(1)} MB, checked.\n`);
  return 0;
}

function readTarget(args: readonly string[]): string {
  try {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true });
    const [target] = positionals;
    if (target !== undefined && positionals.length === 1) return target;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
  throw usage('Name one file to back up to.');
}

const usage = (message: string) => new CommandError(`${message} See: npm run backup -- --help`, EXIT_USAGE);
