import type { Knex } from 'knex';
import { afterEach, beforeEach } from 'vitest';
import type { OutboxDraft, OutboxRow } from '../../src/outbox/outbox.ts';
import type { OutboxStore } from '../../src/outbox/store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { draft } from '../outbox/desk-outbox.ts';

export const NOW = Date.UTC(2026, 10, 23, 9);
export const DOUBT_MS = 40_000;
export const SECOND = 1000;
export const MINUTE = 60_000;

/** For each test an outbox on a database of its own, and what is often done with it. `openDatabase`: a new one, migrated. */
export function outboxRows(openDatabase: () => Promise<Knex>) {
  let knex: Knex;
  let store: OutboxStore;
  beforeEach(async () => {
    knex = await openDatabase();
    store = createOutboxStore(knex);
  });
  afterEach(() => knex.destroy());

  const insert = async (drafts: OutboxDraft[], at = NOW) => {
    await store.insert(drafts, at);
    return drafts;
  };
  const claimDue = (at = NOW, limit = 10) => store.claimDue(at, at + DOUBT_MS, limit);
  /** One row, written and claimed. */
  const claimed = async (at = NOW, one = draft('one')): Promise<OutboxRow> => {
    await insert([one], at);
    const [row] = await claimDue(at);
    return row as OutboxRow;
  };
  const sent = async (one = draft('one'), at = NOW): Promise<OutboxRow> => {
    const row = await claimed(at, one);
    await store.markSent(row.id, { channelId: one.channelId, ts: `${one.channelId}.0` });
    return (await store.find(row.id)) as OutboxRow;
  };
  return {
    get knex() {
      return knex;
    },
    get store() {
      return store;
    },
    insert,
    claimDue,
    claimed,
    sent,
  };
}

export const texts = (rows: readonly OutboxRow[]) => rows.map(({ data }) => (data as { text: string }).text);
