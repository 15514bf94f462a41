import type { Knex } from 'knex';
import type { ReachStore } from '../callbacks/reach-store.ts';
import { changeCallback, holdCallback, lastChange } from './callback-changes.ts';
import { wantEdits } from './callback-copies.ts';
import { callsOf } from './callback-notices.ts';
import {
  type CallbackEventRecord,
  type CallbackRecord,
  toCallback,
  toCallbackEvent,
} from './callback-records.ts';
import { idsIn, isPostgres } from './dialect.ts';
import { toNumber } from './numbers.ts';
import { holdTurns, inTransaction } from './transactions.ts';

export function createReachStore(knex: Knex): ReachStore {
  return {
    async unreached(teamId, callbackIds) {
      const records = await knex<CallbackRecord>('callbacks')
        .where('team_id', teamId)
        .whereRaw(`id in (${idsIn(knex, '?')})`, [JSON.stringify(callbackIds)])
        .whereNot('state', 'done')
        .whereNull('merged_into');
      const ids = records.map(({ id }) => toNumber(id));
      const calls = Map.groupBy(await callsOf(knex, ids), (call) => call.callbackId);
      const refuted = await refutedUpto(knex, ids);
      return records
        .flatMap((record) => {
          const callback = toCallback(record);
          const latest = calls.get(callback.id)?.reduce((a, b) => (b.callEndAt > a.callEndAt ? b : a));
          if (!latest) return [];
          const afterAt = Math.max(latest.callEndAt, refuted.get(callback.id) ?? 0);
          return [{ callback, callerNo: latest.callerNo, afterAt }];
        })
        .sort((a, b) => b.afterAt - a.afterAt);
    },

    markReached: ({ teamId, id }, proof, now) =>
      inTransaction(knex, async (trx) => {
        // No calls are given to callbacks of the VDN meanwhile.
        if (isPostgres(trx)) {
          const place = await trx<CallbackRecord>('callbacks').where({ team_id: teamId, id }).first('vdn');
          if (!place) return undefined;
          await holdTurns(trx, 'callbacks', teamId, place.vdn);
        }
        const held = await holdCallback(trx, { teamId, callbackId: id });
        if (!held) return undefined;
        const ends = (await callsOf(trx, [id])).map((call) => call.callEndAt);
        const afterAt = Math.max(...ends, (await refutedUpto(trx, [id])).get(id) ?? 0);
        if (proof.at <= afterAt) return undefined;
        const change = { action: 'reached' as const, proof, actorId: null, at: now };
        const changed = await changeCallback(trx, held, change, await lastChange(trx, teamId, id), null);
        if (changed) await wantEdits(trx, [id]);
        return changed && toCallback(changed.record);
      }),
  };
}

/** By callback: when the latest call was that the desk took for proof; where the callback is not done, somebody said that it is none. */
async function refutedUpto(db: Knex, callbackIds: readonly number[]): Promise<Map<number, number>> {
  const events = await db<CallbackEventRecord>('callback_events')
    .whereRaw(`callback_id in (${idsIn(db, '?')})`, [JSON.stringify(callbackIds)])
    .where('action', 'reached');
  const upto = new Map<number, number>();
  for (const { callbackId, after } of events.map(toCallbackEvent)) {
    upto.set(callbackId, Math.max(upto.get(callbackId) ?? 0, after.proof?.at ?? 0));
  }
  return upto;
}
