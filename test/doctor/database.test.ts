import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { databaseFindings } from '../../src/doctor/database.ts';
import { bytesInWords } from '../../src/doctor/space.ts';
import { holdDatabase } from '../../src/storage/hold.ts';
import { lookAtDatabase, lookAtNewFile } from '../../src/storage/look.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { freePort } from '../cli/child.ts';
import { damage } from '../storage/damage.ts';
import { asAdmin, emptyPostgres, type TestDatabase } from '../storage/postgres.ts';
import { it, MARK, type Patient } from './patient.ts';

const LATEST = migrations.at(-1)?.name ?? '';
const MIB = 1024 * 1024;

const ofDatabase = async (patient: Patient, changed: Readonly<Record<string, string>> = {}) =>
  (await patient.findings(changed)).filter(({ check }) => check.startsWith('database.'));

describe("the doctor's look at an SQLite file", () => {
  it('finds one that is up to date sound, and leaves nothing in it', async ({ openPatient }) => {
    const patient = await openPatient();
    const tables = () => patient.onDatabase((knex) => knex('sqlite_master').orderBy('name').pluck('name'));
    const before = await tables();
    expect(await ofDatabase(patient)).toMatchObject([
      {
        check: 'database.connection',
        result: 'ok',
        code: 'free',
        facts: { engine: expect.stringMatching(/^SQLite 3/) },
      },
      { check: 'database.schema', result: 'ok', code: 'current' },
      { check: 'database.writing', result: 'ok' },
      { check: 'database.space', result: 'ok' },
      { check: 'database.integrity', result: 'ok', code: 'sound' },
    ]);
    expect(await tables()).toEqual(before);
  });

  it('finds one that a desk is using sound, too, and lets the desk have it', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase(async () => {});
    const hold = await holdDatabase(patient.env.DATABASE_URL ?? '');
    expect(await ofDatabase(patient)).toMatchObject([
      { result: 'ok', code: 'in-use' },
      { result: 'ok' },
      { result: 'ok' },
      { result: 'ok' },
      { result: 'ok' },
    ]);
    await hold.release();
    // Nobody holds it any more: the doctor did not keep it.
    await (await holdDatabase(patient.env.DATABASE_URL ?? '')).release();
  });

  it('does not make one that is not there', async ({ openPatient }) => {
    const patient = await openPatient();
    const file = join(patient.folder, 'new', 'desk.db');
    expect(await ofDatabase(patient, { DATABASE_URL: `sqlite:${file}` })).toMatchObject([
      { result: 'ok', code: 'new' },
      { result: 'ok', code: 'empty' },
      { result: 'ok', code: 'folder-writable' },
      { check: 'database.space', result: 'ok' },
    ]);
    expect(existsSync(join(patient.folder, 'new'))).toBe(false);
  });

  it('finds a place where none can be made', async ({ openPatient }) => {
    const { folder } = await openPatient();
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'closed'));
    await chmod(join(folder, 'closed'), 0o555);
    const facts = await asSomebodyElse(() => lookAtNewFile(join(folder, 'closed', 'desk.db')));
    expect(databaseFindings({ facts })).toContainEqual(
      expect.objectContaining({
        check: 'database.writing',
        result: 'failed',
        remedy: expect.stringMatching(/write to .*closed/),
      }),
    );
  });

  it('finds one that an older desk has written', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase((knex) => knex('knex_migrations').where('name', LATEST).delete());
    const findings = await ofDatabase(patient);
    expect(findings[1]).toMatchObject({
      result: 'warning',
      code: 'older',
      facts: { lacks: [LATEST] },
      remedy: expect.stringMatching(/backup.*npm run migrate/),
    });
  });

  it('finds one that a newer desk has written', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase((knex) => knex('knex_migrations').insert({ name: '9999_future', batch: 9 }));
    const findings = await ofDatabase(patient);
    expect(findings[1]).toMatchObject({
      result: 'failed',
      code: 'newer',
      facts: { unknown: ['9999_future'] },
      remedy: expect.stringContaining('backup'),
    });
  });

  it('finds one that can only be read', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase(async () => {});
    const file = join(patient.folder, 'desk.db');
    await chmod(file, 0o444);
    await chmod(patient.folder, 0o777);
    const findings = await asSomebodyElse(() => ofDatabase(patient));
    expect(findings).toMatchObject([
      { check: 'database.connection', result: 'failed', remedy: expect.stringContaining('can only be read') },
    ]);
  });

  it('finds one that has no room left', async ({ openPatient }) => {
    const patient = await openPatient();
    const facts = await patient.onDatabase(async (knex) => {
      // As if the disk ended here.
      await knex.raw('pragma max_page_count = 1');
      return lookAtDatabase(patient.env.DATABASE_URL ?? '', knex);
    });
    expect(databaseFindings({ facts })).toContainEqual(
      expect.objectContaining({ check: 'database.writing', result: 'failed', code: 'full' }),
    );
  });

  it('finds one that is damaged inside', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase(async () => {});
    const file = join(patient.folder, 'desk.db');
    // The first page, with the schema, stays.
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0x5a, 4096));
    const [connection] = await ofDatabase(patient);
    expect(connection).toMatchObject({ result: 'failed', remedy: expect.stringContaining('backup') });
  });

  it('finds damage of which nobody has heard yet', async ({ openPatient }) => {
    const patient = await openPatient();
    const file = join(patient.folder, 'desk.db');
    await patient.onDatabase((knex) => damage(file, 'callback_events', knex));
    expect((await ofDatabase(patient)).at(-1)).toMatchObject({
      check: 'database.integrity',
      result: 'failed',
      code: 'damaged',
      remedy: expect.stringContaining('backup'),
    });
  });

  it('finds a file that is no database', async ({ openPatient }) => {
    const patient = await openPatient();
    await writeFile(join(patient.folder, 'desk.db'), 'Dear desk, this is no database. '.repeat(300));
    expect(await ofDatabase(patient)).toMatchObject([
      {
        check: 'database.connection',
        result: 'failed',
        code: 'cannot-open',
        remedy: expect.stringContaining('backup'),
      },
    ]);
  });

  it.for([
    { free: 99 * MIB, result: 'failed', code: 'too-little', says: 'Only 99 MiB are free' },
    { free: 1023 * MIB, result: 'warning', code: 'little', says: 'Only 1023 MiB are free' },
    { free: 1024 * MIB, result: 'ok', code: 'enough', says: '1.0 GiB are free' },
  ])('finds $says', async ({ free, result, code, says }, { openPatient }) => {
    const { folder } = await openPatient();
    const facts = { ...(await lookAtNewFile(join(folder, 'desk.db'))), freeBytes: free };
    expect(databaseFindings({ facts }).at(-1)).toMatchObject({
      check: 'database.space',
      result,
      code,
      says: expect.stringContaining(says),
    });
  });

  it('says space in round figures', () => {
    expect([0, 5.9 * MIB, 12.44 * 1024 * MIB, 2048 * 1024 * MIB].map(bytesInWords)).toEqual([
      '0 MiB',
      '5 MiB',
      '12.4 GiB',
      '2048 GiB',
    ]);
  });
});

describe("the doctor's look at PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await emptyPostgres();
  });
  afterAll(() => database.drop());

  it('finds a sound one sound', async ({ openPatient }) => {
    const patient = await openPatient();
    expect(await ofDatabase(patient, { DATABASE_URL: database.url })).toMatchObject([
      { result: 'ok', facts: { engine: expect.stringMatching(/^PostgreSQL \d+/) } },
      { result: 'ok', code: 'current' },
      { check: 'database.writing', result: 'ok' },
    ]);
  });

  it('finds one that is not reached, and goes on with the rest', async ({ openPatient }) => {
    const patient = await openPatient();
    const DATABASE_URL = `postgres://desk:${MARK}@127.0.0.1:${await freePort()}/desk`;
    const findings = await patient.findings({ DATABASE_URL });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'database.connection', result: 'failed', code: 'unreachable' }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ check: 'slack.token', result: 'ok' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'contact-centre.vdn', result: 'ok' }));
  });

  it('finds one that does not take the password', async ({ openPatient }) => {
    const patient = await openPatient();
    const url = new URL(database.url);
    url.password = MARK;
    expect(await ofDatabase(patient, { DATABASE_URL: String(url) })).toMatchObject([
      { result: 'failed', code: 'refused', remedy: expect.stringContaining('password') },
    ]);
  });

  it('finds one that is empty, and one whose user may make no tables', async ({ openPatient }) => {
    const patient = await openPatient();
    const blank = await emptyPostgres('blank');
    try {
      expect(await ofDatabase(patient, { DATABASE_URL: blank.url })).toMatchObject([
        { result: 'ok' },
        { result: 'ok', code: 'empty' },
        { result: 'ok' },
      ]);
      const role = `r_${blank.url.slice(-12)}`;
      await asAdmin(`create role ${role} login password '${MARK}'`);
      const url = new URL(blank.url);
      url.username = role;
      url.password = MARK;
      const findings = await ofDatabase(patient, { DATABASE_URL: String(url) });
      await asAdmin(`drop role ${role}`);
      expect(findings.at(-1)).toMatchObject({
        check: 'database.writing',
        result: 'failed',
        code: 'no-right',
        remedy: expect.stringContaining('grant create'),
      });
    } finally {
      await blank.drop();
    }
  });

  it('finds one whose user may not read the tables, and goes on with the rest', async ({ openPatient }) => {
    const patient = await openPatient();
    const owned = await emptyPostgres();
    const role = `r_${owned.url.slice(-12)}`;
    await asAdmin(`create role ${role} login password '${MARK}'`);
    await asAdmin(`grant select on knex_migrations to ${role}`, new URL(owned.url).pathname.slice(1));
    try {
      const url = new URL(owned.url);
      url.username = role;
      url.password = MARK;
      const findings = await patient.findings({ DATABASE_URL: String(url) });
      expect(findings).toContainEqual(
        expect.objectContaining({
          check: 'database.connection',
          result: 'failed',
          code: 'not-readable',
          remedy: expect.stringMatching(/42501.*owner/),
        }),
      );
      expect(findings).toContainEqual(expect.objectContaining({ check: 'contact-centre.vdn', result: 'ok' }));
    } finally {
      await owned.drop();
      await asAdmin(`drop role ${role}`);
    }
  });

  it('finds one that only lets itself be read', async ({ openPatient }) => {
    const patient = await openPatient();
    const blank = await emptyPostgres();
    try {
      await asAdmin(
        `alter database ${new URL(blank.url).pathname.slice(1)} set default_transaction_read_only = on`,
      );
      expect((await ofDatabase(patient, { DATABASE_URL: blank.url })).at(-1)).toMatchObject({
        check: 'database.writing',
        result: 'failed',
        code: 'read-only',
      });
    } finally {
      await blank.drop();
    }
  });
});

/** Root may write to files that are read-only: for the time of the work, it is nobody. */
async function asSomebodyElse<T>(work: () => Promise<T>): Promise<T> {
  const NOBODY = 65_534;
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
