import type { Knex } from 'knex';
import type { SharingStore } from '../slack/sharing.ts';
import { type Bigint, toNumber } from './numbers.ts';

interface ChannelRecord {
  team_id: string;
  channel_id: string;
  shared: boolean | 0 | 1;
  asked_at: Bigint;
  events: number;
}

/** What Slack says of channels. */
export function createChannelsStore(knex: Knex): SharingStore {
  const channels = () => knex<ChannelRecord>('channels');
  const KEY = ['team_id', 'channel_id'] as const;

  async function find(teamId: string, channelId: string) {
    const row = await channels().where({ team_id: teamId, channel_id: channelId }).first();
    return row && { shared: Boolean(row.shared), askedAt: toNumber(row.asked_at), events: row.events };
  }

  return {
    find,

    async saveAnswer(teamId, channelId, { shared, askedAt, events }) {
      const said = { shared, asked_at: askedAt };
      await channels()
        .insert({ team_id: teamId, channel_id: channelId, ...said, events })
        .onConflict(KEY)
        .merge(said)
        .where('channels.events', events);
      return (await find(teamId, channelId)) ?? { shared, askedAt, events };
    },

    async saveEvent(teamId, channelId, { shared, askedAt }) {
      const said = { shared, asked_at: askedAt };
      await channels()
        .insert({ team_id: teamId, channel_id: channelId, ...said, events: 1 })
        .onConflict(KEY)
        .merge({ ...said, events: knex.raw('channels.events + 1') });
    },

    notAskedSince: (teamId, at, limit) =>
      knex('subscriptions as s')
        .leftJoin('channels as c', (on) =>
          on.on('c.team_id', 's.team_id').andOn('c.channel_id', 's.channel_id'),
        )
        .where('s.team_id', teamId)
        .where('s.state', 'active')
        .where((or) => or.whereNull('c.asked_at').orWhere('c.asked_at', '<', at))
        .distinct('s.channel_id')
        .limit(limit)
        .pluck('s.channel_id'),
  };
}
