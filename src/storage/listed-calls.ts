import type { Knex } from 'knex';
import type { CallbackState } from '../callbacks/callback.ts';
import type { ListedCall, ListStore } from '../callbacks/list-store.ts';
import type { CallWindow } from '../calls/call-list.ts';
import type { CallRecord } from './call-records.ts';
import { callsInWindow, narrowBy } from './call-windows.ts';
import { manyRows } from './dialect.ts';
import { toNumber } from './numbers.ts';

/** Calls that are read by one statement. */
const STRETCH = 10_000;

const LISTED = [
  'seq',
  'caller_no',
  'callee_no',
  'media_type',
  'sub_media_type',
  'caller_key',
  'wait_begin_at',
  'call_end_at',
  'callback_id',
] as const satisfies readonly (keyof CallRecord)[];
const STATE = '(select c.state from callbacks c where c.id = missed_calls.callback_id) as state';

/** `state`: the callback's, null where there is none (any more). */
type ListedRecord = Pick<CallRecord, (typeof LISTED)[number]> & { state: CallbackState | null };

/** ListStore.stretches: each goes on after the last call of the one before, in the order of the window's index. */
export async function* listedCalls(
  knex: Knex,
  { teamId, vdn, window }: Parameters<ListStore['stretches']>[0],
): AsyncGenerator<ListedCall[]> {
  const by = narrowBy(window);
  let last: ListedRecord | undefined;
  for (let found = STRETCH; found === STRETCH; ) {
    const stretch = callsInWindow(knex, teamId, vdn, last ? rest(window, by, last) : window);
    stretch.orderBy([by, 'seq']).limit(STRETCH);
    if (last) stretch.whereRaw('(??, seq) > (?, ?)', [by, last[by], last.seq]);
    const query = stretch.select(...LISTED, knex.raw(STATE));
    const records = await manyRows<ListedRecord>(knex, query, [...LISTED, 'state']);
    yield records.map(listedCall);
    last = records.at(-1);
    found = records.length;
  }
}

/** What is left of a window behind a call, but for others of the same moment: nobody reads again what lies before. */
function rest(window: CallWindow, by: ReturnType<typeof narrowBy>, last: ListedRecord): CallWindow {
  const from = toNumber(last[by]);
  switch (by) {
    case 'seq':
      return { ...window, afterSeq: from };
    case 'wait_begin_at':
      return { ...window, waitFromAt: from };
    case 'call_end_at':
      return { ...window, endFromAt: from };
  }
}

const listedCall = ({ callback_id: id, state, ...record }: ListedRecord): ListedCall => ({
  callerNo: record.caller_no,
  calleeNo: record.callee_no,
  callerKey: record.caller_key,
  mediaType: record.media_type,
  subMediaType: record.sub_media_type,
  waitBeginAt: toNumber(record.wait_begin_at),
  callEndAt: toNumber(record.call_end_at),
  callback: id !== null && state !== null ? { id: toNumber(id), state } : null,
});
