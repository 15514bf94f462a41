import type { Knex } from 'knex';
import type { CallRecord } from './call-records.ts';
import { keepFigures, type RemovedCall } from './daily-figures.ts';
import { rowsOf } from './dialect.ts';
import { inTransaction } from './transactions.ts';

/** See CallStore.removeEndedBefore. `batch`: rows that one transaction removes. */
export async function removeCallsEndedBefore(knex: Knex, at: number, batch: number): Promise<number> {
  let removed = 0;
  const vdns = await knex<CallRecord>('missed_calls').distinct('team_id', 'vdn');
  for (const { team_id, vdn } of vdns) {
    for (let count = batch; count === batch; removed += count) {
      count = await inTransaction(knex, async (trx) => {
        const bind = { team: team_id, vdn, at, batch };
        const calls = await rowsOf<RemovedCall>(trx, DELETE_ENDED, bind);
        await keepFigures(trx, { team_id, vdn }, calls);
        return calls.length;
      });
    }
  }
  // A call erased before then has ended before then: a sync would not store it again.
  await knex('erased_calls').where('erased_at', '<', at).delete();
  return removed;
}

// Spelled out: knex leaves `returning` out of a delete on SQLite.
const DELETE_ENDED = `
  delete from missed_calls where seq in (
    select seq from missed_calls where team_id = :team and vdn = :vdn and call_end_at < :at limit :batch
  )
  returning wait_begin_at, call_end_at, caller_key`;
