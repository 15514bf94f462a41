import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach } from 'vitest';
import { createOutbox } from '../../src/outbox/delivery.ts';
import type { OutboxDraft, OutboxRow } from '../../src/outbox/outbox.ts';
import type { OutboxStore } from '../../src/outbox/store.ts';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { ScriptedSlack } from './scripted-slack.ts';

export const START = Date.UTC(2026, 10, 23, 9);
export const TIMEOUT_MS = 10_000;

export function fakeClock(at = START) {
  return {
    at,
    now() {
      return this.at;
    },
    pass(ms: number) {
      this.at += ms;
    },
  };
}

const opened: Knex[] = [];
afterEach(async () => {
  for (const knex of opened.splice(0)) await knex.destroy();
});

export async function memoryDatabase(): Promise<Knex> {
  const knex = await openDatabase('sqlite::memory:');
  opened.push(knex);
  await migrate(knex);
  return knex;
}

/** A message that says this. */
export const draft = (text: string, channelId = 'C1', more: Partial<OutboxDraft> = {}): OutboxDraft => ({
  id: randomUUID(),
  teamId: 'T1',
  channelId,
  kind: 'test',
  data: { text },
  ...more,
});

/** An outbox on a real store, with a Slack that does as it is told. */
export async function deskOutbox() {
  const knex = await memoryDatabase();
  const clock = fakeClock();
  const slack = new ScriptedSlack();
  const store = createOutboxStore(knex);
  const refused: { row: OutboxRow; error: string }[] = [];
  const logged: { level: string; message: string; facts: object }[] = [];
  const log = (level: string) => (facts: object, message: string) =>
    void logged.push({ level, message, facts });
  const start = (ownStore: OutboxStore = store) =>
    createOutbox({
      store: ownStore,
      port: slack,
      clock,
      log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
      timeoutMs: TIMEOUT_MS,
      onRefused: async (row, error) => void refused.push({ row, error }),
    });
  const outbox = start();
  /** As digests do: writes the messages down, then says so. */
  const enqueue = async (drafts: readonly OutboxDraft[]) => {
    await store.insert(drafts, clock.now());
    outbox.wake();
  };
  return { knex, clock, slack, store, refused, logged, outbox, enqueue, restart: start };
}
