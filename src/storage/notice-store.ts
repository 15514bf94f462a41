import type { Knex } from 'knex';
import type { NoticeStore } from '../callbacks/notice-store.ts';
import { CALLBACK_NOTICES, type CallbackNoticesData, type Notice } from '../callbacks/notices.ts';
import { callsOf } from './callback-notices.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';
import { idsIn, rowsOf } from './dialect.ts';
import { insertList } from './lists-store.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';
import { isServed } from './served.ts';
import { holdTurns, inTransaction } from './transactions.ts';

export function createNoticeStore(knex: Knex): NoticeStore {
  return {
    waiting: async () =>
      (await rowsOf<NoticeRecord>(knex, WAITING)).map((record) => ({
        id: toNumber(record.id),
        teamId: record.team_id,
        to: record.recipient,
        calls: JSON.parse(record.calls) as CallbackNoticesData['calls'],
        notice: record.notice,
        callbackId: toNumber(record.callback_id),
        actorId: record.actor_id,
        at: toNumber(record.at),
        vdn: record.vdn,
        lastToldAt: toNumberOrNull(record.last_told_at),
      })),

    tell: ({ teamId, to, calls, notices }, now, message) =>
      inTransaction(knex, async (trx) => {
        // None of these callbacks is merged or erased meanwhile.
        for (const vdn of new Set(notices.map((one) => one.vdn).sort((a, b) => a - b)))
          await holdTurns(trx, 'callbacks', teamId, vdn);
        const ids = JSON.stringify(notices.map(({ id }) => id));
        const taken = await rowsOf<{ id: Bigint }>(trx, TAKE(trx), { ids });
        const left = new Set(taken.map(({ id }) => toNumber(id)));
        const told = notices.filter(({ id }) => left.has(id));
        const callbacks = await callbacksOf(trx, told);
        const entries = told.flatMap(({ notice, callbackId, actorId }) => {
          const callback = callbacks.get(callbackId);
          return callback ? [{ notice, callbackId, actorId, callback }] : [];
        });
        const made = message({ to, calls, entries }, await callsOf(trx, [...callbacks.keys()]));
        if (!made) return false;
        await insertList(trx, made.list, made.rows);
        await insertDrafts(trx, [made.draft], now);
        return true;
      }),
  };
}

interface NoticeRecord {
  id: Bigint;
  team_id: string;
  recipient: string;
  calls: string;
  notice: Notice;
  callback_id: Bigint;
  actor_id: string | null;
  at: Bigint;
  vdn: number;
  last_told_at: Bigint | null;
}

// The kind stands as a literal, where the planner has to see it to use the partial index.
const WAITING = `
  select w.*, c.vdn, (
    select max(o.created_at) from outbox o
    where o.kind = '${CALLBACK_NOTICES}' and o.team_id = w.team_id and o.channel_id = w.recipient
  ) as last_told_at
  from waiting_notices w join callbacks c on c.id = w.callback_id
  where ${isServed('w')}
  order by w.id`;

// Spelled out: knex leaves `returning` out of a delete on SQLite.
const TAKE = (db: Knex) => `delete from waiting_notices where id in (${idsIn(db, ':ids')}) returning id`;

const callbacksOf = async (trx: Knex.Transaction, told: readonly { callbackId: number }[]) => {
  const ids = JSON.stringify(told.map(({ callbackId }) => callbackId));
  const records = await trx<CallbackRecord>('callbacks').whereRaw(`id in (${idsIn(trx, '?')})`, [ids]);
  return new Map(records.map((record) => [toNumber(record.id), toCallback(record)]));
};
