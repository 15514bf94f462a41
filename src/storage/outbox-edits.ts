import type { Knex } from 'knex';
import { editsLane } from '../outbox/lanes.ts';
import type { ClaimedEdit, EditStore } from '../outbox/store.ts';
import { firstOf, learntColumns, type OutboxRecord } from './outbox-records.ts';
import { LANE_OPEN, takeTurns } from './paces.ts';
import { skipLocked } from './skip-locked.ts';
import { inTransaction } from './transactions.ts';

export function createEditStore(knex: Knex): EditStore {
  const rows = (db: Knex = knex) => db<OutboxRecord>('outbox');
  /** In the words of the index that is made for this look. */
  const due = (db: Knex, now: number) =>
    rows(db).whereRaw("state = 'sent' and wanted > shown").andWhere('next_try_at', '<=', now);
  const underWay = ({ id, nextTryAt }: ClaimedEdit) =>
    rows().where({ id, state: 'sent', next_try_at: nextTryAt });

  return {
    revise: async (id, { data, listId, page }, unlessMoved) =>
      firstOf(
        await rows()
          .where({ id, ...(unlessMoved === undefined ? {} : { wanted: unlessMoved }) })
          .update({
            wanted: knex.raw('wanted + 1'),
            ...(data === undefined ? {} : { data: JSON.stringify(data) }),
            ...(listId === undefined ? {} : { list_id: listId }),
            ...(page === undefined ? {} : { page }),
          })
          .returning('*'),
      ),

    showing: (teamId, vdn, fromAt, limit) =>
      rows()
        .join('lists', 'lists.id', 'outbox.list_id')
        .where({ 'outbox.team_id': teamId, 'outbox.state': 'sent', 'lists.vdn': vdn })
        .where('outbox.created_at', '>=', fromAt)
        .whereRaw("substr(outbox.channel_id, 1, 1) in ('C', 'G')")
        .orderBy('outbox.seq', 'desc')
        .limit(limit)
        .select({ id: 'outbox.id', channelId: 'outbox.channel_id' }),

    bump: async (ids) => {
      await rows().whereIn('id', ids).increment('wanted');
    },

    claimEdit: async (id, now, until) =>
      firstOf(
        await due(knex, now)
          .andWhere({ id })
          // Whoever waits for an edit needs no turn, but Slack's "not now" is meant for all.
          .whereRaw(LANE_OPEN, [editsLane('').name, Number.MAX_SAFE_INTEGER, now])
          .update({ next_try_at: until })
          .returning('*'),
      ),

    // As with looks, the turn comes first.
    claimNextEdit: (now, until) =>
      inTransaction(knex, async (trx) => {
        const { name, everyMs, burst } = editsLane('');
        const next = () =>
          due(trx, now)
            .whereRaw(LANE_OPEN, [name, now + (burst - 1) * everyMs, now])
            .orderBy('next_try_at');
        const first = await next().first('team_id');
        if (!first) return undefined;
        const taken = await takeTurns(trx, [editsLane(first.team_id)], now);
        if (taken.length === 0) return undefined;
        const waiting: { id: string }[] = await skipLocked(
          trx,
          due(trx, now).andWhere({ team_id: first.team_id }).orderBy('next_try_at').limit(1).select('id'),
        );
        return firstOf(
          await due(trx, now)
            .whereIn(
              'id',
              waiting.map(({ id }) => id),
            )
            .update({ next_try_at: until })
            .returning('*'),
        );
      }),

    shrinkEdit: async (edit, shrunk) => (await underWay(edit).update({ shrunk })) > 0,

    markShown: async (edit) =>
      (await underWay(edit).update({
        shown: knex.raw('case when shown < ? then ? else shown end', [edit.wanted, edit.wanted]),
        next_try_at: 0,
        unrendered: 0,
        lost: 0,
        lost_since: null,
      })) > 0,

    delayEdit: async (edit, nextTryAt, learnt = {}) =>
      (await underWay(edit).update({ next_try_at: nextTryAt, ...learntColumns(learnt) })) > 0,

    markGone: async (edit, error) => (await underWay(edit).update({ state: 'failed', error })) > 0,
  };
}
