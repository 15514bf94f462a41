import type { Knex } from 'knex';
import type { ActRequest } from '../callbacks/service.ts';
import type { Attached, CallbackStore, Decision, Tell } from '../callbacks/store.ts';
import { attachStretch } from './callback-attach.ts';
import { changeCallback, holdCallback, lastChange } from './callback-changes.ts';
import { wantEdits } from './callback-copies.ts';
import { callsOf, writeNotices } from './callback-notices.ts';
import {
  type CallbackEventRecord,
  type CallbackRecord,
  toCallback,
  toCallbackEvent,
} from './callback-records.ts';
import { toWake, wakeCallbacks } from './callback-wake.ts';
import { idsIn, isPostgres } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';
import { holdTurns, inTransaction, takeTurn } from './transactions.ts';

/** Rows that one statement of the retention removes: the one writer is never held for long. */
const BATCH = 2000;
/** After a burst, messages of so many callbacks are edited at most; the others when somebody clicks them. */
const GROWN_SHOWN = 10;

export function createCallbackStore(knex: Knex): CallbackStore {
  return {
    act: (request, now, tell) =>
      inTransaction(knex, async (trx) => {
        await waitForTurn(trx, request);
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

    async attachNew(request, rules) {
      const all: Attached = { joined: [], grown: [] };
      for (let more = true; more; ) {
        const stretch = await inTransaction(knex, async (trx) => {
          const attached = await attachStretch(trx, request, rules);
          const { joined, grown } = attached;
          await insertDrafts(trx, joined.length > 0 ? rules.joinedDrafts(joined) : [], rules.now);
          await wantEdits(trx, grown.slice(-GROWN_SHOWN));
          return attached;
        });
        all.joined = all.joined.concat(stretch.joined);
        all.grown = all.grown.concat(stretch.grown);
        more = stretch.more;
      }
      return all;
    },

    async findAll(teamId, ids) {
      const records = await knex<CallbackRecord>('callbacks')
        .where('team_id', teamId)
        .whereRaw(`id in (${idsIn(knex, '?')})`, [JSON.stringify(ids)]);
      return new Map(records.map((record) => [toNumber(record.id), toCallback(record)]));
    },

    async missedSince(teamId, ids) {
      const firsts = await knex('missed_calls')
        .where('team_id', teamId)
        .whereRaw(`callback_id in (${idsIn(knex, '?')})`, [JSON.stringify(ids)])
        .groupBy('callback_id')
        .select<{ callback_id: Bigint; at: Bigint }[]>('callback_id', knex.raw('min(wait_begin_at) as at'));
      return new Map(firsts.map(({ callback_id, at }) => [toNumber(callback_id), toNumber(at)]));
    },

    async events(teamId, callbackId) {
      const records = await knex<CallbackEventRecord>('callback_events')
        .where({ team_id: teamId, callback_id: callbackId })
        .orderBy('id');
      return records.map(toCallbackEvent);
    },

    toWake: (now, limit) => toWake(knex, now, limit),
    wake: (due, now, work) => inTransaction(knex, (trx) => wakeCallbacks(trx, due, now, work)),

    async expiredBetween(teamId, vdn, afterAt, uptoAt) {
      const expired = await knex<CallbackRecord>('callbacks')
        .whereRaw("outcome = 'expired'")
        .andWhere({ team_id: teamId, vdn, opened_by: 'digest' })
        .andWhere('done_at', '>', afterAt)
        .andWhere('done_at', '<=', uptoAt)
        .orderBy(['waiting_since', 'id'])
        .select('id', 'caller_key');
      return expired.map(({ id, caller_key: callerKey }) => ({ callerKey, callbackId: toNumber(id) }));
    },

    lastChange: (teamId, callbackId) => lastChange(knex, teamId, callbackId),

    callsOf: async (teamId, callbackId) => {
      const own = await find(knex, teamId, callbackId);
      return own ? await callsOf(knex, [callbackId]) : [];
    },

    async removeOlderThan(at) {
      let removed = 0;
      const vdns = await knex<CallbackRecord>('callbacks').where('since', '<', at).distinct('team_id', 'vdn');
      for (const { team_id, vdn } of vdns) {
        for (let batch = BATCH; batch === BATCH; removed += batch) {
          batch = await inTransaction(knex, async (trx) => {
            // A call that is given to one of them meanwhile would be left alone.
            await takeTurn(trx, 'callbacks', team_id, vdn);
            return await trx('callbacks')
              .whereIn('id', idle(trx, { team_id, vdn }, at))
              .delete();
          });
        }
      }
      return removed;
    },
  };
}

/** Callbacks that hold no call and have not changed since, as many as go at once. */
const idle = (trx: Knex.Transaction, ofVdn: Pick<CallbackRecord, 'team_id' | 'vdn'>, at: number) =>
  trx('callbacks')
    .where(ofVdn)
    .where('since', '<', at)
    .whereNotExists(
      trx('missed_calls').where('missed_calls.callback_id', trx.ref('callbacks.id')).select('seq'),
    )
    .limit(BATCH)
    .select('id');

/**
 * No calls are given to callbacks of the VDN while somebody clicks. Undo may reopen or merge, and does so alone: two that
 * are undone at once would collide.
 */
async function waitForTurn(trx: Knex.Transaction, request: ActRequest): Promise<void> {
  if (!isPostgres(trx)) return;
  const clicked = await find(trx, request.teamId, request.callbackId);
  if (!clicked) return;
  const wait = request.action === 'undo' ? takeTurn : holdTurns;
  await wait(trx, 'callbacks', clicked.team_id, clicked.vdn);
}

const find = (db: Knex, teamId: string, callbackId: number) =>
  db<CallbackRecord>('callbacks').where({ team_id: teamId, id: callbackId }).first();

/** What a person does to a callback that is held. */
async function decide(
  trx: Knex.Transaction,
  held: CallbackRecord,
  request: ActRequest,
  now: number,
  tell: Tell,
): Promise<Exclude<Decision, { outcome: 'gone' }>> {
  const readLast = () => lastChange(trx, request.teamId, toNumber(held.id));
  // Most changes are allowed or refused by how things stand; those who wait behind this one need not wait for more.
  const dependsOnLast = request.action === 'undo' || request.seen !== undefined;
  const last = dependsOnLast ? await readLast() : null;
  const isSeen = request.seen === undefined || request.seen === (last?.id ?? null);
  const act = { ...request, at: now };
  const change = isSeen ? await changeCallback(trx, held, act, last, request.message) : undefined;
  if (!change) return { outcome: 'unchanged', callback: toCallback(held), last: last ?? (await readLast()) };
  const callback = toCallback(change.record);
  const changed = [callback.id, ...(change.into ? [toNumber(change.into.id)] : [])];
  const { teamId, message } = request;
  await wantEdits(trx, changed, request.inForm ? undefined : { teamId, message });
  if (change.into) return { outcome: 'merged', callback, into: toCallback(change.into) };
  await writeNotices(trx, teamId, tell([change.made]), now);
  return { outcome: 'changed', callback };
}
