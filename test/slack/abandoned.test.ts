import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { ANSWER, type AnswerData, type AnswerStatus } from '../../src/questions/answer.ts';
import { createAbandoned } from '../../src/slack/abandoned.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const MINUTE_MS = 60_000;
const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

async function askingDesk() {
  const knex = await openDatabase('sqlite::memory:');
  onTestFinished(() => knex.destroy());
  await migrate(knex);
  const store = createOutboxStore(knex);
  const data = (status: AnswerStatus): AnswerData => ({
    vdn: { number: 159, name: null },
    askerId: 'U1',
    range: { fromAt: 0, toAt: 1, timeZone: 'UTC', zoneOf: 'vdn' },
    asked: '159 today',
    askedAt: NOW,
    invite: false,
    status,
  });
  const post = async (n: number, state: 'asking' | 'broken', minutesAgo: number) => {
    const draft = { id: uuid(n), teamId: 'T1', channelId: `C${n}`, kind: ANSWER, data: data({ state }) };
    await store.insert([draft], NOW - minutesAgo * MINUTE_MS);
    await store.markSent(draft.id, { channelId: `C${n}`, ts: `${n}.0` });
  };
  const owe = async (n: number, status: AnswerStatus, minutesAgo: number) => {
    const draft = { id: uuid(n), teamId: 'T1', channelId: `C${n}`, kind: ANSWER, data: data(status) };
    await store.owe(draft, NOW - minutesAgo * MINUTE_MS);
  };
  const stateOf = async (n: number) => {
    const row = await store.find(uuid(n));
    return (row?.data as AnswerData | undefined)?.status.state;
  };
  /** One look of a desk. `between`: what happens after it has found a question, before it says so. */
  async function look(between: (id: string) => Promise<void> = async () => {}, tries = [uuid(1)]) {
    const revised: string[] = [];
    const tried: string[] = [];
    const outbox = {
      revise: async (id: string, revision: { data?: unknown }, unlessMoved?: number) => {
        await between(id);
        const row = await store.revise(id, revision, unlessMoved);
        tried.push(id);
        if (row) revised.push(id);
        return row;
      },
      wake() {},
    };
    const abandoned = createAbandoned({ store, outbox, clock: { now: () => NOW }, log: silentLog });
    abandoned.start();
    await expect.poll(() => tried).toEqual(tries);
    await abandoned.stop();
    return revised;
  }
  return { store, data, post, owe, stateOf, look };
}

it('an answer that still asks after minutes says that it has come to nothing; others stay as they are', async () => {
  const { post, stateOf, look } = await askingDesk();
  await post(1, 'asking', 6);
  // Longer than a question may take, by far: 2 min of pages, and what the database takes.
  await post(2, 'asking', 4);
  await post(3, 'broken', 6);
  expect(await look()).toEqual([uuid(1)]);
  expect(await stateOf(1)).toBe('broken');
  expect(await stateOf(2)).toBe('asking');
});

it('an answer that arrives at the same moment wins, before and after', async () => {
  const { store, data, post, stateOf, look } = await askingDesk();
  await post(1, 'asking', 6);
  const ready = data({ state: 'ready', listId: uuid(9), stale: null, malformed: 0, complete: true });
  const revised = await look(async (id) => void (await store.revise(id, { data: ready, listId: uuid(9) })));
  expect(revised).toEqual([]);
  expect(await stateOf(1)).toBe('ready');

  await store.revise(uuid(1), { data: data({ state: 'asking' }), listId: null });
  expect(await look()).toEqual([uuid(1)]);
  await store.revise(uuid(1), { data: ready, listId: uuid(9) });
  expect(await stateOf(1)).toBe('ready');
});

it('two desks that find the same say it once', async () => {
  const { post, look } = await askingDesk();
  await post(1, 'asking', 6);
  const others: string[][] = [];
  const revised = await look(async () => {
    if (others.length === 0) others.push(await look());
  });
  expect([...revised, ...others.flat()]).toEqual([uuid(1)]);
});

it('a private answer that nobody told after minutes goes to its asker directly; others stay as they are', async () => {
  const { store, owe, stateOf, look } = await askingDesk();
  const ready = { state: 'ready', listId: uuid(9), stale: null, malformed: 0, complete: true } as const;
  await owe(1, { state: 'asking' }, 6);
  await owe(2, ready, 6);
  await owe(3, { state: 'asking' }, 4);
  await owe(4, { state: 'asking' }, 6);
  await store.markTold(uuid(4));
  await look(undefined, []);
  expect(await stateOf(1)).toBe('broken');
  expect(await stateOf(2)).toBe('ready');
  expect(await stateOf(3)).toBe('asking');
  const rows = await Promise.all([1, 2, 3, 4].map((n) => store.find(uuid(n))));
  expect(rows.map((row) => [row?.state, row?.channelId])).toEqual([
    ['pending', 'U1'],
    ['pending', 'U1'],
    ['owed', 'C3'],
    ['private', 'C4'],
  ]);
});
