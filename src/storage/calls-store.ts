import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import type { CallStore } from '../calls/call-store.ts';
import type { MissedCall } from '../calls/missed-call.ts';
import { fromWallTime } from '../calls/times.ts';
import { CALL_COLUMNS, type CallRecord, storedCall } from './call-records.ts';
import { callsInWindow } from './call-windows.ts';
import { each, rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { inTransaction, takeTurn } from './transactions.ts';

/** Rows of one statement where many are changed: the one writer is never held for long. */
const BATCH = 2000;

export function createCallStore(knex: Knex): CallStore {
  const ofVdn = (teamId: string, vdn: number) =>
    knex<CallRecord>('missed_calls').where({ team_id: teamId, vdn });

  return {
    async insertNew(teamId, vdn, calls) {
      if (calls.length === 0) return 0;
      return await inTransaction(knex, async (trx) => {
        // So that the order of seq is the order of commit: whoever has read up to a seq has read all before it.
        await takeTurn(trx, 'calls', teamId, vdn);
        const erased = await trx('erased_calls').where({ team_id: teamId, vdn }).first('vdn');
        // Hardly a VDN has any, and hashes take a tenth of the time.
        const hashed = ({ callId }: MissedCall) => ({ call_hash: erased ? hashOf(teamId, vdn, callId) : '' });
        const records = calls.map((call) => ({ ...newRecord(call), ...hashed(call) }));
        const bind = { team: teamId, vdn, calls: JSON.stringify(records) };
        return (await rowsOf(trx, insertNew(trx), bind)).length;
      });
    },

    async inWindow(teamId, vdn, window) {
      const inOrder = callsInWindow(knex, teamId, vdn, window).orderByRaw('+seq');
      const records: CallRecord[] = await inOrder.select(...CALL_COLUMNS);
      return records.map(storedCall);
    },

    async lastInWindow(teamId, vdn, window) {
      // The plus as above: the way to the largest seq would lead back through the history where the window is empty.
      const largest = knex.raw('max(+seq) as seq');
      const last = await callsInWindow(knex, teamId, vdn, window).first<{ seq: Bigint | null }>(largest);
      return last.seq === null ? undefined : toNumber(last.seq);
    },

    async maxSeq(teamId, vdn) {
      const last = await ofVdn(teamId, vdn).max<{ seq: Bigint | null }>('seq as seq').first();
      return toNumber(last?.seq ?? 0);
    },

    async rederiveTimes(timeZone) {
      let changed = 0;
      for (let after = 0; ; ) {
        const batch: CallRecord[] = await knex<CallRecord>('missed_calls')
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(BATCH)
          .select(...CALL_COLUMNS);
        const last = batch.at(-1);
        if (!last) return changed;
        after = toNumber(last.seq);
        const times = batch.flatMap((record) => movedTimes(record, timeZone));
        if (times.length > 0)
          await inTransaction(knex, (trx) => rowsOf(trx, updateTimes(trx), { times: JSON.stringify(times) }));
        changed += times.length;
      }
    },

    async eraseCaller(teamId, vdn, callerKey, now) {
      return await inTransaction(knex, async (trx) => {
        // A page that is being inserted has yet to see what is erased here.
        await takeTurn(trx, 'calls', teamId, vdn);
        const bind = { team: teamId, vdn, caller: callerKey };
        const removed = await rowsOf<{ call_id: string }>(trx, DELETE_CALLER, bind);
        const hashes = removed.map(({ call_id }) => [hashOf(teamId, vdn, call_id)]);
        await trx.raw(insertErased(trx), { team: teamId, vdn, now, hashes: JSON.stringify(hashes) });
        return removed.length;
      });
    },

    async removeEndedBefore(at) {
      let removed = 0;
      const vdns = await knex<CallRecord>('missed_calls').distinct('team_id', 'vdn');
      for (const { team_id, vdn } of vdns) {
        const ended = () => ofVdn(team_id, vdn).where('call_end_at', '<', at).limit(BATCH).select('seq');
        for (let batch = BATCH; batch === BATCH; removed += batch) {
          batch = await knex('missed_calls').whereIn('seq', ended()).delete();
        }
      }
      // A call erased before then has ended before then: a sync would not store it again.
      await knex('erased_calls').where('erased_at', '<', at).delete();
      return removed;
    },
  };
}

/** One statement a page. The page is one bound value, of any length; the condition also keeps SQLite from reading `on` as a join's. */
const insertNew = (db: Knex) => `
  insert into missed_calls (
    team_id, vdn, call_id, caller_no, callee_no, wait_begin_raw, call_end_raw, wait_begin_at, call_end_at,
    media_type, sub_media_type, caller_key
  )
  select :team, :vdn, value ->> 'call_id', value ->> 'caller_no', value ->> 'callee_no', value ->> 'wait_begin_raw',
    value ->> 'call_end_raw', cast(value ->> 'wait_begin_at' as bigint), cast(value ->> 'call_end_at' as bigint),
    cast(value ->> 'media_type' as integer), cast(value ->> 'sub_media_type' as integer), value ->> 'caller_key'
  from ${each(db, ':calls')} as page
  where value ->> 'call_hash' not in (select call_hash from erased_calls where team_id = :team and vdn = :vdn)
  order by key
  on conflict (team_id, vdn, call_id) do nothing
  returning seq`;

const updateTimes = (db: Knex) => `
  update missed_calls set wait_begin_at = cast(moved.value ->> 'wait_begin_at' as bigint),
    call_end_at = cast(moved.value ->> 'call_end_at' as bigint)
  from ${each(db, ':times')} as moved
  where missed_calls.seq = cast(moved.value ->> 'seq' as bigint)`;

// Spelled out: knex leaves `returning` out of a delete on SQLite.
const DELETE_CALLER =
  'delete from missed_calls where team_id = :team and vdn = :vdn and caller_key = :caller returning call_id';

const insertErased = (db: Knex) => `
  insert into erased_calls (team_id, vdn, erased_at, call_hash)
  select :team, :vdn, :now, value ->> 0 from ${each(db, ':hashes')} as erased where true
  on conflict (team_id, vdn, call_hash) do nothing`;

const newRecord = (call: MissedCall) => ({
  call_id: call.callId,
  caller_no: call.callerNo,
  callee_no: call.calleeNo,
  wait_begin_raw: call.waitBeginRaw,
  call_end_raw: call.callEndRaw,
  wait_begin_at: call.waitBeginAt,
  call_end_at: call.callEndAt,
  media_type: call.mediaType,
  sub_media_type: call.subMediaType,
  caller_key: call.callerKey,
});

/** The new times of a row, where they are not what they were. */
function movedTimes(record: CallRecord, timeZone: string) {
  const wait_begin_at = fromWallTime(record.wait_begin_raw, timeZone);
  const call_end_at = fromWallTime(record.call_end_raw, timeZone, wait_begin_at);
  const same =
    wait_begin_at === toNumber(record.wait_begin_at) && call_end_at === toNumber(record.call_end_at);
  return same ? [] : [{ seq: toNumber(record.seq), wait_begin_at, call_end_at }];
}

const hashOf = (teamId: string, vdn: number, callId: string) =>
  hash('sha256', JSON.stringify([teamId, vdn, callId]), 'hex');
