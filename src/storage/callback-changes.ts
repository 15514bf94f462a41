import type { Knex } from 'knex';
import type { Situation } from '../callbacks/callback.ts';
import type { MadeChange } from '../callbacks/notices.ts';
import { type Act, act, CHANGES, type LastChange } from '../callbacks/state.ts';
import {
  type CallbackEventRecord,
  type CallbackRecord,
  situationColumns,
  toCallback,
  toLastChange,
  toSituation,
} from './callback-records.ts';
import { toNumber } from './numbers.ts';

/** What a change came to; `into`: the newer callback that it went into. */
export interface Change {
  record: CallbackRecord;
  made: MadeChange;
  into?: CallbackRecord;
}

/**
 * The callback as it stands, held until the transaction ends. A statement that writes nothing new, first in its
 * transaction: whoever comes second waits here, on SQLite too, and finds what the first has made of it.
 */
export async function holdCallback(
  trx: Knex.Transaction,
  { teamId, callbackId }: { teamId: string; callbackId: number },
): Promise<CallbackRecord | undefined> {
  const [record] = await trx<CallbackRecord>('callbacks')
    .where({ team_id: teamId, id: callbackId })
    .update({ state: trx.raw('state') })
    .returning('*');
  return record;
}

/** Changes a callback that is held, where state.ts allows it; undefined: refused. */
export async function changeCallback(
  trx: Knex.Transaction,
  held: CallbackRecord,
  change: Act,
  last: LastChange | null,
  message: string | null,
): Promise<Change | undefined> {
  if (held.merged_into !== null) return undefined;
  const before = toSituation(held);
  const after = act(before, change, last);
  if (!after) return undefined;
  if (before.state === 'done' && after.state !== 'done') {
    // Reopened beside a newer one it would be the second that is not done.
    const newer = await notDoneOf(trx, held);
    if (newer) {
      const { record } = await mergeInto(trx, held, newer, change, message);
      const { action, actorId } = change;
      return { record, into: newer, made: { action, actorId, before, after: toCallback(record) } };
    }
  }
  const [record] = await trx<CallbackRecord>('callbacks')
    .where('id', held.id)
    .update({ ...situationColumns(after), ...bookkeeping(held, after, change) })
    .returning('*');
  if (!record) throw new Error('A callback vanished while it was held');
  const { action, actorId, at } = change;
  await writeEvent(trx, { record, action, actorId, at, message, before, after });
  return { record, made: { action, actorId, before, after: toCallback(record) } };
}

/** The desk looks at what has changed at once, and decides then when to look again. */
function bookkeeping(held: CallbackRecord, after: Situation, { action, at }: Act) {
  const wake_at = after.state === 'done' ? null : at;
  if (action === 'remind') return { touched_at: held.touched_at, reminded_at: at, wake_at };
  return { touched_at: at, reminded_at: null, wake_at };
}

/** The newer callback takes the calls over, and the lists that show the old one show it. */
export async function mergeInto(
  trx: Knex.Transaction,
  held: CallbackRecord,
  into: CallbackRecord,
  { actorId, at }: Pick<Act, 'actorId' | 'at'>,
  message: string | null,
): Promise<{ record: CallbackRecord }> {
  const record = { ...held, merged_into: into.id };
  await trx('callbacks').where('id', held.id).update({ merged_into: into.id });
  await trx('callbacks')
    .where('id', into.id)
    .andWhere('waiting_since', '>', held.waiting_since)
    .update({ waiting_since: held.waiting_since });
  await trx('missed_calls').where('callback_id', held.id).update({ callback_id: into.id });
  await trx('list_rows').where('callback_id', held.id).update({ callback_id: into.id });
  // So that one step always leads to where the calls are.
  await trx('callbacks').where('merged_into', held.id).update({ merged_into: into.id });
  const before = toSituation(held);
  const there = toSituation(into);
  const event = { actorId, at, message };
  await writeEvent(trx, { ...event, record, action: 'merge', before, after: before });
  await writeEvent(trx, { ...event, record: into, action: 'join', before: there, after: there });
  return { record };
}

/** The callback of the same caller that is not done. */
const notDoneOf = (trx: Knex.Transaction, { team_id, vdn, caller_key }: CallbackRecord) =>
  trx<CallbackRecord>('callbacks').where({ team_id, vdn, caller_key }).whereNot('state', 'done').first();

/** The last event of a callback that is a change. */
export async function lastChange(db: Knex, teamId: string, callbackId: number): Promise<LastChange | null> {
  const last = await db<CallbackEventRecord>('callback_events')
    .where({ team_id: teamId, callback_id: callbackId })
    .whereIn('action', CHANGES)
    .orderBy('id', 'desc')
    .first();
  return toLastChange(last);
}

/** A row of the callback's history. */
async function writeEvent(
  trx: Knex.Transaction,
  event: {
    record: CallbackRecord;
    action: CallbackEventRecord['action'];
    actorId: string | null;
    at: number;
    message: string | null;
    before: Situation;
    after: Situation;
  },
): Promise<void> {
  const { record, before, after } = event;
  await trx('callback_events').insert({
    team_id: record.team_id,
    callback_id: toNumber(record.id),
    at: event.at,
    actor_id: event.actorId,
    action: event.action,
    from_state: before.state,
    to_state: after.state,
    from_owner_id: before.ownerId,
    to_owner_id: after.ownerId,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
    message: event.message,
  });
}
