import type { Knex } from 'knex';
import type { OwedStore } from '../outbox/store.ts';
import { fromRecord, newRecord, type OutboxRecord } from './outbox-records.ts';

export function createOwedStore(knex: Knex): OwedStore {
  const rows = () => knex<OutboxRecord>('outbox');
  /** In the words of the index that is made for this look. */
  const owed = () => rows().whereRaw("state = 'owed'");

  return {
    owe: async (draft, now) => {
      await rows().insert(newRecord(draft, 'owed', now));
    },

    markTold: async (id) => (await owed().andWhere({ id }).update({ state: 'private' })) > 0,

    owedBefore: async (at, limit) =>
      (await owed().andWhere('created_at', '<=', at).orderBy('created_at').limit(limit)).map(fromRecord),

    tellDirectly: async ({ id, wanted }, userId, data) =>
      (await owed()
        .andWhere({ id, wanted })
        .update({ state: 'pending', channel_id: userId, thread_ts: null, data: JSON.stringify(data) })) > 0,
  };
}
