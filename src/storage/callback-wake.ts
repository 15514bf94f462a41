import type { Knex } from 'knex';
import type { MadeChange } from '../callbacks/notices.ts';
import type { OwnWork } from '../callbacks/store.ts';
import { changeCallback } from './callback-changes.ts';
import { wantEdits } from './callback-copies.ts';
import { writeNotices } from './callback-notices.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';
import { each } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { isServed } from './served.ts';
import { holdTurns } from './transactions.ts';

/** Callbacks that the desk has to look at, the longest due first. */
export const toWake = async (knex: Knex, now: number, limit: number) =>
  (
    await knex<CallbackRecord>('callbacks')
      .whereRaw('wake_at is not null')
      .andWhere('wake_at', '<=', now)
      .whereRaw(isServed('callbacks'))
      .orderBy('wake_at')
      .limit(limit)
      .select('id', 'team_id', 'vdn')
  ).map(({ id, team_id: teamId, vdn }) => ({ id: toNumber(id), teamId, vdn }));

/** Holds those that are still due, does what is to be done with each, and writes down when to look at the others again. */
export async function wakeCallbacks(
  trx: Knex.Transaction,
  due: readonly { id: number; teamId: string; vdn: number }[],
  now: number,
  { look, tell }: OwnWork,
): Promise<MadeChange[]> {
  const vdns = new Map(due.map(({ teamId, vdn }) => [`${teamId} ${vdn}`, { teamId, vdn }]));
  for (const { teamId, vdn } of vdns.values()) await holdTurns(trx, 'callbacks', teamId, vdn);
  const held = await trx<CallbackRecord>('callbacks')
    .whereIn(
      'id',
      due.map(({ id }) => id),
    )
    .andWhere('wake_at', '<=', now)
    .update({ state: trx.raw('state') })
    .returning('*');
  const latest = await latestCalls(
    trx,
    held.map(({ id }) => toNumber(id)),
  );

  const made: MadeChange[] = [];
  const later: [id: number, wakeAt: number | null][] = [];
  for (const record of held) {
    const id = toNumber(record.id);
    const next = look(toCallback(record), latest.get(id) ?? null);
    if ('change' in next) {
      const change = { ...next.change, actorId: null, at: now };
      const changed = await changeCallback(trx, record, change, null, null);
      if (changed) made.push(changed.made);
    } else later.push([id, next.wakeAt]);
  }
  await trx.raw(lookLater(trx), [JSON.stringify(later)]);
  await wantEdits(trx, shownIds(made));
  for (const [teamId, ofTeam] of Map.groupBy(made, ({ after }) => after.teamId))
    await writeNotices(trx, teamId, tell(ofTeam), now);
  return made;
}

/** A claim is looked at soon after it was made: one statement for hundreds of them. */
const lookLater = (db: Knex) => `
  update callbacks set wake_at = cast(later.value ->> 1 as bigint) from ${each(db, '?')} as later
  where callbacks.id = cast(later.value ->> 0 as bigint)`;

/** Those whose messages are out of date now: a reminder changes nothing that they show. */
const shownIds = (made: readonly MadeChange[]) =>
  made.filter(({ action }) => action !== 'remind' && action !== 'raise').map(({ after }) => after.id);

/** By callback: when its latest call ended. */
async function latestCalls(trx: Knex.Transaction, ids: number[]): Promise<Map<number, number>> {
  const found = await trx('missed_calls')
    .whereIn('callback_id', ids)
    .groupBy('callback_id')
    .select<{ callback_id: Bigint; at: Bigint }[]>('callback_id', trx.raw('max(call_end_at) as at'));
  return new Map(found.map(({ callback_id, at }) => [toNumber(callback_id), toNumber(at)]));
}
