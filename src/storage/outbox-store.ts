import type { Knex } from 'knex';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { createDoubtStore } from './outbox-doubts.ts';
import { createEditStore } from './outbox-edits.ts';
import { createOwedStore } from './outbox-owed.ts';
import { createPostStore } from './outbox-posts.ts';
import { firstOf, fromRecord, newRecord, type OutboxRecord } from './outbox-records.ts';
import { isUuid } from './uuid.ts';

/**
 * Writes drafts as pending rows, in their order. Takes a transaction too, so that a message is decided together with
 * what it speaks of: whoever uses this calls `outbox.wake()` after the commit.
 */
export async function insertDrafts(db: Knex, drafts: readonly OutboxDraft[], now: number): Promise<void> {
  if (drafts.length === 0) return;
  await db('outbox').insert(drafts.map((draft) => newRecord(draft, 'pending', now)));
}

export function createOutboxStore(knex: Knex): OutboxStore {
  const rows = () => knex<OutboxRecord>('outbox');

  return {
    ...createPostStore(knex),
    ...createDoubtStore(knex),
    ...createEditStore(knex),
    ...createOwedStore(knex),

    insert: (drafts, now) => insertDrafts(knex, drafts, now),

    keep: async (draft, now) => {
      await rows().insert(newRecord(draft, 'private', now));
    },

    find: async (id) => (isUuid(id) ? firstOf(await rows().where({ id })) : undefined),

    byMessage: async (teamId, channelId, ts) =>
      firstOf(await rows().where({ team_id: teamId, posted_channel_id: channelId, ts })),

    withoutList: async (kind, fromAt, toAt) =>
      (
        await rows()
          .whereRaw("state = 'sent' and list_id is null")
          .andWhere({ kind })
          .whereBetween('created_at', [fromAt, toAt])
          .orderBy('seq')
      ).map(fromRecord),

    removeOlderThan: async (at) =>
      await rows()
        .where('created_at', '<', at)
        .whereIn('state', ['sent', 'failed', 'private', 'owed'])
        .delete(),
  };
}
