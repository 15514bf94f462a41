import { describe, expect, it } from 'vitest';
import { onPostgres } from '../../storage/postgres.ts';
import { checkPromise, longestMs } from './check.ts';

// The same histories every time: a red run is a mistake of whoever made it red. `npm run test:long` looks for new ones.
const onSqlite = { seed: 83, runs: 24 };
const onServer = { seed: 83, runs: 2, database: onPostgres() };
/** For what is under way when the time for looking is over. */
const AFTERWARDS_MS = 60_000;

describe('every channel is told of every call once, and of nothing else, whatever happens', () => {
  it.each([
    ['SQLite', onSqlite],
    ['PostgreSQL', onServer],
  ])(
    'on %s',
    async (_, how) => {
      const { failure } = await checkPromise(how);
      expect(failure, failure ?? '').toBeNull();
    },
    longestMs(onSqlite) + AFTERWARDS_MS,
  );
});
