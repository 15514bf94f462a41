import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { DatabaseError } from '../../src/storage/database-error.ts';
import { watchDatabase } from '../../src/storage/database-watch.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { refuseUnfit } from '../../src/storage/postgres.ts';
import { asAdmin, emptyPostgres, type TestDatabase } from './postgres.ts';

const opened: Knex[] = [];
afterEach(async () => {
  for (const knex of opened.splice(0)) await knex.destroy();
});

async function open(url: string | URL): Promise<Knex> {
  const knex = await openDatabase(String(url));
  opened.push(knex);
  return knex;
}

async function refusal(attempt: Promise<unknown>): Promise<DatabaseError> {
  const error = await attempt.catch((reason: unknown) => reason);
  if (error instanceof DatabaseError) return error;
  throw new Error('It was not refused with a DatabaseError', { cause: error });
}

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyPostgres();
});
afterAll(() => database.drop());

const changed = (change: (url: URL) => void): URL => {
  const url = new URL(database.url);
  change(url);
  return url;
};

describe('a PostgreSQL that cannot be used says so, with the remedy and without the password', () => {
  it('when nobody answers', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const { code, message } = await refusal(open(`postgres://desk:swordfish@127.0.0.1:${port}/desk`));
    expect(code).toBe('unreachable');
    expect(message).toContain(`127.0.0.1, port ${port}`);
    expect(message).not.toContain('swordfish');
  });

  it('when there is no such host', async () => {
    const { code, message } = await refusal(open('postgres://desk:swordfish@postgres.invalid/desk'));
    expect(code).toBe('unreachable');
    expect(message).toContain('postgres.invalid');
    expect(message).not.toContain('swordfish');
  });

  it('when what answers is no PostgreSQL', async () => {
    const server = createServer((visitor) => visitor.resume().end('220 mail.example.com ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { code } = await refusal(open(`postgres://desk:swordfish@127.0.0.1:${port}/desk`));
    expect(code).toBe('unreachable');
    await new Promise((resolve) => server.close(resolve));
  });

  it('when the password is wrong', async () => {
    const url = changed((one) => {
      one.password = 'swordfish';
    });
    const { code, message } = await refusal(open(url));
    expect(code).toBe('refused');
    expect(message).toMatch(/password of the user desk/);
    expect(message).not.toContain('swordfish');
  });

  it('when there is no such database', async () => {
    const url = changed((one) => {
      one.pathname = '/elsewhere';
    });
    const { code, message } = await refusal(open(url));
    expect(code).toBe('refused');
    expect(message).toMatch(/no database elsewhere.*create database elsewhere/);
  });

  it('when it does not speak TLS', async () => {
    // What PostgreSQL answers to the question for TLS.
    const server = createServer((visitor) => visitor.once('data', () => visitor.end('N')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { code, message } = await refusal(
      open(`postgres://desk@127.0.0.1:${port}/desk?sslmode=verify-full`),
    );
    expect(code).toBe('unreachable');
    expect(message).toMatch(/SSL/);
    await new Promise((resolve) => server.close(resolve));
  });

  it('when nobody whom this machine trusts vouches for its certificate', async () => {
    const { code, message } = await refusal(open(`${database.url}?sslmode=verify-full`));
    expect(code).toBe('refused');
    expect(message).toMatch(/not trusted.*sslrootcert=/);
  });

  it('when the file with the CA is not there', async () => {
    const { message } = await refusal(
      open(`${database.url}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem`),
    );
    expect(message).toContain('/nowhere/ca.pem');
  });

  it('when its database cannot hold every name', async () => {
    await asAdmin("create database latin encoding 'SQL_ASCII' template template0");
    const url = changed((one) => {
      one.pathname = '/latin';
    });
    expect((await refusal(open(url))).message).toMatch(/encoded as SQL_ASCII.*encoding 'UTF8'/);
    await asAdmin('drop database latin with (force)');
  });

  it('when it is too old, or a standby', () => {
    const server = { version: '13.0', number: 130_000, encoding: 'UTF8', standby: false };
    refuseUnfit(server);
    const old = { ...server, version: '12.22', number: 120_022 };
    expect(() => refuseUnfit(old)).toThrow(/runs PostgreSQL 12\.22; the desk needs 13 or newer/);
    expect(() => refuseUnfit({ ...server, standby: true })).toThrow(/is a standby.*Name the primary/);
  });

  it('when the user may not make tables in it', async () => {
    const blank = await emptyPostgres('blank');
    await asAdmin("create role clerk login password 'c'");
    const url = new URL(blank.url);
    url.username = 'clerk';
    url.password = 'c';
    const knex = await openDatabase(url.href);
    const { code, message } = await refusal(migrate(knex));
    expect(code).toBe('no-right');
    expect(message).toMatch(/owner of the database|grant create/);
    await knex.destroy();
    await blank.drop();
    await asAdmin('drop role clerk');
  });

  it('when a newer desk has written it', async () => {
    const knex = await open(database.url);
    await knex('knex_migrations').insert({ name: '9999_from_the_future', batch: 2 });
    expect(await refusal(migrate(knex))).toMatchObject({ code: 'newer-version' });
    await knex('knex_migrations').where('name', '9999_from_the_future').delete();
  });

  it.each(['postgres://desk:100%@db.example.com/desk', 'postgres://desk:a b/c@:x/desk', 'postgres:desk'])(
    'when its address is none: %s',
    async (url) => {
      const { code, message, cause } = await refusal(open(url));
      expect(code).toBe('bad-url');
      expect(message).not.toContain('desk:');
      expect(cause).toBeUndefined();
    },
  );
});

describe('an error of PostgreSQL', () => {
  const NUMBER = '13800138000';
  const failures: [string, (knex: Knex) => Promise<unknown>, string][] = [
    [
      'about a row',
      (knex) => knex('missed_calls').insert({ team_id: 'T1', vdn: 159, call_id: '1-1', caller_no: NUMBER }),
      '23502',
    ],
    [
      'about a row that is there',
      async (knex) => {
        const row = { team_id: NUMBER, name: NUMBER, value: NUMBER };
        await knex('settings').insert([row, row]);
      },
      '23505',
    ],
    ['about a value', (knex) => knex('outbox').where('id', NUMBER), '22P02'],
    ['about what JSON holds', (knex) => knex.raw('select cast(? as jsonb)', [`{"no": ${NUMBER}`]), '22P02'],
    [
      'in a transaction',
      (knex) => knex.transaction((trx) => trx.raw('select cast(? as integer)', [NUMBER])),
      '22003',
    ],
  ];

  it.each(failures)('%s keeps the value to itself', async (_what, fail, code) => {
    const error = await fail(await open(database.url)).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error('It did not fail');
    const said = [error.stack, ...Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name))];
    expect(JSON.stringify(said)).not.toContain(NUMBER);
    expect(error).toMatchObject({ code });
    expect(error.message.length).toBeGreaterThan(20);
  });
});

describe('a connection', () => {
  it('is encrypted when the address asks for it', async () => {
    const ca = join(import.meta.dirname, '../fixtures/tls/ca.pem');
    const knex = await open(`${database.url}?sslmode=verify-full&sslrootcert=${ca}`);
    const { rows } = await knex.raw('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    expect(rows).toEqual([{ ssl: true }]);
  });

  it('that the server closes while nobody uses it costs nothing', async () => {
    const knex = await open(database.url);
    await knex.raw('select 1');
    await asAdmin(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'missed-call-desk' and datname = '${new URL(database.url).pathname.slice(1)}'`,
    );
    await expect.poll(() => knex.raw('select 1').then(() => 'works', String)).toBe('works');
  });

  it('never waits for ever: neither for a lock, nor holding one', async () => {
    const knex = await open(database.url);
    const { rows } = await knex.raw(
      "select name, setting::int from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout')",
    );
    for (const { setting } of rows) expect(setting).toBeGreaterThan(0);
    expect(rows).toHaveLength(2);
  });
});

describe('desks that start at the same moment on a new database', () => {
  it('all come up, and one of them has made the tables', async () => {
    const blank = await emptyPostgres('blank');
    const desks = await Promise.all(Array.from({ length: 4 }, () => openDatabase(blank.url)));
    const ran = await Promise.all(desks.map(migrate));
    expect(ran.flat()).toEqual(migrations.map(({ name }) => name));
    for (const knex of desks) await knex.destroy();
    await blank.drop();
  });

  it('go on when the one that is making them dies', async () => {
    const blank = await emptyPostgres('blank');
    const dying = await openDatabase(blank.url);
    const next = await openDatabase(blank.url);
    const trx = await dying.transaction();
    const { rows } = await trx.raw(
      "select pg_backend_pid() as pid, pg_advisory_xact_lock(hashtextextended('missed-call-desk migrates', 0))",
    );
    await trx.migrate.latest({
      migrationSource: {
        getMigrations: async () => migrations.slice(0, 1),
        getMigrationName: ({ name }: { name: string }) => name,
        getMigration: async (one: (typeof migrations)[number]) => ({ up: one.up, down: async () => {} }),
      },
    });
    const migrated = migrate(next);
    await asAdmin(`select pg_terminate_backend(${rows[0].pid})`);
    expect(await migrated).toEqual(migrations.map(({ name }) => name));
    await trx.rollback().catch(() => {});
    await dying.destroy();
    await next.destroy();
    await blank.drop();
  });
});

describe('a PostgreSQL in trouble', () => {
  it('is known by what it refuses, until a write comes through; nothing is left behind by trying', async () => {
    const knex = await open(database.url);
    const watch = watchDatabase(knex, silentLog);
    watch.looking.start();
    const refused = knex.transaction(async (trx) => {
      await trx.raw('set transaction read only');
      await trx.raw('create table something (yes integer)');
    });
    await expect(refused).rejects.toMatchObject({ code: '25006' });
    expect(watch.trouble()).toBe('read-only');
    await expect.poll(() => watch.trouble(), { interval: 20 }).toBeNull();
    await watch.looking.stop();
    expect(await watch.look()).toBeNull();
    expect(await knex.schema.hasTable('can_be_written')).toBe(false);
  });

  it('that cannot be reached is asked again when somebody looks', async () => {
    const knex = await open(database.url);
    const watch = watchDatabase(knex, silentLog);
    await knex.destroy();
    expect(await watch.look()).toBe('unreachable');
    knex.initialize();
    expect(await watch.look()).toBeNull();
  });
});
