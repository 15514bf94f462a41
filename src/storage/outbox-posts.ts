import type { Knex } from 'knex';
import { answerLane, postLane, postsLane } from '../outbox/lanes.ts';
import { STEPS_ASIDE_AT } from '../outbox/lost.ts';
import type { Claimed, PostStore } from '../outbox/store.ts';
import { fromRecord, inOrder, learntColumns, newRecord, type OutboxRecord } from './outbox-records.ts';
import { holdLane, LANE_OPEN, takeTurns, tidyLanes } from './paces.ts';
import { skipLocked } from './skip-locked.ts';
import { inTransaction } from './transactions.ts';

export function createPostStore(knex: Knex): PostStore {
  const rows = (db: Knex = knex) => db<OutboxRecord>('outbox');
  const underWay = ({ id, attempts }: Claimed) => rows().where({ id, attempts, state: 'sending' });

  return {
    insertClaimed: (draft, now, doubtAt) =>
      inTransaction(knex, async (trx) => {
        const taken = await takeTurns(trx, [answerLane(draft)], now);
        const written: OutboxRecord[] = await rows(trx)
          .insert(
            taken.length === 0
              ? newRecord(draft, 'pending', now)
              : {
                  ...newRecord(draft, 'sending', now),
                  attempts: 1,
                  sending_at: now,
                  next_try_at: doubtAt,
                },
          )
          .returning('*');
        return fromRecord(written[0] as OutboxRecord);
      }),

    claimDue: (now, doubtAt, limit) =>
      inTransaction(knex, async (trx) => {
        const due = await skipLocked(trx, firstOfChannels(trx, now).limit(limit));
        const taken = await takeTurns(
          trx,
          onePerChannel(due).map(({ id, team_id: teamId, channel_id: channelId }) => ({
            id,
            ...postLane({ teamId, channelId }),
          })),
          now,
        );
        if (taken.length === 0) return [];
        return inOrder(
          await rows(trx)
            .whereIn(
              'id',
              taken.map(({ id }) => id),
            )
            .andWhere({ state: 'pending' })
            .update({
              state: 'sending',
              attempts: trx.raw('attempts + 1'),
              sending_at: now,
              next_try_at: doubtAt,
              shown: trx.raw('wanted'),
              absent_looks: 0,
              history_read_to: null,
            })
            .returning('*'),
        );
      }),

    renewClaim: async (claimed, now, doubtAt) =>
      (await underWay(claimed).update({ sending_at: now, next_try_at: doubtAt })) > 0,

    shrink: async (claimed, shrunk) => (await underWay(claimed).update({ shrunk })) > 0,

    markSent: async (id, { channelId, ts }) =>
      (await rows().where({ id }).whereIn('state', ['pending', 'sending']).update({
        state: 'sent',
        posted_channel_id: channelId,
        ts,
        error: null,
        // What was revised meanwhile may be shown at once.
        next_try_at: 0,
        unrendered: 0,
        lost: 0,
        lost_since: null,
      })) > 0,

    noteLost: async (claimed, error, now) =>
      (await underWay(claimed).update({
        lost: knex.raw('lost + 1'),
        lost_since: knex.raw('coalesce(lost_since, ?)', [now]),
        error,
      })) > 0,

    markFailed: async (claimed, error) => (await underWay(claimed).update({ state: 'failed', error })) > 0,

    markLater: async (claimed, nextTryAt, learnt = {}) =>
      (await underWay(claimed).update({
        state: 'pending',
        next_try_at: nextTryAt,
        ...learntColumns(learnt),
      })) > 0,

    hold: (lane, until) => holdLane(knex, lane, until),
    tidyLanes: (now) => tidyLanes(knex, now),
  };
}

/**
 * Of each channel that is open the first row that is not settled, if it may be sent now. What Slack keeps failing at holds up
 * only its own subscription, whose cursor counts on the order. The states stand as literals where
 * the planner has to see them to use a partial index.
 */
function firstOfChannels(db: Knex, now: number) {
  return db<OutboxRecord>('outbox')
    .select('id', 'team_id', 'channel_id')
    .whereRaw("state = 'pending'")
    .andWhere('next_try_at', '<=', now)
    .whereRaw(
      `not exists (${unsettled('earlier', 'outbox')} and (earlier.subscription_id = outbox.subscription_id
        or not (earlier.lost >= ${STEPS_ASIDE_AT} or exists (${unsettled('held', 'earlier')}
          and held.subscription_id = earlier.subscription_id and held.lost >= ${STEPS_ASIDE_AT}))))`,
    )
    .whereRaw(LANE_OPEN, [db.ref('outbox.channel_id'), now, now])
    .whereRaw(LANE_OPEN, [postsLane('').name, now, now])
    .orderBy('seq');
}

/** A row that steps aside may be due together with one that passes it: a channel has one turn, and the earlier one takes it. */
const onePerChannel = <R extends Pick<OutboxRecord, 'team_id' | 'channel_id'>>(due: readonly R[]): R[] => [
  ...new Map(due.toReversed().map((row) => [`${row.team_id} ${row.channel_id}`, row])).values(),
];

/** SQL: rows of the same channel before it that are not settled. */
const unsettled = (earlier: string, row: string) => `
  select 1 from outbox ${earlier} where ${earlier}.team_id = ${row}.team_id and ${earlier}.channel_id = ${row}.channel_id
    and ${earlier}.state in ('pending', 'sending') and ${earlier}.seq < ${row}.seq`;
