import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { createSyncStore } from '../../src/storage/sync-store.ts';
import type { SyncStore } from '../../src/sync/sync-store.ts';

let knex: Knex;
let state: SyncStore;

beforeEach(async () => {
  knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  state = createSyncStore(knex);
});
afterEach(() => knex.destroy());

it('remembers what is known of each VDN of each workspace', async () => {
  const record = { knownFromAt: 1_000, lastEndAt: 1_790_000_000_000, lookedBackAt: 1_789_999_000_000 };
  await state.save('T1', 159, { ...record, lastEndAt: 2_000 });
  await state.save('T1', 159, record);
  expect(await state.find('T1', 159)).toEqual(record);
  expect(await state.find('T1', 160)).toBeUndefined();
  expect(await state.find('T2', 159)).toBeUndefined();
});

it('remembers the zone of the stored times', async () => {
  expect(await state.timeZone()).toBeUndefined();
  await state.saveTimeZone('UTC');
  await state.saveTimeZone('Asia/Shanghai');
  expect(await state.timeZone()).toBe('Asia/Shanghai');
});

describe('the lock of a VDN', () => {
  /** Work that says when it runs and ends when it is told to. */
  function work(name: string, log: string[]) {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const run = async () => {
      log.push(`${name} begins`);
      try {
        return await promise;
      } finally {
        log.push(`${name} ends`);
      }
    };
    return { run, end: () => resolve(name), fail: () => reject(new Error(name)) };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('lets one work at a time, in the order in which they came, also after one that failed', async () => {
    const log: string[] = [];
    const [a, b, c] = [work('a', log), work('b', log), work('c', log)];
    const results = [a, b, c].map(({ run }) => state.withLock('T1', 159, run));
    const settled = Promise.allSettled(results);
    b.end();
    c.end();
    await settle();
    expect(log).toEqual(['a begins']);
    a.fail();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('is not free for a third while the second, which waited, holds it', async () => {
    const log: string[] = [];
    const [a, b, c] = [work('a', log), work('b', log), work('c', log)];
    const first = state.withLock('T1', 159, a.run);
    const second = state.withLock('T1', 159, b.run);
    a.end();
    await first;
    await settle();
    const third = state.withLock('T1', 159, c.run);
    await settle();
    expect(log).toEqual(['a begins', 'a ends', 'b begins']);
    b.end();
    c.end();
    expect(await Promise.all([second, third])).toEqual(['b', 'c']);
  });

  it('holds nobody up at another VDN, or another workspace', async () => {
    const log: string[] = [];
    const [a, b, c] = [work('a', log), work('b', log), work('c', log)];
    const all = [
      state.withLock('T1', 159, a.run),
      state.withLock('T1', 160, b.run),
      state.withLock('T2', 159, c.run),
    ];
    await settle();
    expect(log).toEqual(['a begins', 'b begins', 'c begins']);
    for (const { end } of [a, b, c]) end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });
});
