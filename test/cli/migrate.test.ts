import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { holdDatabase } from '../../src/storage/hold.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { asAdmin, emptyPostgres, type TestDatabase } from '../storage/postgres.ts';
import { killChildren, startChild } from './child.ts';

let folder: string;
let from: string;
let target: TestDatabase;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  from = `sqlite:${join(folder, 'desk.db')}`;
  target = await emptyPostgres('blank');
});
afterEach(async () => {
  killChildren();
  await target.drop();
  await rm(folder, { recursive: true, force: true });
});

async function on<T>(url: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = await openDatabase(url);
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

async function migrated(...args: string[]) {
  const child = startChild(['migrate', ...args], { DATABASE_URL: target.url });
  const code = await child.ended;
  return { code, out: child.out, err: child.err };
}

it('brings a PostgreSQL up to date, and says so', async () => {
  expect(await migrated()).toMatchObject({
    code: 0,
    out: `Migrated: ${migrations.map(({ name }) => name).join(', ')}\n`,
  });
  expect(await migrated()).toMatchObject({ code: 0, out: 'The database is up to date.\n' });
});

describe('migrate --from', () => {
  it('copies a desk into an empty PostgreSQL and says what it has checked', async () => {
    await on(from, async (knex) => {
      await migrate(knex);
      await knex('settings').insert({ team_id: '', name: 'a', value: 'b' });
    });
    const { code, out } = await migrated('--from', from);
    expect(code).toBe(0);
    expect(out).toContain('settings: 1 row copied and checked\n');
    expect(out).toContain('missed_calls: 0 rows copied and checked\n');
    expect(await on(target.url, (knex) => knex('settings'))).toEqual([
      { team_id: '', name: 'a', value: 'b' },
    ]);
  });

  it('refuses a source that a desk is using', async () => {
    await on(from, migrate);
    const hold = await holdDatabase(from);
    expect(await migrated('--from', from)).toMatchObject({ code: 1, err: expect.stringContaining('in use') });
    await hold.release();
  });

  it('refuses a source that is not up to date, and says how to bring it there', async () => {
    await on(from, migrate);
    await on(from, (knex) => knex('knex_migrations').where('name', '0002_replicas').delete());
    const { code, err } = await migrated('--from', from);
    expect(code).toBe(1);
    expect(err).toMatch(/lacks 0002_replicas.*DATABASE_URL=sqlite:.* npm run migrate/);
  });

  it('refuses a source that is not there, and makes none', async () => {
    expect(await migrated('--from', from)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    });
    expect(await migrated('--from', from)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    });
  });

  it('refuses a target that is not empty, and leaves it as it is', async () => {
    await on(from, migrate);
    await migrated();
    await asAdmin("insert into settings values ('', 'mine', '1')", new URL(target.url).pathname.slice(1));
    const { code, err } = await migrated('--from', from);
    expect(code).toBe(1);
    expect(err).toMatch(/is not empty: its table settings has rows/);
    expect(await on(target.url, (knex) => knex('settings').pluck('name'))).toEqual(['mine']);
  });

  it.each([
    [['--from', 'postgres://x/y'], /sqlite:data\/desk\.db/],
    [['--from', 'sqlite::memory:'], /sqlite:data\/desk\.db/],
    [['--form', 'x'], /--form/],
    [['--from'], /--from/],
  ])('is used as its help says, not as %j', async (args, complaint) => {
    expect(await migrated(...args)).toMatchObject({ code: 2, err: expect.stringMatching(complaint) });
  });

  it('copies into PostgreSQL only', async () => {
    const child = startChild(['migrate', '--from', from], {
      DATABASE_URL: `sqlite:${join(folder, 'other.db')}`,
    });
    expect(await child.ended).toBe(2);
    expect(child.err).toMatch(/--from copies into PostgreSQL/);
  });
});
