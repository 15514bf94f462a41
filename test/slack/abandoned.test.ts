import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { ANSWER, type AnswerData } from '../../src/questions/answer.ts';
import { createAbandoned } from '../../src/slack/abandoned.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const MINUTE_MS = 60_000;
const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

it('an answer that still asks after minutes says that it has come to nothing; others stay as they are', async () => {
  const knex = await openDatabase('sqlite::memory:');
  onTestFinished(() => knex.destroy());
  await migrate(knex);
  const store = createOutboxStore(knex);
  const data = (state: 'asking' | 'broken'): AnswerData => ({
    vdn: { number: 159, name: null },
    askerId: 'U1',
    range: { fromAt: 0, toAt: 1, timeZone: 'UTC', zoneOf: 'vdn' },
    asked: '159 today',
    askedAt: NOW,
    invite: false,
    status: { state },
  });
  const post = async (n: number, state: 'asking' | 'broken', minutesAgo: number) => {
    const draft = { id: uuid(n), teamId: 'T1', channelId: `C${n}`, kind: ANSWER, data: data(state) };
    await store.insert([draft], NOW - minutesAgo * MINUTE_MS);
    await store.markSent(draft.id, { channelId: `C${n}`, ts: `${n}.0` });
  };
  await post(1, 'asking', 6);
  await post(2, 'asking', 1);
  await post(3, 'broken', 6);

  const revised: string[] = [];
  const outbox = {
    revise: async (id: string, revision: { data?: unknown }) => {
      revised.push(id);
      return store.revise(id, revision);
    },
  };
  const abandoned = createAbandoned({ store, outbox, clock: { now: () => NOW }, log: silentLog });
  abandoned.start();
  await expect.poll(() => revised).toEqual([uuid(1)]);
  await abandoned.stop();
  expect((await store.find(uuid(1)))?.data).toMatchObject({ status: { state: 'broken' } });
  expect((await store.find(uuid(2)))?.data).toMatchObject({ status: { state: 'asking' } });
});
