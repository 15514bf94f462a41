import type { Trouble } from '../work/trouble.ts';
import { codeOf } from './database-error.ts';

/** The drivers' codes: https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_CODE: Readonly<Record<string, Trouble>> = {
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_BUSY: 'busy',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  SQLITE_IOERR: 'failing',
  SQLITE_CANTOPEN: 'failing',
  53100: 'full',
  25006: 'read-only',
  XX001: 'failing',
  XX002: 'failing',
  58030: 'failing',
  53300: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'unreachable',
};
/** Connection exceptions, and a server that starts or stops. */
const UNREACHABLE = /^(?:08\w{3}|57P0[1-3])$/;

/** What is wrong with the database, going by what it threw; undefined: nothing of the kind. */
export function troubleOf(error: unknown): Trouble | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = codeOf(at);
    const trouble = BY_CODE[code] ?? (UNREACHABLE.test(code) ? 'unreachable' : undefined);
    if (trouble) return trouble;
  }
  return undefined;
}

/** One sentence, or two: what is wrong, and what to do. */
export const remedies: Readonly<Record<Trouble, string>> = {
  full: 'The disk that the database is on is full: nothing new is kept. Make room there; the desk then goes on by itself.',
  'read-only':
    "The database only lets itself be read: nothing new is kept. Let the desk's user write to the file and its folder, or name the primary server; the desk then goes on by itself.",
  busy: 'Another process keeps the database locked: nothing new is kept. Wait for it to end, or stop it; the desk then goes on by itself.',
  damaged:
    'The database file is damaged: the desk writes nothing more to it. Stop the desk, keep the file, and restore a backup (docs/operating.md).',
  failing:
    'The disk that the database is on reports errors. Look at the disk, and make a backup now; when it works again the desk goes on by itself.',
  unreachable:
    'The database cannot be reached. Look at the server and the way to it; the desk then goes on by itself.',
};
