import type { Knex } from 'knex';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/delivery.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { emptyPostgres, type TestDatabase } from '../storage/postgres.ts';
import { draft, fakeClock, TIMEOUT_MS } from './desk-outbox.ts';
import { ScriptedSlack } from './scripted-slack.ts';

const REPLICAS = 3;
const CHANNELS = 6;
const MESSAGES = 36;
/** Three processes, each with its own connections, and doubts that take their time: on a busy machine. */
const PATIENCE = { timeout: 90_000 };

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
});

/** Notes when each message was posted. */
class TimedSlack extends ScriptedSlack {
  readonly posted: { channelId: string; text: string; at: number }[] = [];
  constructor(clock: { now(): number }) {
    super();
    this.beforeAnswer = async () => {
      const { channelId, text } = this.messages.at(-1) as { channelId: string; text: string };
      if (this.messages.length > this.posted.length) this.posted.push({ channelId, text, at: clock.now() });
    };
  }
}

/** Several outboxes on one database, each with a connection of its own, and one Slack. */
async function replicas() {
  const database = await emptyPostgres();
  databases.push(database);
  const clock = fakeClock();
  const slack = new TimedSlack(clock);
  const knexes: Knex[] = [];
  for (let i = 0; i < REPLICAS; i++) knexes.push(await openDatabase(database.url));
  const outboxes: Outbox[] = knexes.map((knex) =>
    createOutbox({
      store: createOutboxStore(knex),
      port: slack,
      clock,
      log: silentLog,
      timeoutMs: TIMEOUT_MS,
      onRefused: async () => {},
    }),
  );
  const store = createOutboxStore(knexes[0] as Knex);
  const unsettled = async () =>
    (await (knexes[0] as Knex)('outbox').whereIn('state', ['pending', 'sending']).pluck('id')).length;
  /** All look for work at the same moments, until nothing is left. */
  async function untilSettled(stepMs: number) {
    for (let steps = 0; (await unsettled()) > 0; steps++) {
      if (steps > 2000) throw new Error('The outbox does not come to an end');
      await Promise.all(outboxes.map((outbox) => outbox.deliverDue()));
      clock.pass(stepMs);
    }
  }
  const close = () => Promise.all(knexes.map((knex) => knex.destroy()));
  return { slack, clock, store, outboxes, untilSettled, close };
}

/** Texts by channel, in the order in which they were decided. */
const plan = () =>
  Array.from({ length: MESSAGES }, (_, i) => ({ channelId: `C${i % CHANNELS}`, text: `m${i}` }));
/** What a channel is to read, in its order. */
const planned = (channelId: string) =>
  plan()
    .filter((one) => one.channelId === channelId)
    .map(({ text }) => text);
const channels = Array.from({ length: CHANNELS }, (_, i) => `C${i}`);

describe('three outboxes on one PostgreSQL', PATIENCE, () => {
  it('post each message once, in the order of its channel, never above its pace', async () => {
    const { slack, store, clock, untilSettled, close } = await replicas();
    await store.insert(
      plan().map(({ text, channelId }) => draft(text, channelId)),
      clock.now(),
    );
    await untilSettled(250);
    await close();
    for (const channelId of channels) {
      expect(slack.texts(channelId)).toEqual(planned(channelId));
      const times = slack.posted.filter((one) => one.channelId === channelId).map(({ at }) => at);
      expect(times).toHaveLength(MESSAGES / CHANNELS);
      for (const [index, at] of times.slice(1).entries())
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  });

  it('lose nothing and repeat nothing when answers are lost, and look into a history once for all', async () => {
    const { slack, store, clock, untilSettled, close } = await replicas();
    const LOST = 5;
    for (let i = 0; i < LOST; i++) {
      slack.fates.push({ outcome: 'accepted-then-lost' }, { outcome: 'unknown', error: 'timeout' });
      slack.fates.push({ outcome: 'later', afterMs: 3000 });
    }
    await store.insert(
      plan().map(({ text, channelId }) => draft(text, channelId)),
      clock.now(),
    );
    await untilSettled(1000);
    await close();
    for (const channelId of channels) expect(slack.texts(channelId)).toEqual(planned(channelId));
    // One look for each that was there, two for each that was not.
    expect(slack.looks).toHaveLength(LOST + 2 * LOST);
  });

  it('answer people at once beside it, within the burst of their channel', async () => {
    const { slack, outboxes, close } = await replicas();
    const rows = await Promise.all(
      Array.from({ length: 9 }, (_, i) => (outboxes[i % REPLICAS] as Outbox).sendNow(draft(`answer ${i}`))),
    );
    await close();
    expect(rows.filter(({ state }) => state === 'sent')).toHaveLength(4);
    expect(rows.filter(({ state }) => state === 'pending')).toHaveLength(5);
    expect(slack.texts()).toHaveLength(4);
  });

  it('edit a message from anywhere, and leave it at its last state', async () => {
    const { slack, outboxes, clock, close } = await replicas();
    const { id } = await (outboxes[0] as Outbox).sendNow(draft('asking'));
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (outboxes[i % REPLICAS] as Outbox).revise(id, { data: { text: `state ${i}` } }),
      ),
    );
    await (outboxes[1] as Outbox).revise(id, { data: { text: 'last' } });
    for (let i = 0; i < 3; i++) {
      clock.pass(1000);
      await Promise.all(outboxes.map((outbox) => outbox.deliverDue()));
    }
    await close();
    expect(slack.texts()).toEqual(['last']);
    expect(slack.updates.length).toBeLessThanOrEqual(13);
  });
});
