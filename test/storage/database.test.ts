import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { DatabaseError } from '../../src/storage/database-error.ts';
import { migrations } from '../../src/storage/migrations/index.ts';

let folder: string;
const opened: Knex[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-'));
});
afterEach(async () => {
  for (const knex of opened.splice(0)) await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function open(url: string): Promise<Knex> {
  const knex = await openDatabase(url);
  opened.push(knex);
  return knex;
}

async function refusal(attempt: Promise<unknown>): Promise<DatabaseError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DatabaseError) return error;
  throw new Error('It was not refused with a DatabaseError', { cause: error });
}

describe('a database file', () => {
  it('is made where there is none, with its folder, and keeps what is written', async () => {
    const url = `sqlite:${join(folder, 'data', 'desk.db')}`;
    const first = await openDatabase(url);
    expect(await migrate(first)).toEqual(migrations.map(({ name }) => name));
    await first('settings').insert({ team_id: '', name: 'a', value: 'b' });
    await first.destroy();

    const again = await open(url);
    expect(await migrate(again)).toEqual([]);
    expect(await again('settings').select('value')).toEqual([{ value: 'b' }]);
  });

  it('is opened with a write-ahead log and foreign keys', async () => {
    const knex = await open(`sqlite:${join(folder, 'desk.db')}`);
    expect(await knex.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await knex.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(await knex.raw('pragma busy_timeout')).toEqual([{ timeout: 2000 }]);
  });

  it('that is no database is refused, and left as it was', async () => {
    const file = join(folder, 'letter.txt');
    const text = 'Dear desk, this is not a database. '.repeat(300);
    writeFileSync(file, text);
    const { code, message } = await refusal(open(`sqlite:${file}`));
    expect(code).toBe('cannot-open');
    expect(message).toMatch(/letter\.txt is not an SQLite database.*backup.*DATABASE_URL/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('that is damaged is refused', async () => {
    const file = join(folder, 'desk.db');
    const knex = await openDatabase(`sqlite:${file}`);
    await migrate(knex);
    await knex.destroy();
    writeFileSync(file, readFileSync(file).subarray(0, 8192));
    expect((await refusal(open(`sqlite:${file}`))).message).toMatch(/damaged/);
  });

  it('that can only be read is refused', async () => {
    const file = join(folder, 'desk.db');
    await (await openDatabase(`sqlite:${file}`)).destroy();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o777);
    await asSomebodyElse(async () => {
      const { code, message } = await refusal(open(`sqlite:${file}`));
      expect(code).toBe('cannot-open');
      expect(message).toMatch(/can only be read/);
    });
  });

  it('that is a folder is refused', async () => {
    const { code, message } = await refusal(open(`sqlite:${folder}`));
    expect(code).toBe('cannot-open');
    expect(message).toMatch(/DATABASE_URL names a file/);
  });

  it('in a folder that cannot be made is refused', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect((await refusal(open(`sqlite:${join(folder, 'file', 'desk.db')}`))).code).toBe('cannot-open');
  });

  it('that a newer desk has written is refused, and says which', async () => {
    const knex = await open('sqlite::memory:');
    await migrate(knex);
    await knex('knex_migrations').insert({ name: '9999_from_the_future', batch: 2 });
    const { code, message } = await refusal(migrate(knex));
    expect(code).toBe('newer-version');
    expect(message).toContain('9999_from_the_future');
  });

  it('whose migration another desk has begun is refused, and says how to free it', async () => {
    const knex = await open('sqlite::memory:');
    await migrate(knex);
    await knex('knex_migrations').delete();
    await knex('knex_migrations_lock').update({ is_locked: 1 });
    const { code, message } = await refusal(migrate(knex));
    expect(code).toBe('locked');
    const remedy = /: (update knex_migrations_lock .*)$/.exec(message)?.[1] ?? '';
    await knex.raw(remedy);
    expect(await knex('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
  });
});

describe('DATABASE_URL', () => {
  it.each(['sqlite:', 'mysql://desk:secret@db.example.com/desk', 'desk.db', ''])(
    '%j is refused',
    async (url) => {
      const { code, message } = await refusal(open(url));
      expect(code).toBe('bad-url');
      expect(message).not.toContain('secret');
    },
  );
});

it('keeps the values of a failed statement out of the error', async () => {
  const knex = await open('sqlite::memory:');
  await migrate(knex);
  const call = { team_id: 'T1', vdn: 159, call_id: '1-1', caller_no: '13800138000' };
  const failed = await knex('missed_calls')
    .insert(call)
    .then(
      () => 'it did not fail',
      (error: unknown) => String(error),
    );
  expect(failed).toMatch(/NOT NULL/);
  expect(failed).not.toContain('13800138000');
});

/** Root may write to files that are read-only: for the time of the work, it is nobody. */
async function asSomebodyElse(work: () => Promise<void>) {
  const NOBODY = 65_534;
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
