import type { Knex } from 'knex';
import { historyLane } from '../outbox/lanes.ts';
import type { Claimed, DoubtStore } from '../outbox/store.ts';
import { toNumber } from './numbers.ts';
import { inOrder, type OutboxRecord } from './outbox-records.ts';
import { LANE_OPEN, takeTurns } from './paces.ts';
import { skipLocked } from './skip-locked.ts';
import { inTransaction } from './transactions.ts';

export function createDoubtStore(knex: Knex): DoubtStore {
  const rows = (db: Knex = knex) => db<OutboxRecord>('outbox');
  const inDoubt = (db: Knex, now: number) =>
    rows(db).whereRaw("state = 'sending'").andWhere('next_try_at', '<=', now);
  const underWay = ({ id, attempts }: Claimed) => rows().where({ id, attempts, state: 'sending' });

  return {
    // The lane's turn comes first: whoever holds its row keeps all others of the workspace from claiming the same looks.
    claimDoubts: (now, lookUntil, withinMs) =>
      inTransaction(knex, async (trx) => {
        const first = await inDoubt(trx, now)
          .whereRaw(LANE_OPEN, [historyLane('').name, now, now])
          .orderBy('next_try_at')
          .first('team_id', 'channel_id', 'sending_at');
        if (!first) return [];
        const { team_id, channel_id, sending_at } = first;
        const taken = await takeTurns(trx, [historyLane(team_id)], now);
        if (taken.length === 0) return [];
        const sentAt = toNumber(sending_at ?? now);
        const doubted: { id: string }[] = await skipLocked(
          trx,
          inDoubt(trx, now)
            .andWhere({ team_id, channel_id })
            .whereBetween('sending_at', [sentAt - withinMs, sentAt + withinMs])
            .select('id'),
        );
        return inOrder(
          await inDoubt(trx, now)
            .whereIn(
              'id',
              doubted.map(({ id }) => id),
            )
            .update({ next_try_at: lookUntil })
            .returning('*'),
        );
      }),

    lookedInVain: async (claimed, nextTryAt) =>
      (await underWay(claimed).update({
        absent_looks: knex.raw('absent_looks + 1'),
        next_try_at: nextTryAt,
        history_read_to: null,
      })) > 0,

    delayLook: async (claimed, nextTryAt, readTo) =>
      (await underWay(claimed).update({ next_try_at: nextTryAt, history_read_to: readTo })) > 0,
  };
}
