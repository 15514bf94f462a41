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
  const stateOf = async (n: number) => {
    const row = await store.find(uuid(n));
    return (row?.data as AnswerData | undefined)?.status.state;
  };
  /** One look of a desk. `between`: what happens after it has found a question, before it says so. */
  async function look(between: (id: string) => Promise<void> = async () => {}) {
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
    };
    const abandoned = createAbandoned({ store, outbox, clock: { now: () => NOW }, log: silentLog });
    abandoned.start();
    await expect.poll(() => tried).toEqual([uuid(1)]);
    await abandoned.stop();
    return revised;
  }
  return { store, data, post, stateOf, look };
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
