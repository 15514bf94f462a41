import type { Knex } from 'knex';
import type { ActRequest } from '../callbacks/service.ts';
import { CHANGES, type LastChange } from '../callbacks/state.ts';
import type { CallbackStore, Decision } from '../callbacks/store.ts';
import { attachNew } from './callback-attach.ts';
import { changeCallback, mergeIntoNewer } from './callback-changes.ts';
import {
  type CallbackEventRecord,
  type CallbackRecord,
  toCallback,
  toCallbackEvent,
} from './callback-records.ts';
import { idsIn, isPostgres } from './dialect.ts';
import { outboxIdsShowing } from './lists-store.ts';
import { toNumber } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';
import { holdTurns, inTransaction, takeTurn } from './transactions.ts';

/** Rows that one statement of the retention removes: the one writer is never held for long. */
const BATCH = 2000;

export function createCallbackStore(knex: Knex): CallbackStore {
  return {
    act: (request, now) =>
      inTransaction(knex, async (trx) => {
        await waitForTurn(trx, request);
        const decided = await decide(trx, request, now);
        if (decided) return decided;
        const callback = await find(trx, request);
        if (!callback) return { outcome: 'gone' };
        const last = await lastChange(trx, callback);
        if (callback.merged_into === null)
          return { outcome: 'unchanged', callback: toCallback(callback), last };
        // The clicked message is older than the merge. Undo speaks of the one that is gone, all else of the caller.
        const current = { ...request, callbackId: toNumber(callback.merged_into) };
        const decidedThere = request.action === 'undo' ? undefined : await decide(trx, current, now);
        if (decidedThere) return decidedThere;
        const into = await find(trx, current);
        if (!into) return { outcome: 'gone' };
        const lastThere = request.action === 'undo' ? last : await lastChange(trx, into);
        return { outcome: 'unchanged', callback: toCallback(into), last: lastThere };
      }),

    attachNew: (request, rules) =>
      inTransaction(knex, async (trx) => {
        const attached = await attachNew(trx, request, rules);
        const { joined } = attached;
        await insertDrafts(trx, joined.length > 0 ? rules.joinedDrafts(joined) : [], rules.now);
        return attached;
      }),

    async findAll(teamId, ids) {
      const records = await knex<CallbackRecord>('callbacks')
        .where('team_id', teamId)
        .whereRaw(`id in (${idsIn(knex, '?')})`, [JSON.stringify(ids)]);
      return new Map(records.map((record) => [toNumber(record.id), toCallback(record)]));
    },

    async events(teamId, callbackId) {
      const records = await knex<CallbackEventRecord>('callback_events')
        .where({ team_id: teamId, callback_id: callbackId })
        .orderBy('id');
      return records.map(toCallbackEvent);
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
  const clicked = await find(trx, request);
  if (!clicked) return;
  const wait = request.action === 'undo' ? takeTurn : holdTurns;
  await wait(trx, 'callbacks', clicked.team_id, clicked.vdn);
}

/** The transaction begins with a statement that writes, so that on SQLite it waits for its turn instead of failing in the middle. */
async function decide(
  trx: Knex.Transaction,
  request: ActRequest,
  now: number,
): Promise<Decision | undefined> {
  const decision = (await changeCallback(trx, request, now)) ?? (await mergeIntoNewer(trx, request, now));
  if (decision?.outcome === 'changed' || decision?.outcome === 'merged')
    await wantEdits(trx, request, decision);
  return decision;
}

/** A change is shown in so many other copies of its row. */
const OTHER_COPIES = 3;

/**
 * In the transaction of a change: the newest other messages that show the callback are to be edited, whatever becomes of this
 * process afterwards. The clicked one is edited by whoever answers the click; where nobody does, it is clicked again.
 */
async function wantEdits(
  trx: Knex.Transaction,
  { teamId, message }: ActRequest,
  decision: Decision & { outcome: 'changed' | 'merged' },
): Promise<void> {
  const [channelId, ts] = message?.split('/') ?? [];
  const clicked: { id: string } | undefined =
    channelId && ts
      ? await trx('outbox').where({ team_id: teamId, posted_channel_id: channelId, ts }).first('id')
      : undefined;
  const changed = decision.outcome === 'merged' ? [decision.callback, decision.into] : [decision.callback];
  for (const { id } of changed) {
    const ids = await outboxIdsShowing(trx, id, OTHER_COPIES, clicked?.id);
    if (ids.length > 0) await trx('outbox').whereIn('id', ids).increment('wanted');
  }
}

const find = (trx: Knex.Transaction, { teamId, callbackId }: ActRequest) =>
  trx<CallbackRecord>('callbacks').where({ team_id: teamId, id: callbackId }).first();

async function lastChange(trx: Knex.Transaction, callback: CallbackRecord): Promise<LastChange | null> {
  const last = await trx<CallbackEventRecord>('callback_events')
    .where('callback_id', callback.id)
    .whereIn('action', CHANGES)
    .orderBy('id', 'desc')
    .first();
  const action = CHANGES.find((one) => one === last?.action);
  if (!last || !action || last.actor_id === null) return null;
  return { action, actorId: last.actor_id, at: toNumber(last.at) };
}
