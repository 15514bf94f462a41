import type { Knex } from 'knex';
import type { OutboxDraft } from '../outbox/outbox.ts';

/**
 * Writes drafts as pending rows, in their order. Takes a transaction too, so that a message is decided together with
 * what it speaks of: whoever uses this calls `outbox.wake()` after the commit.
 */
export async function insertDrafts(db: Knex, drafts: readonly OutboxDraft[], now: number): Promise<void> {
  if (drafts.length === 0) return;
  await db('outbox').insert(drafts.map((draft) => newRow(draft, now, now)));
}

const newRow = (draft: OutboxDraft, now: number, nextTryAt: number) => ({
  id: draft.id,
  created_at: now,
  team_id: draft.teamId,
  channel_id: draft.channelId,
  kind: draft.kind,
  data: JSON.stringify(draft.data),
  state: 'pending',
  next_try_at: nextTryAt,
  subscription_id: draft.subscriptionId ?? null,
  list_id: draft.listId ?? null,
});
