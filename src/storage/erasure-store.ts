import type { Knex } from 'knex';
import { JOINED_CALLS, type JoinedCallsData } from '../callbacks/joined.ts';
import type { CallerOfVdn, ErasureStore } from '../privacy/erasure.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import { createAuditStore } from './audit-store.ts';
import { hashOf } from './calls-store.ts';
import { keepFigures, type RemovedCall } from './daily-figures.ts';
import { each, rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { inTransaction, takeTurn } from './transactions.ts';

export function createErasureStore(knex: Knex): ErasureStore {
  return {
    async vdns(teamId) {
      const ofCalls: number[] = await knex('missed_calls').where('team_id', teamId).distinct().pluck('vdn');
      const ofCallbacks: number[] = await knex('callbacks').where('team_id', teamId).distinct().pluck('vdn');
      return [...new Set([...ofCalls, ...ofCallbacks])].sort((a, b) => a - b);
    },

    async count(caller) {
      const [calls] = await ofCaller(knex, 'missed_calls', caller).count<{ n: Bigint }[]>('* as n');
      const [callbacks] = await ofCaller(knex, 'callbacks', caller)
        .whereNull('merged_into')
        .count<{ n: Bigint }[]>('* as n');
      return { calls: toNumber(calls?.n ?? 0), callbacks: toNumber(callbacks?.n ?? 0) };
    },

    erase: (caller, { actorId, now }) =>
      inTransaction(knex, async (trx) => {
        const { teamId, vdn } = caller;
        // A page that is being inserted has yet to see what is erased here; no call is given to a callback meanwhile.
        await takeTurn(trx, 'calls', teamId, vdn);
        await takeTurn(trx, 'callbacks', teamId, vdn);
        const calls = await eraseCalls(trx, caller, now);
        const ids: Bigint[] = await ofCaller(trx, 'callbacks', caller).pluck('id');
        const callbackIds = ids.map(toNumber);
        const live = await ofCaller(trx, 'callbacks', caller).whereNull('merged_into').pluck('id');
        await eraseFromLists(trx, caller, callbackIds);
        await eraseFromNotices(trx, teamId, callbackIds);
        await eraseFromQuestions(trx, caller);
        await trx('callbacks').whereIn('id', callbackIds).delete();
        const kept = { calls, callbacks: live.length };
        // Keys tell who it was: they are in no entry.
        if (kept.calls + kept.callbacks > 0)
          await createAuditStore(trx).write({
            teamId,
            at: now,
            actorId,
            action: 'erase',
            vdn,
            callbackId: null,
            detail: kept,
          });
        return kept;
      }),
  };
}

const ofCaller = (db: Knex, table: 'missed_calls' | 'callbacks', { teamId, vdn, keys }: CallerOfVdn) =>
  db(table).where({ team_id: teamId, vdn }).whereIn('caller_key', keys);

/** The rows of messages go, and every message that has shown one is to be shown without it, however old it is. */
async function eraseFromLists(
  trx: Knex.Transaction,
  { teamId, vdn, keys }: CallerOfVdn,
  callbackIds: readonly number[],
): Promise<void> {
  const rows = () =>
    trx('list_rows').where((row) => {
      row
        .whereIn('callback_id', callbackIds)
        .orWhere((ofCaller) =>
          ofCaller
            .whereIn('caller_key', keys)
            .whereIn('list_id', trx('lists').where({ team_id: teamId, vdn }).select('id')),
        );
    });
  await wantEdits(trx('outbox').whereIn('list_id', rows().select('list_id')));
  await rows().delete();
}

/** Direct messages to whoever calls back keep the number of who has called again. */
async function eraseFromNotices(
  trx: Knex.Transaction,
  teamId: string,
  callbackIds: readonly number[],
): Promise<void> {
  const erased = new Set(callbackIds);
  const notices = await trx('outbox')
    .where({ team_id: teamId, kind: JOINED_CALLS })
    .select<{ id: string; data: string }[]>('id', 'data');
  for (const { id, data } of notices) {
    const notice = JSON.parse(data) as JoinedCallsData;
    if (!notice.callers.some(({ callbackId }) => erased.has(callbackId))) continue;
    const callers = notice.callers.map((one) =>
      erased.has(one.callbackId)
        ? { ...one, caller: { kind: 'withheld', text: '', e164: null } as const }
        : one,
    );
    await rewrite(trx, id, { ...notice, callers } satisfies JoinedCallsData);
  }
}

/** Who asked for a caller's number has it in the answer's last line, and in its filter. */
async function eraseFromQuestions(trx: Knex.Transaction, { teamId, vdn, keys }: CallerOfVdn): Promise<void> {
  const wanted = keys.map((key) => key.slice(key.lastIndexOf(':') + 1));
  const isCaller = (pattern: string) => wanted.some((id) => id.replace(/\D/g, '') === pattern);
  const lists = await trx('lists')
    .where({ team_id: teamId, vdn })
    .where('data', 'like', '%"caller":%')
    .select<{ id: string; data: string }[]>('id', 'data');
  for (const { id, data } of lists) {
    const list = JSON.parse(data) as { filter: { caller?: string } };
    if (list.filter.caller === undefined || !isCaller(list.filter.caller.replaceAll('*', ''))) continue;
    const filter = { ...list.filter, caller: '*' };
    await trx('lists')
      .where({ id })
      .update({ data: JSON.stringify({ ...list, filter }) });
    const answers = await trx('outbox')
      .where({ list_id: id, kind: ANSWER })
      .select<{ id: string; data: string }[]>('id', 'data');
    for (const answer of answers) {
      const asked = JSON.parse(answer.data) as AnswerData;
      await rewrite(trx, answer.id, { ...asked, asked: `vdn ${vdn}` } satisfies AnswerData);
    }
  }
}

async function rewrite(trx: Knex.Transaction, id: string, data: unknown): Promise<void> {
  await trx('outbox')
    .where({ id })
    .update({ data: JSON.stringify(data) });
  await wantEdits(trx('outbox').where({ id }));
}

/** The desk edits what it has posted; private messages change when they are clicked. */
const wantEdits = (shown: Knex.QueryBuilder): Promise<number> =>
  shown.where('state', 'sent').increment('wanted');

type ErasedCall = RemovedCall & { call_id: string };

/** Removes the calls; only a hash of each stays. */
async function eraseCalls(
  trx: Knex.Transaction,
  { teamId: team, vdn, keys }: CallerOfVdn,
  now: number,
): Promise<number> {
  const bind = { team, vdn, keys: JSON.stringify(keys.map((key) => [key])) };
  const calls = await rowsOf<ErasedCall>(trx, deleteCalls(trx), bind);
  await keepFigures(trx, { team_id: team, vdn }, calls);
  const hashes = calls.map(({ call_id }) => [hashOf(team, vdn, call_id)]);
  await trx.raw(insertErased(trx), { team, vdn, now, hashes: JSON.stringify(hashes) });
  return calls.length;
}

// Spelled out: knex leaves `returning` out of a delete on SQLite.
const deleteCalls = (db: Knex) => `
  delete from missed_calls where team_id = :team and vdn = :vdn
    and caller_key in (select value ->> 0 from ${each(db, ':keys')} as keys)
  returning call_id, wait_begin_at, call_end_at, caller_key`;

const insertErased = (db: Knex) => `
  insert into erased_calls (team_id, vdn, erased_at, call_hash)
  select :team, :vdn, :now, value ->> 0 from ${each(db, ':hashes')} as erased where true
  on conflict (team_id, vdn, call_hash) do nothing`;
