import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { attachContract } from './attach-contract.ts';
import { callbackActContract } from './callback-act-contract.ts';
import { type CallbackDesk, callbackDesk, TEAM } from './callback-desk.ts';
import { callbackWakeContract } from './callback-wake-contract.ts';
import { onPostgres } from './postgres.ts';
import { reachContract } from './reach-contract.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('attaching calls, on SQLite', () => attachContract(onSqlite));
describe('attaching calls, on PostgreSQL', () => attachContract(postgres));
describe('clicks, on SQLite', () => callbackActContract(onSqlite));
describe('clicks, on PostgreSQL', () => callbackActContract(postgres));
describe('what the desk does by itself, on SQLite', () => callbackWakeContract(onSqlite));
describe('what the desk does by itself, on PostgreSQL', () => callbackWakeContract(postgres));

describe('who was reached, on SQLite', () => reachContract(onSqlite));
describe('who was reached, on PostgreSQL', () => reachContract(postgres));

describe('two processes on one SQLite file', () => {
  let folder: string;
  let desks: [CallbackDesk, CallbackDesk];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'desk-'));
    const open = () => openDatabase(`sqlite:${join(folder, 'desk.db')}`);
    const first = await open();
    await migrate(first);
    desks = [callbackDesk(first), callbackDesk(await open())];
  });
  afterEach(async () => {
    for (const desk of desks) await desk.knex.destroy();
    await rm(folder, { recursive: true });
  });

  it('give every callback one owner, whoever clicks where', async () => {
    const [here, there] = desks;
    await here.arrive(...Array.from({ length: 20 }, (_, n) => ({ callerKey: `social:2:${n}` })));
    await Promise.all([here.attach(), there.attach()]);
    const ids = (await there.callbackIds()).map((id) => id ?? 0);
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) {
      const results = await Promise.all([
        here.act('ana', 'claim', id),
        there.act('bo', 'claim', id),
        there.act('cy', 'claim', id),
        here.act('di', 'claim', id),
      ]);
      const winner = ['ana', 'bo', 'cy', 'di'][results.findIndex(({ outcome }) => outcome === 'changed')];
      expect(results.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
      for (const result of results) expect(result).toMatchObject({ callback: { ownerId: winner } });
      expect(await here.store.events(TEAM, id)).toHaveLength(2);
    }
  });

  it('tell an owner once that a caller has called again, although both attach', async () => {
    const [here, there] = desks;
    await here.arrive({});
    await here.attach();
    const [id] = await here.callbackIds();
    await there.act('ana', 'claim', id ?? 0);
    await there.arrive({ callEndAt: there.clock.time + 1 });
    const joined = await Promise.all([here.attach(), there.attach(), here.attach(), there.attach()]);
    expect(joined.flat()).toHaveLength(1);
    expect(await here.knex('outbox')).toHaveLength(1);
  });
});
