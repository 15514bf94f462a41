import type { Knex } from 'knex';
import type { ClaimedNext, ClaimNext, QueuedVdn, QueueStore } from '../callbacks/queue.ts';
import type { Tell } from '../callbacks/store.ts';
import { changeCallback } from './callback-changes.ts';
import { wantEdits } from './callback-copies.ts';
import { callsOf, writeNotices } from './callback-notices.ts';
import { type CallbackRecord, toCallback } from './callback-records.ts';
import { each, isPostgres, rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { holdTurns, inTransaction, takePersonsTurn } from './transactions.ts';

/** So often the next one may be gone before it is held. Each time somebody else has claimed one: nobody has so many colleagues. */
const TRIES = 200;

export function createQueueStore(knex: Knex): QueueStore {
  return {
    vdns: async (teamId) =>
      await knex('callbacks')
        .where('team_id', teamId)
        .whereRaw("state <> 'done'")
        .distinct('vdn')
        .orderBy('vdn')
        .pluck<number[]>('vdn'),

    async open(teamId, vdns, from, count) {
      const bind = { team: teamId, vdns: json(vdns) };
      const [counts] = await rowsOf<Counts>(knex, openCounts(knex), bind);
      const records = await rowsOf<CallbackRecord>(knex, openPage(knex), { ...bind, from, count });
      return {
        callbacks: records.map(toCallback),
        open: toNumber(counts?.all ?? 0),
        overdue: toNumber(counts?.overdue ?? 0),
      };
    },

    async claims(teamId, vdns, ownerId, count) {
      const bind = { team: teamId, vdns: json(vdns), owner: ownerId };
      const [counts] = await rowsOf<Counts>(knex, claimCounts(knex), bind);
      const records = await rowsOf<CallbackRecord>(knex, claims(knex), { ...bind, count });
      return {
        callbacks: records.map(toCallback),
        claimed: toNumber(counts?.all ?? 0),
        overdue: toNumber(counts?.overdue ?? 0),
      };
    },

    async load(teamId, vdns, doneFromAt, count) {
      const bind = { team: teamId, vdns: json(vdns), doneFromAt, count };
      return (await rowsOf<LoadRecord>(knex, load(knex), bind)).map(
        ({ owner_id, claimed, overdue, done }) => ({
          ownerId: owner_id,
          claimed: toNumber(claimed),
          overdue: toNumber(overdue),
          done: toNumber(done),
        }),
      );
    },

    async claimNext(request, now, tell) {
      for (let tries = 1; tries <= TRIES; tries += 1) {
        const claimed = await inTransaction(knex, (trx) => claimOnce(trx, request, now, tell, tries === 1));
        if (claimed !== 'gone') return claimed;
      }
      throw new Error('Others were faster again and again');
    },

    callsOf: (callbackIds) => callsOf(knex, callbackIds),
  };
}

/** As the message of an event: it was claimed as the next one. */
const NEXT = 'next';

/** What the same person was given just now, and still has. */
async function justClaimed(
  trx: Knex.Transaction,
  { teamId, actorId, repeatMs }: ClaimNext,
  now: number,
): Promise<ClaimedNext | undefined> {
  if (repeatMs === 0) return undefined;
  await takePersonsTurn(trx, teamId, actorId);
  const record = await trx<CallbackRecord>('callbacks')
    .where({ team_id: teamId, owner_id: actorId, state: 'claimed' })
    .andWhere('since', '>', now - repeatMs)
    .whereExists(
      trx('callback_events')
        .where({ action: 'claim', message: NEXT })
        .whereRaw('callback_events.callback_id = callbacks.id and callback_events.at = callbacks.since')
        .select(trx.raw('1')),
    )
    .orderBy('since', 'desc')
    .first();
  return record && { outcome: 'repeated', callback: toCallback(record) };
}

/** `gone`: there was one, and somebody was faster. `passing`: over those that somebody holds; else it waits for them. */
async function claimOnce(
  trx: Knex.Transaction,
  request: ClaimNext,
  now: number,
  tell: Tell,
  passing: boolean,
): Promise<ClaimedNext | 'gone' | undefined> {
  const { teamId, actorId } = request;
  const again = await justClaimed(trx, request, now);
  if (again) return again;
  const vdns = await whereToLook(trx, request);
  if (!vdns) return undefined;
  const bind = { team: teamId, vdns: json(vdns) };
  const [held] = await rowsOf<CallbackRecord>(trx, holdNext(trx, passing), bind);
  if (!held) return isPostgres(trx) ? 'gone' : undefined;
  const change = await changeCallback(trx, held, { action: 'claim', actorId, at: now }, null, NEXT);
  if (!change) throw new Error('An open callback that is held can be claimed');
  const callback = toCallback(change.record);
  await wantEdits(trx, [callback.id]);
  await writeNotices(trx, teamId, tell([change.made]), now);
  return { outcome: 'changed', callback };
}

/**
 * On PostgreSQL the VDN of the next one, with its turn: no calls are given to its callbacks meanwhile. SQLite has one
 * writer, who looks everywhere.
 */
async function whereToLook(
  trx: Knex.Transaction,
  { teamId, vdns }: ClaimNext,
): Promise<readonly QueuedVdn[] | undefined> {
  if (!isPostgres(trx)) return vdns;
  const page = { team: teamId, vdns: json(vdns), from: 0, count: 1 };
  const [next] = await rowsOf<CallbackRecord>(trx, openPage(trx), page);
  if (!next) return undefined;
  await holdTurns(trx, 'callbacks', teamId, next.vdn);
  return vdns.filter(({ vdn }) => vdn === next.vdn);
}

interface Counts {
  all: Bigint;
  overdue: Bigint | null;
}

interface LoadRecord {
  owner_id: string;
  claimed: Bigint;
  overdue: Bigint;
  done: Bigint;
}

const json = (vdns: readonly QueuedVdn[]) =>
  JSON.stringify(vdns.map(({ vdn, overdueUntil }) => [vdn, overdueUntil]));

/** The VDNs to look in, each with its border. */
const looked = (db: Knex) => `(
  select cast(value ->> 0 as integer) as vdn, cast(value ->> 1 as bigint) as overdue_until from ${each(db, ':vdns')} as given
) as looked`;

/** Whoever was called back in vain was called back: when to try again is its owner's to say (`vdns/due-times.ts`). */
const OVERDUE = 'case when c.attempts = 0 and c.waiting_since <= looked.overdue_until then 1 else 0 end';
const URGENT_FIRST = `${OVERDUE} desc, c.waiting_since, c.id`;

const ofState = (db: Knex, state: 'open' | 'claimed') =>
  `from callbacks c join ${looked(db)} on looked.vdn = c.vdn where c.team_id = :team and c.state = '${state}'`;

const openCounts = (db: Knex) =>
  `select count(*) as "all", sum(${OVERDUE}) as overdue ${ofState(db, 'open')}`;

const openPage = (db: Knex) => `
  select c.* ${ofState(db, 'open')} order by ${URGENT_FIRST} limit :count offset :from`;

/** Writes nothing new: whoever comes second passes over it or waits, on SQLite always. */
const holdNext = (db: Knex, passing: boolean) => `
  update callbacks set state = state where state = 'open' and id = (
    select c.id ${ofState(db, 'open')} order by ${URGENT_FIRST} limit 1
    ${isPostgres(db) ? `for update of c${passing ? ' skip locked' : ''}` : ''}
  )
  returning *`;

const ofOwner = (db: Knex) => `${ofState(db, 'claimed')} and c.owner_id = :owner`;

const claimCounts = (db: Knex) => `select count(*) as "all", sum(${OVERDUE}) as overdue ${ofOwner(db)}`;

/** What may be called now, then what is to be tried again, in the order of its time. */
const claims = (db: Knex) => `
  select c.* ${ofOwner(db)} order by coalesce(c.due_at, 0), ${URGENT_FIRST} limit :count`;

const load = (db: Knex) => `
  select owner_id, sum(claimed) as claimed, sum(overdue) as overdue, sum(done) as done from (
    select c.owner_id, 1 as claimed, ${OVERDUE} as overdue, 0 as done ${ofState(db, 'claimed')}
    union all
    select c.owner_id, 0, 0, 1 from callbacks c join ${looked(db)} on looked.vdn = c.vdn
    where c.team_id = :team and c.state = 'done' and c.owner_id is not null and c.done_at >= :doneFromAt
      and c.merged_into is null
  ) as each_one
  group by owner_id
  order by sum(overdue) desc, sum(claimed) desc, sum(done) desc, owner_id
  limit :count`;
