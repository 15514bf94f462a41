import { copyFile, rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import { describe, expect, vi } from 'vitest';
import { backUp } from '../../src/storage/backup.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { collectLog } from '../collect-log.ts';
import { damage } from '../storage/damage.ts';
import { HOUR, it, MONDAY, MR_GREEN, MS_BLACK, type Scene, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const TEN = MONDAY + 10 * HOUR;
const DIGEST = /new calls? from/;

/** Opens the desk's database as the desk does, and keeps the connection, to spoil it. */
function spoilable() {
  let opened: Knex | undefined;
  return {
    openDatabase: async (url: string) => {
      opened = await openDatabase(url);
      return opened;
    },
    knex(): Knex {
      if (!opened) throw new Error('The desk has not opened its database');
      return opened;
    },
  };
}

async function readiness({ desk }: Scene): Promise<object> {
  const response = await fetch(`http://127.0.0.1:${desk.port}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
}
/** Waits until it says so, and perhaps more. */
const becomes = (scene: Scene, wanted: object) =>
  vi.waitFor(async () => expect(await readiness(scene)).toMatchObject(wanted), {
    interval: 50,
    timeout: 15_000,
  });
const WELL = { status: 200, database: true };

const digestsIn = (scene: Scene) => scene.readAll('tom', '#support').filter((text) => DIGEST.test(text));

describe('a database in trouble', { concurrent: true }, () => {
  it('that is full: all say so, and when there is room every call is told, once', async ({
    databaseUrl,
    openScene,
  }) => {
    const { lines, log } = collectLog();
    const { openDatabase: spoiled, knex } = spoilable();
    const scene = await openScene('socket', {
      config: { ...config, databaseUrl },
      log,
      openDatabase: spoiled,
    });
    const { asks, clock, cms, misses, fliesUntil, readAll, restartDesk, slack } = scene;
    await asks('tom', '#support', 'digest 7 hourly');
    misses(MR_GREEN);
    await asks('tom', '#support', 'today private');
    const [{ page_count: pages }] = await knex().raw('pragma page_count');
    await knex().raw(`pragma max_page_count = ${pages}`);
    for (let i = 0; i < 80; i += 1) misses(String(447700900000 + i));

    clock.advanceTo(TEN);
    await becomes(scene, {
      status: 503,
      database: false,
      slack: true,
      trouble: 'full',
    });
    expect((await fetch(`http://127.0.0.1:${scene.desk.port}/healthz`)).status).toBe(200);
    // Nobody is left without an answer, and the contact centre is not asked for what cannot be kept.
    const asked = cms.requests.length;
    expect(scene.read(await asks('tom', '#managers', '7 today'))).toContain(
      'the disk of my database is full',
    );
    expect(scene.read(await asks('ana', '#managers', 'health'), 'ana')).toContain(
      'Nothing can be written to the database',
    );
    expect(lines.join('')).toContain('Make room there; the desk then goes on by itself.');
    expect(digestsIn(scene)).toEqual([]);
    expect(cms.requests.length - asked).toBeLessThan(5);

    await knex().raw('pragma max_page_count = 1000000');
    await becomes(scene, WELL);
    await fliesUntil(() => digestsIn(scene).length > 0);
    expect(digestsIn(scene).join()).toContain('81 new calls from 81 callers');
    await restartDesk(() => void clock.advanceTo(TEN + HOUR));
    misses(MR_GREEN);
    clock.advanceTo(TEN + 2 * HOUR);
    await slack.settled(() => digestsIn(scene).length > 1);
    expect(digestsIn(scene).slice(1).join()).toContain('1 new call from 1 caller');
    expect(readAll('tom', '#support').join()).not.toContain('something went wrong');
  });

  it('that can only be read when a message has gone out: it is found there, and not sent again', async ({
    databaseUrl,
    openScene,
  }) => {
    const { openDatabase: spoiled, knex } = spoilable();
    const scene = await openScene('http', { config: { ...config, databaseUrl }, openDatabase: spoiled });
    const { asks, clock, fliesUntil, misses, sees, slack } = scene;
    await asks('tom', '#support', 'digest 7 hourly');
    misses(MR_GREEN);
    // From the claim of the message on: what comes of its sending cannot be written down.
    let spoil = (sql: string) => {
      if (!/^update .outbox. set .state./.test(sql)) return;
      spoil = () => {};
      // A statement of knex's runs when somebody waits for it.
      void Promise.resolve(knex().raw('pragma query_only = on'));
    };
    knex().on('query-response', (_rows: unknown, { sql }: { sql: string }) => spoil(sql));
    clock.advanceTo(TEN);
    await sees('tom', '#support', DIGEST);
    await becomes(scene, {
      status: 503,
      trouble: 'read-only',
    });

    await knex().raw('pragma query_only = off');
    await becomes(scene, WELL);
    await fliesUntil(() => slack.calls.some(({ method }) => method === 'conversations.history'));
    const unsettled = () => knex()('outbox').whereNot('state', 'sent').pluck('state');
    await vi.waitFor(async () => expect(await unsettled()).toEqual([]), { timeout: 10_000 });
    expect(digestsIn(scene)).toHaveLength(1);
  });

  it('that somebody keeps locked: who clicks is told, what was typed stays, and both may be done again', async ({
    databaseUrl,
    openScene,
  }) => {
    const { openDatabase: spoiled, knex } = spoilable();
    const scene = await openScene('socket', { config: { ...config, databaseUrl }, openDatabase: spoiled });
    // The desk's patience is two seconds, and those who wait do so one after the other.
    await knex().raw('pragma busy_timeout = 100');
    const { asks, misses, presses, sees } = scene;
    misses(MR_GREEN);
    misses(MS_BLACK);
    const answer = await asks('tom', '#support', '7 today');
    await presses('tom', answer, 'Claim', 1);
    await presses('tom', await scene.becomes('tom', answer, 'Claimed by'), 'Log result');
    await scene.hasForm('tom', 'What came of it?');
    const other = await openDatabase(databaseUrl);
    await other.raw('begin exclusive');
    await presses('tom', answer, 'Claim');
    await sees('tom', '#support', 'my database is locked');
    expect(await readiness(scene)).toMatchObject({ status: 503, trouble: 'busy' });
    const [error] = Object.values(await scene.submits('tom', { note: 'Will send the contract' }));
    expect(error).toContain('my database is locked');
    await other.raw('rollback');
    await other.destroy();
    await becomes(scene, WELL);
    expect(await scene.submits('tom', { note: 'Will send the contract' })).toEqual({});
    await scene.becomes('tom', answer, /reached by/i);
    await presses('tom', answer, 'Claim');
    await scene.becomes('tom', answer, 'Claimed by @Tom Baker');
  });

  it('that is damaged: admins hear it, and the desk is well again on a backup', async ({
    databaseUrl,
    openScene,
  }) => {
    const file = databaseUrl.slice('sqlite:'.length);
    const { openDatabase: spoiled, knex } = spoilable();
    const scene = await openScene('socket', { config: { ...config, databaseUrl }, openDatabase: spoiled });
    const { asks, misses, read, restartDesk } = scene;
    misses(MR_GREEN);
    await asks('tom', '#support', '7 today');
    await backUp(file, `${file}.backup`);
    await damage(file, 'vdns', knex());

    expect(read(await asks('tom', '#support', '7 today'))).toContain('my database is damaged');
    expect(read(await asks('ana', '#support', 'health'), 'ana')).toContain('The database is damaged');
    expect(await readiness(scene)).toMatchObject({ status: 503, trouble: 'damaged' });
    await restartDesk(async () => {
      for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true });
      await copyFile(`${file}.backup`, file);
    });
    await becomes(scene, WELL);
    expect(read(await asks('tom', '#managers', '7 today'))).toContain('1 call from 1 caller');
  });
});
