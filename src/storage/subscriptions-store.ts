import type { Knex } from 'knex';
import { rewound } from '../digests/rewind.ts';
import type { SubscriptionStore } from '../digests/store.ts';
import type { Subscription } from '../digests/subscription.ts';
import { toldByDigest } from './callback-told.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';
import { isServed } from './served.ts';
import { changedColumns, fromRecord, type SubscriptionRecord, unmoved } from './subscription-records.ts';
import { inTransaction } from './transactions.ts';

/** PostgreSQL complains of a greater one, where SQLite finds nothing. */
const GREATEST_INTEGER = 2 ** 31 - 1;
/** Two who subscribe at the same time want the same number: one of them tries again. */
const NUMBER_TRIES = 10;
/** Why a message is not sent whose subscription was paused by an error before its turn came. */
const PAUSED_BEFORE = 'subscription_paused';
/** In the words of the index that is made for these looks, once a second. */
const DUE_AT = 'coalesce(retry_at, next_run_at)';
const DUE = `state = 'active' and ${DUE_AT} <= ?`;
/** Settings of the desk's own, not of a workspace. */
const ALIVE = { team_id: '', name: 'digests.alive_at' };
const OUTAGE = { team_id: '', name: 'digests.last_outage' };

export function createSubscriptionStore(knex: Knex): SubscriptionStore {
  const rows = (db: Knex = knex) => db<SubscriptionRecord>('subscriptions');
  const first = (records: SubscriptionRecord[]): Subscription | undefined => records.map(fromRecord)[0];
  const settings = () => knex<{ team_id: string; name: string; value: string }>('settings');
  const setting = async (which: typeof ALIVE) => (await settings().where(which).first())?.value;
  const saveSetting = async (which: typeof ALIVE, value: string) => {
    await settings()
      .insert({ ...which, value })
      .onConflict(['team_id', 'name'])
      .merge(['value']);
  };
  const many = (records: SubscriptionRecord[]): Subscription[] => records.map(fromRecord);

  const moveAll: SubscriptionStore['moveAll'] = (moves, now) =>
    inTransaction(knex, async (trx) => {
      const moved: (Subscription | undefined)[] = [];
      for (const { read, change } of moves)
        moved.push(first(await rows(trx).where(unmoved(read)).update(changedColumns(change)).returning('*')));
      const drafts = moves.flatMap(({ drafts }, index) => (moved[index] ? drafts : []));
      await insertDrafts(trx, drafts, now);
      await toldByDigest(trx, [...new Set(drafts.flatMap(({ listId }) => listId ?? []))], now);
      return moved;
    });

  return {
    async create({ teamId, channelId, vdn, ...wish }) {
      for (let tries = 0; tries < NUMBER_TRIES; tries += 1) {
        const existing = first(
          await rows().where({ team_id: teamId, channel_id: channelId, vdn }).andWhereNot('state', 'removed'),
        );
        if (existing) return { outcome: 'already', subscription: existing };
        // Removed ones keep their numbers, so none is given twice.
        const last = await rows()
          .where('team_id', teamId)
          .max<{ number: number | null }>('number as number')
          .first();
        const created = first(
          await rows()
            .insert({
              team_id: teamId,
              number: (last?.number ?? 0) + 1,
              channel_id: channelId,
              vdn,
              schedule: JSON.stringify(wish.schedule),
              state: 'active',
              created_by: wish.createdBy,
              created_at: wish.createdAt,
              starts_at: wish.startsAt,
              cursor: 0,
              previous_end_at: wish.startsAt,
              next_run_at: wish.nextRunAt,
            })
            .onConflict()
            .ignore()
            .returning('*'),
        );
        if (created) return { outcome: 'created', subscription: created };
      }
      throw new Error('No number was free for a subscription: too many were made at the same time');
    },

    find: async (teamId, number) =>
      number > GREATEST_INTEGER ? undefined : first(await rows().where({ team_id: teamId, number })),
    byId: async (id) => first(await rows().where({ id })),

    async list(teamId, channelId) {
      const wanted = rows().where({ team_id: teamId }).andWhereNot('state', 'removed').orderBy('number');
      return many(await (channelId === undefined ? wanted : wanted.andWhere({ channel_id: channelId })));
    },

    async dueVdns(now) {
      const vdns = await rows()
        .whereRaw(DUE, [now])
        .whereRaw(isServed('subscriptions'))
        .groupBy('team_id', 'vdn')
        .orderByRaw(`min(${DUE_AT}), team_id, vdn`)
        .select('team_id', 'vdn');
      return vdns.map(({ team_id: teamId, vdn }) => ({ teamId, vdn }));
    },

    due: async (teamId, vdn, now) =>
      many(await rows().whereRaw(DUE, [now]).andWhere({ team_id: teamId, vdn }).orderByRaw(`${DUE_AT}, id`)),

    needing: async (teamId, vdn) =>
      many(
        await rows()
          .where({ team_id: teamId, vdn })
          .andWhere((either) =>
            either.where({ state: 'active' }).orWhere({ state: 'paused', paused_by: 'error' }),
          ),
      ),

    move: async (move, now) => (await moveAll([move], now))[0],
    moveAll,

    pauseByError: (row, error, notice, now) =>
      inTransaction(knex, async (trx) => {
        // Writing first: on SQLite the transaction then waits for its turn instead of failing in the middle.
        // Only in the name of the latest attempt: another one may be about to bring the message there.
        const lost = await trx('outbox')
          .where({ id: row.id, attempts: row.attempts })
          .whereIn('state', ['pending', 'sending'])
          .update({ state: 'failed', error });
        if (lost === 0 || row.subscriptionId === null) return undefined;
        const read = first(await rows(trx).where({ id: row.subscriptionId }).forUpdate());
        if (read?.state !== 'active') return undefined;
        const behind: { seq: Bigint; kind: string; data: string }[] = await trx('outbox')
          .where({ subscription_id: read.id, state: 'pending' })
          .update({ state: 'failed', error: PAUSED_BEFORE })
          .returning(['seq', 'kind', 'data']);
        const inOrder = behind.sort((a, b) => toNumber(a.seq) - toNumber(b.seq));
        const back = rewound(read, [
          row,
          ...inOrder.map(({ kind, data }) => ({ kind, data: JSON.parse(data) })),
        ]);
        const change = { ...back, state: 'paused', pausedBy: 'error', pauseError: error } as const;
        const paused = first(
          await rows(trx).where({ id: read.id }).update(changedColumns(change)).returning('*'),
        );
        if (paused) await insertDrafts(trx, [notice(paused)], now);
        return paused;
      }),

    async aliveAt() {
      const value = await setting(ALIVE);
      return value === undefined ? null : Number(value);
    },
    beat: (now) => saveSetting(ALIVE, String(now)),

    async lastOutage() {
      const value = await setting(OUTAGE);
      return value === undefined ? null : JSON.parse(value);
    },
    saveOutage: (outage) => saveSetting(OUTAGE, JSON.stringify(outage)),
  };
}
