import type { Knex } from 'knex';
import type { MadeChange } from '../callbacks/notices.ts';
import type { Tell } from '../callbacks/store.ts';
import { CALL_COLUMNS, type CallRecord, storedCall } from './call-records.ts';
import { insertList } from './lists-store.ts';
import { insertDrafts } from './outbox-store.ts';

/** Writes the messages that follow from changes, each with its list. Whether there are any. */
export async function writeNotices(
  trx: Knex.Transaction,
  made: readonly MadeChange[],
  { tellings, message }: Tell,
  now: number,
): Promise<boolean> {
  const told = tellings(made);
  for (const telling of told) {
    const ids = telling.entries.map(({ callbackId }) => callbackId);
    const { list, rows, draft } = message(telling, await callsOf(trx, ids));
    await insertList(trx, list, rows);
    await insertDrafts(trx, [draft], now);
  }
  return told.length > 0;
}

/** The calls of callbacks, in order of arrival. */
export const callsOf = async (db: Knex, callbackIds: readonly number[]) =>
  (
    await db('missed_calls')
      .whereIn('callback_id', callbackIds)
      .orderBy('seq')
      .select<CallRecord[]>(...CALL_COLUMNS)
  ).map(storedCall);
