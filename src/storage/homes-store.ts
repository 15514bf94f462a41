import type { Knex } from 'knex';
import type { HomeStore, OpenHome } from '../slack/home/home-store.ts';
import { rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { holdLane, takeTurns } from './paces.ts';

/** Events that may still be on their way when later ones are there: transactions do not end in the order of their numbers. */
const LATE_EVENTS = 2000;

export function createHomeStore(knex: Knex): HomeStore {
  const homes = () => knex<HomeRecord>('homes');
  const key = ({ teamId, userId }: Pick<OpenHome, 'teamId' | 'userId'>) => ({
    team_id: teamId,
    user_id: userId,
  });

  return {
    open: async (whose, now) => {
      const fresh = { opened_at: now, page: 0, shown: '', next_look_at: 0 };
      await homes()
        .insert({ ...key(whose), ...fresh, mark: '', looked_at: 0, view_hash: null })
        .onConflict(['team_id', 'user_id'])
        .merge(fresh);
    },

    find: async (whose, openedFromAt) => {
      const record = await homes().where(key(whose)).andWhere('opened_at', '>=', openedFromAt).first();
      return record && toHome(record);
    },

    turn: async (whose, page) => {
      await homes().where(key(whose)).update({ page });
    },

    mark: async () => {
      const [found] = await rowsOf<{ latest: Bigint | null; late: Bigint }>(knex, MARK, {
        late: LATE_EVENTS,
      });
      return `${found?.latest ?? 0}/${found?.late ?? 0}`;
    },

    due: async (now, { mark, lookedBeforeAt, openedFromAt }, limit) =>
      (
        await homes()
          .where('opened_at', '>=', openedFromAt)
          .andWhere('next_look_at', '<=', now)
          .andWhere((changed) => changed.whereNot('mark', mark).orWhere('looked_at', '<', lookedBeforeAt))
          .orderBy('looked_at')
          .limit(limit)
      ).map(toHome),

    looked: async (whose, { mark, lookedAt, nextLookAt, shown }) => {
      await homes()
        .where(key(whose))
        .update({
          mark,
          looked_at: lookedAt,
          next_look_at: nextLookAt,
          ...(shown && { shown: shown.shown, view_hash: shown.viewHash }),
        });
    },

    delay: async (whose, nextLookAt) => {
      await homes().where(key(whose)).update({ next_look_at: nextLookAt });
    },

    takeTurn: async (lane, now) => (await takeTurns(knex, [lane], now)).length > 0,
    hold: (lane, until) => holdLane(knex, lane, until),

    forget: async (openedBeforeAt) => {
      await homes().where('opened_at', '<', openedBeforeAt).delete();
    },
  };
}

const MARK = `
  select max(id) as latest, count(*) as late from callback_events
  where id > (select coalesce(max(id), 0) from callback_events) - :late`;

interface HomeRecord {
  team_id: string;
  user_id: string;
  opened_at: Bigint;
  page: number;
  mark: string;
  looked_at: Bigint;
  next_look_at: Bigint;
  shown: string;
  view_hash: string | null;
}

const toHome = (record: HomeRecord): OpenHome => ({
  teamId: record.team_id,
  userId: record.user_id,
  openedAt: toNumber(record.opened_at),
  page: record.page,
  shown: record.shown,
  viewHash: record.view_hash,
});
