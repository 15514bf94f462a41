import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createAsked } from './asked.ts';
import { slackErrorName } from './slack-error.ts';

export interface ChannelMembers {
  /** User ids; undefined: Slack does not say now. Nobody, where it hides the channel from the desk. */
  of(channelId: string): Promise<ReadonlySet<string> | undefined>;
}

/** As many as Slack gives at once. */
const PAGE = 1000;

/** conversations.members: who has the rights of a channel where they do not act in it, as in forms and in the App Home. */
export function createChannelMembers(client: WebClient, clock: Clock, log: Log): ChannelMembers {
  async function ask(channel: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    try {
      let cursor = '';
      do {
        const page = await client.conversations.members({ channel, limit: PAGE, ...(cursor && { cursor }) });
        for (const id of page.members ?? []) found.add(id);
        cursor = page.response_metadata?.next_cursor ?? '';
      } while (cursor !== '');
    } catch (error) {
      if (slackErrorName(error) !== 'channel_not_found') throw error;
    }
    return found;
  }
  const asked = createAsked({ ask, what: 'channel members', clock, log });
  return { of: (channelId) => asked.get(channelId) };
}
