import type { Knex } from 'knex';
import type { OutboxDraft, OutboxRow } from '../outbox/outbox.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';
import { isUuid } from './uuid.ts';

/**
 * Writes drafts as pending rows, in their order. Takes a transaction too, so that a message is decided together with
 * what it speaks of: whoever uses this calls `outbox.wake()` after the commit.
 */
export async function insertDrafts(
  db: Knex,
  drafts: readonly OutboxDraft[],
  now: number,
  nextTryAt = now,
): Promise<void> {
  if (drafts.length === 0) return;
  await db('outbox').insert(drafts.map((draft) => newRecord(draft, 'pending', now, nextTryAt)));
}

export function createOutboxStore(knex: Knex): OutboxStore {
  const rows = () => knex<OutboxRecord>('outbox');
  const inState = (id: string, ...states: OutboxRow['state'][]) =>
    rows().where({ id }).whereIn('state', states);
  const first = (records: OutboxRecord[]) => (records[0] ? fromRecord(records[0]) : undefined);

  return {
    insert: (drafts, now, nextTryAt) => insertDrafts(knex, drafts, now, nextTryAt),

    keep: async (draft, now) => {
      await rows().insert(newRecord(draft, 'private', now, now));
    },

    find: async (id) => (isUuid(id) ? first(await rows().where({ id })) : undefined),

    byMessage: async (teamId, channelId, ts) =>
      first(await rows().where({ team_id: teamId, posted_channel_id: channelId, ts })),

    withoutList: async (kind, fromAt, toAt) =>
      (
        await rows()
          .whereRaw("state = 'sent' and list_id is null")
          .andWhere({ kind })
          .whereBetween('created_at', [fromAt, toAt])
          .orderBy('seq')
      ).map(fromRecord),

    // The states stand as literals where the planner has to see them to use a partial index.
    due: async (now, limit) =>
      (
        await rows()
          .where('state', 'pending')
          .andWhere('next_try_at', '<=', now)
          .whereRaw(
            `not exists (select 1 from outbox earlier where earlier.team_id = outbox.team_id
              and earlier.channel_id = outbox.channel_id and earlier.state in ('pending', 'sending')
              and earlier.seq < outbox.seq)`,
          )
          .orderBy('seq')
          .limit(limit)
      ).map(fromRecord),

    claim: async (id, now) =>
      first(
        await inState(id, 'pending')
          .update({
            state: 'sending',
            sending_at: now,
            next_try_at: now,
            attempts: knex.raw('attempts + 1'),
            shown: knex.raw('wanted'),
          })
          .returning('*'),
      ),

    markSent: async (id, { channelId, ts }) =>
      (await inState(id, 'pending', 'sending').update({
        state: 'sent',
        posted_channel_id: channelId,
        ts,
        error: null,
      })) > 0,

    markFailed: async (id, error) =>
      (await inState(id, 'pending', 'sending').update({ state: 'failed', error })) > 0,

    markLater: async (id, nextTryAt) =>
      (await inState(id, 'sending').update({ state: 'pending', next_try_at: nextTryAt })) > 0,

    inDoubt: async (before, limit) =>
      (
        await rows().where('state', 'sending').andWhere('sending_at', '<', before).orderBy('seq').limit(limit)
      ).map(fromRecord),

    revise: async (id, { data, listId, page }) =>
      first(
        await rows()
          .where({ id })
          .update({
            wanted: knex.raw('wanted + 1'),
            ...(data === undefined ? {} : { data: JSON.stringify(data) }),
            ...(listId === undefined ? {} : { list_id: listId }),
            ...(page === undefined ? {} : { page }),
          })
          .returning('*'),
      ),

    bump: async (ids) => {
      await rows().whereIn('id', ids).increment('wanted');
    },

    editsDue: async (now, limit) =>
      await rows()
        .whereRaw("state = 'sent' and wanted > shown")
        .andWhere('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .limit(limit)
        .pluck('id'),

    markShown: async (id, shown) => {
      await rows().where({ id }).andWhere('shown', '<', shown).update({ shown });
    },

    delayEdit: async (id, nextTryAt) => {
      await inState(id, 'sent').update({ next_try_at: nextTryAt });
    },

    markGone: async (id, error) => {
      await inState(id, 'sent').update({ state: 'failed', error });
    },

    removeOlderThan: async (at) =>
      await rows().where('created_at', '<', at).whereIn('state', ['sent', 'failed', 'private']).delete(),
  };
}

/** A row of the table. */
interface OutboxRecord {
  seq: Bigint;
  id: string;
  created_at: Bigint;
  team_id: string;
  channel_id: string;
  kind: string;
  data: string;
  state: OutboxRow['state'];
  attempts: number;
  next_try_at: Bigint;
  sending_at: Bigint | null;
  posted_channel_id: string | null;
  ts: string | null;
  error: string | null;
  subscription_id: Bigint | null;
  list_id: string | null;
  page: number;
  wanted: number;
  shown: number;
}

const newRecord = (draft: OutboxDraft, state: OutboxRow['state'], now: number, nextTryAt: number) => ({
  id: draft.id,
  created_at: now,
  team_id: draft.teamId,
  channel_id: draft.channelId,
  kind: draft.kind,
  data: JSON.stringify(draft.data),
  state,
  next_try_at: nextTryAt,
  subscription_id: draft.subscriptionId ?? null,
  list_id: draft.listId ?? null,
});

const fromRecord = (record: OutboxRecord): OutboxRow => ({
  id: record.id,
  teamId: record.team_id,
  channelId: record.channel_id,
  kind: record.kind,
  data: JSON.parse(record.data),
  state: record.state,
  createdAt: toNumber(record.created_at),
  attempts: record.attempts,
  nextTryAt: toNumber(record.next_try_at),
  sendingAt: toNumberOrNull(record.sending_at),
  postedChannelId: record.posted_channel_id,
  ts: record.ts,
  error: record.error,
  subscriptionId: toNumberOrNull(record.subscription_id),
  listId: record.list_id,
  page: record.page,
  wanted: record.wanted,
  shown: record.shown,
});
