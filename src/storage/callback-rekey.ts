import type { Knex } from 'knex';
import type { MadeChange } from '../callbacks/notices.ts';
import { identifyCaller } from '../calls/caller.ts';
import type { Rekeyed } from '../vdns/changes.ts';
import type { CallRecord } from './call-records.ts';
import { mergeInto } from './callback-changes.ts';
import { wantEdits } from './callback-copies.ts';
import { type CallbackRecord, toCallback, toSituation } from './callback-records.ts';
import { each, idsIn } from './dialect.ts';
import { toNumber } from './numbers.ts';
import { takeTurn } from './transactions.ts';

/** Messages of so many merged callbacks are edited at most; the others when somebody clicks them. */
const MERGED_SHOWN = 10;

type KeyedCall = Pick<
  CallRecord,
  'seq' | 'caller_no' | 'media_type' | 'sub_media_type' | 'caller_key' | 'callback_id'
>;

/**
 * Reads who called anew, with the VDN's numbers as those of another country: of every callback that is not done, and of
 * calls that have none yet. A callback is its latest call's caller; calls of another caller leave it, to be attached like
 * new ones; callbacks that are of the same caller now become one, which whoever claimed first keeps. What is done stays
 * under the caller that it was done for.
 */
export async function rekeyCallbacks(
  trx: Knex.Transaction,
  { teamId, vdn, country, now }: { teamId: string; vdn: number; country: string | null; now: number },
): Promise<Rekeyed> {
  // No call comes, and none gets a callback, in between.
  await takeTurn(trx, 'calls', teamId, vdn);
  await takeTurn(trx, 'callbacks', teamId, vdn);
  const held = await trx<CallbackRecord>('callbacks')
    .where({ team_id: teamId, vdn })
    .whereNot('state', 'done')
    .update({ state: trx.raw('state') })
    .returning('*');
  const calls = await callsToRead(trx, teamId, vdn);
  const keyOf = readAnew(country);

  const changed = calls.filter((call) => keyOf(call) !== call.caller_key);
  await setKeys(
    trx,
    changed.map((call) => [toNumber(call.seq), keyOf(call)]),
  );

  const latest = new Map<number, string | null>();
  for (const call of calls)
    if (call.callback_id !== null) latest.set(toNumber(call.callback_id), keyOf(call));
  const newKey = ({ id, caller_key }: CallbackRecord) => latest.get(toNumber(id)) ?? caller_key;

  const strangers = calls.filter(
    (call) => call.callback_id !== null && keyOf(call) !== latest.get(toNumber(call.callback_id)),
  );
  await trx.raw(
    `update missed_calls set attached = false, callback_id = null where seq in (${idsIn(trx, '?')})`,
    [JSON.stringify(strangers.map(({ seq }) => toNumber(seq)))],
  );

  const merged: MadeChange[] = [];
  const into = new Set<number>();
  const moved: CallbackRecord[] = [];
  for (const [key, group] of Map.groupBy(held, newKey)) {
    const [kept, ...others] = group.toSorted(firstToKeep);
    if (!kept) continue;
    for (const other of others) {
      merged.push(await giveUp(trx, other, { ...kept, caller_key: key }, now));
      into.add(toNumber(kept.id));
    }
    if (kept.caller_key !== key) moved.push(kept);
  }
  await setCallers(
    trx,
    moved.map((callback) => [toNumber(callback.id), newKey(callback)]),
  );
  await wantEdits(trx, [...into].slice(-MERGED_SHOWN));
  return { moved: moved.length, merged, detached: strangers.length };
}

const callsToRead = (trx: Knex.Transaction, teamId: string, vdn: number): Promise<KeyedCall[]> =>
  trx('missed_calls')
    .where({ team_id: teamId, vdn })
    .where((either) =>
      either
        .whereRaw('attached = false')
        .orWhereIn(
          'callback_id',
          trx('callbacks').where({ team_id: teamId, vdn }).whereNot('state', 'done').select('id'),
        ),
    )
    .orderBy('seq')
    .select('seq', 'caller_no', 'media_type', 'sub_media_type', 'caller_key', 'callback_id');

/** Who made a call; each number is read once. */
function readAnew(country: string | null) {
  const known = new Map<string, string | null>();
  return ({ caller_no, media_type, sub_media_type }: KeyedCall): string | null => {
    const writing = JSON.stringify([caller_no, media_type, sub_media_type]);
    const before = known.get(writing);
    if (before !== undefined) return before;
    const source = { callerNo: caller_no, mediaType: media_type, subMediaType: sub_media_type };
    const { key } = identifyCaller(source, country);
    known.set(writing, key);
    return key;
  };
}

/** What somebody has claimed before what nobody has, the older claim first. */
const firstToKeep = (a: CallbackRecord, b: CallbackRecord) =>
  Number(b.state === 'claimed') - Number(a.state === 'claimed') ||
  (a.state === 'claimed' ? toNumber(a.since) - toNumber(b.since) : 0) ||
  toNumber(a.id) - toNumber(b.id);

/** The callback ends, and the kept one has its calls; as a change of the kept one's owner for whoever had claimed it. */
async function giveUp(
  trx: Knex.Transaction,
  other: CallbackRecord,
  kept: CallbackRecord,
  now: number,
): Promise<MadeChange> {
  const [ended] = await trx<CallbackRecord>('callbacks')
    .where('id', other.id)
    .update({
      state: 'done',
      owner_id: null,
      outcome: 'resolved',
      since: now,
      done_at: now,
      due_at: null,
      wake_at: null,
    })
    .returning('*');
  if (!ended) throw new Error('A callback vanished while it was held');
  if (other.opened_by === 'digest')
    await trx('callbacks').where('id', kept.id).update({ opened_by: 'digest' });
  await mergeInto(trx, ended, kept, { actorId: null, at: now }, null);
  return { action: 'take-over', actorId: null, before: toSituation(other), after: toCallback(kept) };
}

const setKeys = (trx: Knex.Transaction, keys: readonly [number, string | null][]) =>
  trx.raw(
    `update missed_calls set caller_key = moved.value ->> 1 from ${each(trx, '?')} as moved
     where missed_calls.seq = cast(moved.value ->> 0 as bigint)`,
    [JSON.stringify(keys)],
  );

/** In two steps: one may get the caller of another that has yet to get its own. */
async function setCallers(trx: Knex.Transaction, keys: readonly [number, string][]): Promise<void> {
  const bound = JSON.stringify(keys);
  const set = (key: string) =>
    trx.raw(
      `update callbacks set caller_key = ${key} from ${each(trx, '?')} as moved
       where callbacks.id = cast(moved.value ->> 0 as bigint)`,
      [bound],
    );
  await set("'moving:' || callbacks.id");
  await set('moved.value ->> 1');
  // A list finds the calls of a row by its caller.
  await trx.raw(
    `update list_rows set caller_key = c.caller_key from callbacks c
     where c.id = list_rows.callback_id and c.id in (select cast(value ->> 0 as bigint) from ${each(trx, '?')} as moved)`,
    [bound],
  );
}
