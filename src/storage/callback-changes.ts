import type { Knex } from 'knex';
import type { CallbackEvent } from '../callbacks/callback.ts';
import type { ActRequest } from '../callbacks/service.ts';
import { ownerAfter, ownerBefore, transitions } from '../callbacks/state.ts';
import type { Decision } from '../callbacks/store.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';

/** One guarded statement, so that nobody reads first. Only who wins writes the event. undefined: refused. */
export async function changeCallback(
  trx: Knex.Transaction,
  request: ActRequest,
  now: number,
): Promise<Decision | undefined> {
  const { action, actorId } = request;
  const transition = transitions[action];
  const guarded = allowed(trx, request);
  // Reopened beside a newer one it would be the second that is not done: mergeIntoNewer's.
  if (transition.from === 'done') guarded.whereNotExists(newer(trx));
  const [record] = await guarded
    .update({
      state: transition.to,
      owner_id: ownerAfter(transition, actorId),
      since: now,
      done_at: transition.to === 'done' ? now : null,
    })
    .returning('*');
  if (!record) return undefined;
  const fromOwnerId = ownerBefore(transition, actorId);
  await writeEvent(trx, record, request, now, { action, fromState: transition.from, fromOwnerId });
  return { outcome: 'changed', callback: toCallback(record) };
}

/**
 * Undo of Done where the caller has a newer callback that is not done: that one takes the calls over, and the lists that
 * show the old one show it. undefined: no such case.
 */
export async function mergeIntoNewer(
  trx: Knex.Transaction,
  request: ActRequest,
  now: number,
): Promise<Decision | undefined> {
  if (request.action !== 'undo') return undefined;
  const [old] = await allowed(trx, request)
    .whereExists(newer(trx))
    .update({ merged_into: trx.raw('?', [newer(trx)]) })
    .returning('*');
  if (!old?.merged_into) return undefined;

  const into = old.merged_into;
  await trx('missed_calls').where('callback_id', old.id).update({ callback_id: into });
  await trx('list_rows').where('callback_id', old.id).update({ callback_id: into });
  // So that one step always leads to where the calls are.
  await trx('callbacks').where(callerOf(old)).where('merged_into', old.id).update({ merged_into: into });
  const current = await trx<CallbackRecord>('callbacks').where('id', into).first();
  if (!current) throw new Error('A callback was merged into one that is not there');
  await writeEvent(trx, old, request, now, {
    action: 'merge',
    fromState: old.state,
    fromOwnerId: old.owner_id,
  });
  await writeEvent(trx, current, request, now, {
    action: 'join',
    fromState: current.state,
    fromOwnerId: current.owner_id,
  });
  return { outcome: 'merged', callback: toCallback(old), into: toCallback(current) };
}

/** The callback, if this person may do this to it now. */
function allowed(trx: Knex.Transaction, { teamId, callbackId, action, actorId }: ActRequest) {
  const transition = transitions[action];
  return trx<CallbackRecord>('callbacks')
    .where({
      team_id: teamId,
      id: callbackId,
      state: transition.from,
      owner_id: ownerBefore(transition, actorId),
    })
    .whereNull('merged_into');
}

/** The callback of the same caller that is not done. */
const newer = (trx: Knex.Transaction) =>
  trx('callbacks as newer')
    .where('newer.team_id', trx.ref('callbacks.team_id'))
    .where('newer.vdn', trx.ref('callbacks.vdn'))
    .where('newer.caller_key', trx.ref('callbacks.caller_key'))
    .whereNot('newer.state', 'done')
    .select('newer.id');

const callerOf = ({ team_id, vdn, caller_key }: CallbackRecord) => ({ team_id, vdn, caller_key });

/** A row of the callback's history; the callback as it is after the change. */
async function writeEvent(
  trx: Knex.Transaction,
  after: CallbackRecord,
  { actorId, message }: ActRequest,
  now: number,
  { action, fromState, fromOwnerId }: Pick<CallbackEvent, 'action' | 'fromState' | 'fromOwnerId'>,
): Promise<void> {
  await trx('callback_events').insert({
    team_id: after.team_id,
    callback_id: after.id,
    at: now,
    actor_id: actorId,
    action,
    from_state: fromState,
    to_state: after.state,
    from_owner_id: fromOwnerId,
    to_owner_id: after.owner_id,
    message,
  });
}
