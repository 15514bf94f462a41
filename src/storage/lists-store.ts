import type { Knex } from 'knex';
import { LIST_PAGE_SIZE } from '../callbacks/list-page.ts';
import type { ListStore, NewListRow, StoredListRow } from '../callbacks/list-store.ts';
import type { CallList } from '../calls/call-list.ts';
import { CALL_COLUMNS, type CallRecord, storedCall } from './call-records.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';
import { each } from './dialect.ts';
import { listedCalls } from './listed-calls.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { holdTurns, inTransaction } from './transactions.ts';
import { isUuid } from './uuid.ts';

/** Rows that are written by one statement: the one writer is never held for long. */
const ROWS_AT_ONCE = 10_000;
/** Lists that one statement of the retention removes, each with its rows. */
const BATCH = 50;

export function createListStore(knex: Knex): ListStore {
  return {
    stretches: (of) => listedCalls(knex, of),

    async save(list, rows) {
      await inTransaction(knex, (trx) => insertList(trx, list, rows.slice(0, ROWS_AT_ONCE)));
      for (let from = ROWS_AT_ONCE; from < rows.length; from += ROWS_AT_ONCE) {
        await inTransaction(knex, (trx) =>
          insertRows(trx, list, rows.slice(from, from + ROWS_AT_ONCE), from),
        );
      }
    },

    async find(listId) {
      if (!isUuid(listId)) return undefined;
      const record = await knex<ListRecord>('lists').where({ id: listId }).first();
      return record && fromRecord(record);
    },

    async rows(listId, from, count) {
      const records = await knex('list_rows as r')
        .leftJoin('callbacks as c', 'c.id', 'r.callback_id')
        .where('r.list_id', listId)
        .where('r.position', '>=', from)
        .where('r.position', '<', from + count)
        .orderBy('r.position')
        .select<RowRecord[]>('c.*', 'r.caller_key as row_caller_key', 'r.position');
      return records.map(toRow);
    },

    async callsOf(list, callerKeys) {
      const keys = callerKeys.filter((key) => key !== null);
      const ofCallers = await inWindow(knex, list, '+seq').whereIn('caller_key', keys);
      if (!callerKeys.includes(null)) return ofCallers.map(storedCall);
      const arrival = list.window.afterSeq > 0 ? 'seq' : '+seq';
      const withoutNumber = await inWindow(knex, list, arrival).whereNull('caller_key');
      return [...ofCallers, ...withoutNumber].map(storedCall);
    },

    async callsOfCallbacks(callbackIds, uptoSeq) {
      if (callbackIds.length === 0) return [];
      const calls = await knex('missed_calls')
        .whereIn('callback_id', callbackIds)
        .where('seq', '<=', uptoSeq)
        .select<CallRecord[]>(...CALL_COLUMNS);
      return calls.map(storedCall);
    },

    async laterCalls(callbackIds, afterSeq) {
      const counts = await knex('missed_calls')
        .whereIn('callback_id', callbackIds)
        .where('seq', '>', afterSeq)
        .groupBy('callback_id')
        .select<{ callback_id: Bigint; calls: Bigint }[]>('callback_id', knex.raw('count(*) as calls'));
      return new Map(counts.map(({ callback_id, calls }) => [toNumber(callback_id), toNumber(calls)]));
    },

    async countCallbacks({ id, callbacksFrom }) {
      const rows = knex('list_rows as r').where({ 'r.list_id': id });
      if (callbacksFrom) rows.where('r.position', '<', callbacksFrom);
      const found = await rows
        .join('callbacks as c', 'c.id', 'r.callback_id')
        .select({
          open: knex.raw("sum(case when c.state = 'open' then 1 else 0 end)"),
          all: knex.raw('count(*)'),
        })
        .first<{ open: Bigint | null; all: Bigint }>();
      return { stillOpen: toNumber(found.open ?? 0), anyClaimable: toNumber(found.all) > 0 };
    },

    async delete(listId) {
      await knex<ListRecord>('lists').where({ id: listId }).delete();
    },

    async removeOlderThan(at) {
      let removed = 0;
      for (let batch = BATCH; batch === BATCH; removed += batch) {
        const old = knex('lists').where('created_at', '<', at).limit(BATCH).select('id');
        batch = await knex('lists').whereIn('id', old).delete();
      }
      return removed;
    },
  };
}

/** Writes a list within a transaction, so that a message is decided together with what it shows. */
export async function insertList(
  trx: Knex.Transaction,
  list: CallList,
  rows: readonly NewListRow[],
): Promise<void> {
  await trx<ListRecord>('lists').insert(newRecord(list));
  await insertRows(trx, list, rows, 0);
}

/** Some of a list's rows, the first one at the place `from`. */
async function insertRows(
  trx: Knex.Transaction,
  { id, teamId, vdn }: CallList,
  rows: readonly NewListRow[],
  from: number,
): Promise<void> {
  // A callback that is merged meanwhile would stay in this list under its old name.
  await holdTurns(trx, 'callbacks', teamId, vdn);
  const records = rows.map(({ callerKey, callbackId }) => [callerKey, callbackId]);
  await trx.raw(rowsFrom(trx), [id, from, JSON.stringify(records)]);
}

/**
 * The calls of a list's window. A plus hides a condition from the planner, which would take it for a narrow one: callers
 * have few calls each, but the calls without a number are as many as the window is wide, by arrival or by time.
 */
function inWindow(knex: Knex, { teamId, vdn, window }: CallList, seq: 'seq' | '+seq') {
  const { afterSeq, uptoSeq, waitFromAt, waitToAt, endFromAt } = window;
  const query = knex('missed_calls')
    .where({ team_id: teamId, vdn })
    .whereRaw(`${seq} > ? and ${seq} <= ?`, [afterSeq, uptoSeq]);
  if (waitFromAt !== null) query.where('wait_begin_at', '>=', waitFromAt);
  if (waitToAt !== null) query.where('wait_begin_at', '<', waitToAt);
  if (endFromAt !== null) query.whereRaw('+call_end_at >= ?', [endFromAt]);
  return query.select<CallRecord[]>(...CALL_COLUMNS);
}

/**
 * Ids of the outbox rows in Slack whose list shows this callback on the page that they show now, newest first: the copies
 * to edit when it changes. Those that are on their way, or in doubt, may be there already, as things stood before.
 */
export async function outboxIdsShowing(
  knex: Knex,
  callbackId: number,
  limit: number,
  exceptId?: string,
): Promise<string[]> {
  const query = knex('list_rows as r')
    .join('outbox as o', 'o.list_id', 'r.list_id')
    .where({ 'r.callback_id': callbackId })
    .whereIn('o.state', ['sent', 'sending'])
    .whereRaw('r.position >= o.page * ?', [LIST_PAGE_SIZE])
    .whereRaw('r.position < (o.page + 1) * ?', [LIST_PAGE_SIZE])
    // Newest in Slack: what was posted again comes after what was decided later.
    .orderByRaw("o.state = 'sending' desc, o.ts desc, o.seq desc")
    .limit(limit);
  if (exceptId !== undefined) query.whereNot('o.id', exceptId);
  return await query.pluck('o.id');
}

/** One statement for all rows. A callback that was merged since it was read is the one that it was merged into. */
const rowsFrom = (db: Knex) => `
  insert into list_rows (list_id, position, caller_key, callback_id)
  select ?, cast(? as integer) + page.key, page.value ->> 0, coalesce(
    (select c.merged_into from callbacks c where c.id = cast(page.value ->> 1 as bigint)),
    cast(page.value ->> 1 as bigint))
  from ${each(db, '?')} as page`;

interface ListRecord {
  id: string;
  team_id: string;
  vdn: number;
  created_at: Bigint;
  data: string;
  row_count: number;
}

const newRecord = ({ id, teamId, vdn, createdAt, rowCount, ...data }: CallList): ListRecord => ({
  id,
  team_id: teamId,
  vdn,
  created_at: createdAt,
  data: JSON.stringify(data),
  row_count: rowCount,
});

const fromRecord = (record: ListRecord): CallList => ({
  ...(JSON.parse(record.data) as Pick<CallList, 'window' | 'filter' | 'figures' | 'callbacksFrom'>),
  id: record.id,
  teamId: record.team_id,
  vdn: record.vdn,
  createdAt: toNumber(record.created_at),
  rowCount: record.row_count,
});

/** A row of a list beside the columns of its callback, all null where it has none. */
type RowRecord = { row_caller_key: string | null; position: number } & (CallbackRecord | { id: null });

const toRow = (record: RowRecord): StoredListRow => ({
  position: record.position,
  callerKey: record.row_caller_key,
  callback: record.id === null ? null : toCallback(record),
});
