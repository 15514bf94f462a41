import type { Knex } from 'knex';
import type { Lane } from '../outbox/lanes.ts';
import { skipLocked } from './skip-locked.ts';
import { inTransaction } from './transactions.ts';

// free_at: when a lane is free once every turn so far has had its time. held_until: Slack said not before.

const KEY = ['team_id', 'channel_id'];

/** Takes a turn of each lane that is open, in one statement; they share their pace. Those that were taken. */
export async function takeTurns<L extends Lane>(db: Knex, lanes: readonly L[], now: number): Promise<L[]> {
  const [first] = lanes;
  if (!first) return [];
  const { everyMs, burst } = first;
  const taken: { team_id: string; channel_id: string }[] = await db('paces')
    .insert(
      lanes.map(({ teamId, name }) => ({
        team_id: teamId,
        channel_id: name,
        free_at: now + everyMs,
        held_until: 0,
      })),
    )
    .onConflict(KEY)
    .merge({
      free_at: db.raw('case when paces.free_at > ? then paces.free_at else ? end + ?', [now, now, everyMs]),
    })
    .whereRaw('paces.free_at <= ? and paces.held_until <= ?', [now + (burst - 1) * everyMs, now])
    .returning(KEY);
  return lanes.filter(({ teamId, name }) =>
    taken.some((turn) => turn.team_id === teamId && turn.channel_id === name),
  );
}

/** No turn before. */
export async function holdLane(db: Knex, { teamId, name }: Lane, until: number): Promise<void> {
  await db('paces')
    .insert({ team_id: teamId, channel_id: name, free_at: 0, held_until: until })
    .onConflict(KEY)
    .merge({ held_until: until })
    .where('paces.held_until', '<', until);
}

/** Forgets lanes that are open. */
export async function tidyLanes(db: Knex, now: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const open: { team_id: string; channel_id: string }[] = await skipLocked(
      trx,
      trx('paces').select(KEY).where('free_at', '<=', now).andWhere('held_until', '<=', now).limit(500),
    );
    const keys = open.map(({ team_id, channel_id }) => [team_id, channel_id]);
    if (keys.length > 0) await trx('paces').whereIn(KEY, keys).delete();
  });
}

/**
 * SQL: a row's workspace has no such lane that is closed. Bindings: the lane's name, `now` plus what its burst allows,
 * `now`. For looking ahead; what counts is the turn.
 */
export const LANE_OPEN = `not exists (select 1 from paces where paces.team_id = outbox.team_id
  and paces.channel_id = ? and (paces.free_at > ? or paces.held_until > ?))`;
