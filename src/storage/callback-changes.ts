import type { Knex } from 'knex';
import type { CallbackEvent } from '../callbacks/callback.ts';
import type { ActRequest } from '../callbacks/service.ts';
import { CHANGES, ownerAfter, ownerBefore, type Transition, transitions } from '../callbacks/state.ts';
import type { Decision } from '../callbacks/store.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';

/**
 * Tries the action's transitions, each one guarded statement; at most one of them fits the state that it finds. Only
 * who wins writes the event. undefined: refused.
 */
export async function changeCallback(
  trx: Knex.Transaction,
  request: ActRequest,
  now: number,
): Promise<Decision | undefined> {
  for (const transition of transitions.filter(({ action }) => action === request.action)) {
    const guarded = allowed(trx, transition, request);
    // Reopened beside a newer one it would be the second that is not done: mergeIntoNewer's.
    if (transition.from === 'done') guarded.whereNotExists(newer(trx));
    const [record] = await guarded
      .update({
        state: transition.to,
        owner_id: ownerAfter(transition, request.actorId),
        since: now,
        done_at: transition.to === 'done' ? now : null,
      })
      .returning('*');
    if (!record) continue;
    await writeEvent(trx, record, request, now, {
      action: request.action,
      fromState: transition.from,
      fromOwnerId: ownerBefore(transition, request.actorId),
    });
    return { outcome: 'changed', callback: toCallback(record) };
  }
  return undefined;
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
  const undoDone = transitions.find(({ undoes }) => request.action === 'undo' && undoes === 'done');
  if (!undoDone) return undefined;
  const [old] = await allowed(trx, undoDone, request)
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

/** The callback, if this transition may be made by this person. */
function allowed(trx: Knex.Transaction, transition: Transition, { teamId, callbackId, actorId }: ActRequest) {
  const query = trx<CallbackRecord>('callbacks')
    .where({
      team_id: teamId,
      id: callbackId,
      state: transition.from,
      owner_id: ownerBefore(transition, actorId),
    })
    .whereNull('merged_into');
  if (transition.undoes) query.whereExists(lastChangeIs(trx, transition.undoes, actorId));
  return query;
}

const lastChangeIs = (trx: Knex.Transaction, action: CallbackEvent['action'], actorId: string) =>
  trx('callback_events as last')
    .where('last.callback_id', trx.ref('callbacks.id'))
    .where({ 'last.action': action, 'last.actor_id': actorId })
    .whereNotExists(
      trx('callback_events as later')
        .where('later.callback_id', trx.ref('last.callback_id'))
        .where('later.id', '>', trx.ref('last.id'))
        .whereIn('later.action', CHANGES)
        .select('later.id'),
    )
    .select('last.id');

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
