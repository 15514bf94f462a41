import type { Knex } from 'knex';
import type { ActRequest } from '../callbacks/service.ts';
import type { CallbackStore, Decision, Tell } from '../callbacks/store.ts';
import { attachNew } from './callback-attach.ts';
import { changeCallback, holdCallback, lastChange } from './callback-changes.ts';
import { callsOf, writeNotices } from './callback-notices.ts';
import {
  type CallbackEventRecord,
  type CallbackRecord,
  toCallback,
  toCallbackEvent,
} from './callback-records.ts';
import { toNumber } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';

/** Rows that one statement of the retention removes: the one writer is never held for long. */
const BATCH = 2000;

export function createCallbackStore(knex: Knex): CallbackStore {
  return {
    act: (request, now, tell) =>
      knex.transaction(async (trx) => {
        const held = await holdCallback(trx, request);
        if (!held) return { outcome: 'gone' };
        const changed = await decide(trx, held, request, now, tell);
        if (changed.outcome !== 'unchanged' || held.merged_into === null) return changed;
        // The clicked message is older than the merge. Undo speaks of the one that is gone, all else of the caller.
        const into = await holdCallback(trx, { ...request, callbackId: toNumber(held.merged_into) });
        if (!into) return { outcome: 'gone' };
        return request.action === 'undo'
          ? { ...changed, callback: toCallback(into) }
          : await decide(trx, into, request, now, tell);
      }),

    attachNew: (request, rules) =>
      knex.transaction(async (trx) => {
        const attached = await attachNew(trx, request, rules);
        const { joined } = attached;
        await insertDrafts(trx, joined.length > 0 ? rules.joinedDrafts(joined) : [], rules.now);
        return attached;
      }),

    async findAll(teamId, ids) {
      const records = await knex<CallbackRecord>('callbacks')
        .where('team_id', teamId)
        .whereRaw('id in (select value from json_each(?))', [JSON.stringify(ids)]);
      return new Map(records.map((record) => [toNumber(record.id), toCallback(record)]));
    },

    async events(teamId, callbackId) {
      const records = await knex<CallbackEventRecord>('callback_events')
        .where({ team_id: teamId, callback_id: callbackId })
        .orderBy('id');
      return records.map(toCallbackEvent);
    },

    lastChange: (teamId, callbackId) => lastChange(knex, teamId, callbackId),

    callsOf: async (teamId, callbackId) => {
      const own = await knex<CallbackRecord>('callbacks').where({ team_id: teamId, id: callbackId }).first();
      return own ? await callsOf(knex, [callbackId]) : [];
    },

    async removeOlderThan(at) {
      let removed = 0;
      for (let batch = BATCH; batch === BATCH; removed += batch) {
        const idle = knex('callbacks')
          .where('since', '<', at)
          .whereNotExists(
            knex('missed_calls').where('missed_calls.callback_id', knex.ref('callbacks.id')).select('seq'),
          )
          .limit(BATCH)
          .select('id');
        batch = await knex('callbacks').whereIn('id', idle).delete();
      }
      return removed;
    },
  };
}

/** What a person does to a callback that is held. */
async function decide(
  trx: Knex.Transaction,
  held: CallbackRecord,
  request: ActRequest,
  now: number,
  tell: Tell,
): Promise<Exclude<Decision, { outcome: 'gone' }>> {
  const last = await lastChange(trx, request.teamId, toNumber(held.id));
  const isSeen = request.seen === undefined || request.seen === (last?.id ?? null);
  const act = { ...request, at: now };
  const change = isSeen ? await changeCallback(trx, held, act, last, request.message) : undefined;
  if (!change) return { outcome: 'unchanged', callback: toCallback(held), last };
  const callback = toCallback(change.record);
  if (change.into) return { outcome: 'merged', callback, into: toCallback(change.into), told: false };
  const told = await writeNotices(trx, [change.made], tell, now);
  return { outcome: 'changed', callback, told };
}
