import type { Knex } from 'knex';
import type { CallbackRecord } from './callback-records.ts';

/**
 * In the transaction that tells digests: what only a question had told until now is the channel's from now on, and so may be
 * raised, whoever asked first. `listIds`: what the digests show.
 */
export async function toldByDigest(
  trx: Knex.Transaction,
  listIds: readonly string[],
  now: number,
): Promise<void> {
  if (listIds.length === 0) return;
  await trx<CallbackRecord>('callbacks')
    .where('opened_by', 'question')
    .whereIn(
      'id',
      trx('list_rows').whereIn('list_id', listIds).whereNotNull('callback_id').select('callback_id'),
    )
    .update({
      opened_by: 'digest',
      // Whoever wakes it looks whether it is time to raise it.
      wake_at: trx.raw("case when state = 'done' then null else cast(? as bigint) end", [now]),
    });
}
