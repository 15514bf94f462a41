import type { Knex } from 'knex';
import type { AttachRequest, JoinedCalls } from '../callbacks/service.ts';
import type { Attached, AttachRules } from '../callbacks/store.ts';
import { CALL_COLUMNS, type CallRecord, storedCall } from './call-records.ts';
import { idsIn, rowsOf } from './dialect.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';
import { takeTurn } from './transactions.ts';

/** Calls of one transaction: clicks wait for no more than that. */
const STRETCH = 10_000;

/**
 * CallbackService.attachNew of the oldest calls, in a handful of statements, each for all of them at once. `more`: there may
 * be others. The first one writes, so that on SQLite the transaction waits for its turn there.
 */
export async function attachStretch(
  trx: Knex.Transaction,
  { teamId, vdn, openedBy }: AttachRequest,
  { now, opensFromAt }: AttachRules,
): Promise<Attached & { more: boolean }> {
  // No click on this VDN's callbacks comes in between: a Done would swallow calls that ended after it.
  await takeTurn(trx, 'callbacks', teamId, vdn);
  const bind = { team: teamId, vdn, now, opensFromAt, openedBy };
  await trx.raw(`update missed_calls set attached = true where ${UNATTACHED} and caller_key is null`, bind);
  const { upto, calls } = await oldestUnattached(trx, teamId, vdn);
  // A digest that was being made when its VDN was removed.
  const isOver = openedBy === 'digest' && (await isRemoved(trx, teamId, vdn));
  if (upto === null || isOver) return { joined: [], grown: [], more: false };
  const bounded = { ...bind, upto };

  const completed = await rowsOf<AttachedCall>(trx, JOIN_COMPLETED, bounded);
  const joined = await rowsOf<AttachedCall>(trx, `${JOIN_NOT_DONE} returning seq, callback_id`, bounded);
  const opened = await rowsOf<{ id: Bigint }>(trx, OPEN, bounded);
  await trx.raw(openedEvents(trx), { now, ids: json(opened.map(({ id }) => id)) });
  await trx.raw(JOIN_NOT_DONE, bounded);
  // What is left is too old to call back.
  await trx.raw(`update missed_calls set attached = true where ${UNATTACHED_UPTO}`, bounded);

  const grown = new Set([...completed, ...joined].map(({ callback_id }) => toNumber(callback_id)));
  await trx.raw(joinedEvents(trx), { now, ids: json(grown) });
  await trx.raw(waitingSince(trx), { seqs: json(joined.map(({ seq }) => seq)) });
  const told = await rowsOf<ToldCall>(trx, toTell(trx), { seqs: json(joined.map(({ seq }) => seq)) });
  return { joined: toldTo(told), grown: [...grown].sort((a, b) => a - b), more: calls === STRETCH };
}

interface AttachedCall {
  seq: Bigint;
  callback_id: Bigint;
}

type ToldCall = CallRecord & { owner_id: string };

const isRemoved = async (trx: Knex.Transaction, teamId: string, vdn: number): Promise<boolean> =>
  (await trx('vdns')
    .where({ team_id: teamId, number: vdn })
    .whereNotNull('removed_at')
    .first(trx.raw('1'))) !== undefined;

/** How many calls are not attached, of those that one transaction takes, and the seq of the last of them. */
async function oldestUnattached(trx: Knex.Transaction, teamId: string, vdn: number) {
  const oldest = trx('missed_calls')
    .where({ team_id: teamId, vdn })
    .whereRaw('attached = false')
    .orderBy('seq')
    .limit(STRETCH)
    .select('seq');
  const found = await trx
    .from(oldest.as('oldest'))
    .select({ upto: trx.raw('max(seq)'), calls: trx.raw('count(*)') })
    .first<{ upto: Bigint | null; calls: Bigint }>();
  return { upto: toNumberOrNull(found.upto), calls: toNumber(found.calls) };
}

/** One entry an owner, the calls in order of arrival. */
const toldTo = (calls: ToldCall[]): JoinedCalls[] =>
  [...Map.groupBy(calls, (call) => call.owner_id)].map(([ownerId, group]) => ({
    ownerId,
    calls: group.map(storedCall),
  }));

const json = (ids: Iterable<Bigint>) => JSON.stringify(Array.from(ids, toNumber));

const UNATTACHED = 'team_id = :team and vdn = :vdn and attached = false';
const UNATTACHED_UPTO = `${UNATTACHED} and seq <= :upto`;
const SAME_CALLER =
  'c.team_id = missed_calls.team_id and c.vdn = missed_calls.vdn and c.caller_key = missed_calls.caller_key';
/** One that was merged says nothing any more: its Done was taken back. */
const COMPLETED = `from callbacks c where ${SAME_CALLER} and c.state = 'done' and c.merged_into is null`;
const NOT_DONE = `from callbacks c where ${SAME_CALLER} and c.state <> 'done'`;

const JOIN_COMPLETED = `
  update missed_calls set attached = true,
    callback_id = (select c.id ${COMPLETED} order by c.done_at desc, c.id desc limit 1)
  where ${UNATTACHED_UPTO} and call_end_at <= (select max(c.done_at) ${COMPLETED})
  returning seq, callback_id`;

// "is not null" where one would say "exists": that PostgreSQL takes for a join, whose inner side it reads whole for every call
// while it has no statistics yet.
const JOIN_NOT_DONE = `
  update missed_calls set attached = true, callback_id = (select c.id ${NOT_DONE})
  where ${UNATTACHED_UPTO} and (select c.id ${NOT_DONE}) is not null`;

/**
 * What only a question has opened is never raised, and so nothing happens to it before it expires: it need not be looked at
 * while its asker waits.
 */
const OPEN = `
  insert into callbacks (team_id, vdn, caller_key, state, since, opened_at, opened_by, touched_at, wake_at, waiting_since)
  select team_id, vdn, caller_key, 'open', :now, :now, :openedBy, :now,
    case when :openedBy = 'question' then max(call_end_at) + (cast(:now as bigint) - cast(:opensFromAt as bigint))
      else cast(:now as bigint) end,
    min(wait_begin_at)
  from missed_calls
  where ${UNATTACHED_UPTO} and caller_key is not null and call_end_at >= :opensFromAt
  group by team_id, vdn, caller_key
  on conflict do nothing
  returning id`;

const ofIds = (db: Knex) => `from callbacks where id in (${idsIn(db, ':ids')})`;

const openedEvents = (db: Knex) => `
  insert into callback_events (team_id, callback_id, at, action, to_state)
  select team_id, id, :now, 'open', state ${ofIds(db)}`;

const joinedEvents = (db: Knex) => `
  insert into callback_events (team_id, callback_id, at, action, from_state, to_state, from_owner_id, to_owner_id)
  select team_id, id, :now, 'join', state, state, owner_id, owner_id ${ofIds(db)}`;

/** Rows that the contact centre tells late may be the oldest of their caller's. */
const waitingSince = (db: Knex) => `
  update callbacks set waiting_since = late.at
  from (
    select callback_id, min(wait_begin_at) as at from missed_calls where seq in (${idsIn(db, ':seqs')}) group by callback_id
  ) as late
  where callbacks.id = late.callback_id and callbacks.waiting_since > late.at`;

/** A call that ended before the claim is no news to its owner, who is about to call back anyway. */
const toTell = (db: Knex) => `
  select ${CALL_COLUMNS.map((column) => `m.${column}`).join(', ')}, c.owner_id
  from missed_calls m join callbacks c on c.id = m.callback_id
  where m.seq in (${idsIn(db, ':seqs')}) and c.state = 'claimed'
    and m.call_end_at >= (
      select max(e.at) from callback_events e
      where e.callback_id = c.id and e.to_owner_id = c.owner_id
        and (e.from_owner_id is null or e.from_owner_id <> e.to_owner_id)
    )
  order by m.seq`;
