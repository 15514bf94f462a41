import type { Knex } from 'knex';
import type { NoticeFor } from '../callbacks/notices.ts';
import { CALL_COLUMNS, type CallRecord, storedCall } from './call-records.ts';

/** In the transaction of changes: what follows from them is to be told. Whether there is any. */
export async function writeNotices(
  trx: Knex.Transaction,
  teamId: string,
  notices: readonly NoticeFor[],
  now: number,
): Promise<boolean> {
  if (notices.length === 0) return false;
  await trx.batchInsert(
    'waiting_notices',
    notices.map(({ to, calls, notice, callbackId, actorId }) => ({
      team_id: teamId,
      recipient: to,
      calls: JSON.stringify(calls),
      notice,
      callback_id: callbackId,
      actor_id: actorId,
      at: now,
    })),
    AT_ONCE,
  );
  return true;
}

/** SQLite binds 32,766 values a statement at most. */
const AT_ONCE = 1000;

/** The calls of callbacks, in order of arrival. */
export const callsOf = async (db: Knex, callbackIds: readonly number[]) =>
  (
    await db('missed_calls')
      .whereIn('callback_id', callbackIds)
      .orderBy('seq')
      .select<CallRecord[]>(...CALL_COLUMNS)
  ).map(storedCall);
