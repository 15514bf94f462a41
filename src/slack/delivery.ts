import type { WebClient } from '@slack/web-api';
import type { MessagePort, OutboxRow, PostResult } from '../outbox/outbox.ts';
import type { Channels } from './channels.ts';
import type { Message } from './messages/message.ts';
import { SHARED_CHANNEL } from './messages/subscription-paused.ts';
import { slackFailure } from './slack-error.ts';

/** event_type of the metadata that every posted message carries. */
const METADATA_TYPE = 'missed_call_desk';
/** Slack's advice for one page of history. */
const HISTORY_ROWS = 200;
/** More has no channel in the few minutes that are looked at. */
const HISTORY_PAGES = 5;
/** A message whose answer was lost is in Slack soon after it was sent, or never. */
const LANDED_WITHIN_MS = 2 * 60_000;

export interface DeliveryOptions {
  /** Retries off, rate-limited calls rejected: the outbox decides when to try again. */
  client: WebClient;
  /** The row's message as it stands now. */
  render(row: OutboxRow): Promise<Message>;
  channels: Pick<Channels, 'shared'>;
  numbersInSharedChannels: boolean;
}

const ASK_AGAIN_MS = 15_000;

/** Sends the outbox's rows to Slack. */
export function createDelivery(options: DeliveryOptions): MessagePort {
  const { client, render, channels, numbersInSharedChannels } = options;

  /** Why a row may not go out now: callers' numbers never reach a channel that is shared with another organisation. */
  async function objection({ listId, channelId }: OutboxRow): Promise<PostResult | undefined> {
    if (listId === null || numbersInSharedChannels) return undefined;
    const shared = await channels.shared(channelId);
    if (shared === 'later') return { outcome: 'later', afterMs: ASK_AGAIN_MS };
    if (typeof shared === 'object') return { outcome: 'refused', error: shared.refused };
    return shared ? { outcome: 'refused', error: SHARED_CHANNEL } : undefined;
  }

  /** A direct message needs a conversation first; a channel is one. */
  async function conversationOf(row: OutboxRow): Promise<string> {
    if (!/^[UW]/.test(row.channelId)) return row.channelId;
    const { channel } = await client.conversations.open({ users: row.channelId });
    return channel?.id ?? row.channelId;
  }

  return {
    async post(row) {
      const objects = await objection(row);
      if (objects) return objects;
      const message = await render(row);
      return attempt(async () => {
        const channel = await conversationOf(row);
        const posted = await client.chat.postMessage({
          channel,
          ...message,
          metadata: { event_type: METADATA_TYPE, event_payload: { id: row.id } },
          unfurl_links: false,
          unfurl_media: false,
        });
        return posted.ts ? { channelId: posted.channel ?? channel, ts: posted.ts } : undefined;
      });
    },

    async update(row) {
      const { postedChannelId, ts } = row;
      if (!postedChannelId || !ts) return { outcome: 'refused', error: 'not_posted' };
      const objects = await objection(row);
      if (objects) return objects;
      const message = await render(row);
      return attempt(async () => {
        await client.chat.update({ channel: postedChannelId, ts, ...message });
        return { channelId: postedChannelId, ts };
      });
    },

    async find(row, sinceAt) {
      try {
        const channel = row.postedChannelId ?? (await conversationOf(row));
        const latest = row.sendingAt === null ? {} : { latest: slackTime(row.sendingAt + LANDED_WITHIN_MS) };
        let cursor = '';
        for (let page = 0; page < HISTORY_PAGES; page++) {
          const { messages, response_metadata } = await client.conversations.history({
            channel,
            oldest: slackTime(sinceAt),
            ...latest,
            limit: HISTORY_ROWS,
            include_all_metadata: true,
            ...(cursor && { cursor }),
          });
          const found = messages?.find(({ metadata }) => idIn(metadata) === row.id);
          if (found?.ts) return { channelId: channel, ts: found.ts };
          cursor = response_metadata?.next_cursor ?? '';
          if (!cursor) return 'absent';
        }
        return 'unreadable';
      } catch (error) {
        return slackFailure(error).kind === 'refused' ? 'unreadable' : 'later';
      }
    },
  };
}

/** Slack counts in seconds, with six places. */
const slackTime = (at: number) => (at / 1000).toFixed(6);

/** The UUID in a message's metadata, where it is one of the desk's. */
function idIn(metadata: { event_type?: string; event_payload?: object } | undefined): unknown {
  const { event_type: type, event_payload: payload } = metadata ?? {};
  return type === METADATA_TYPE && payload && 'id' in payload ? payload.id : undefined;
}

async function attempt(
  send: () => Promise<{ channelId: string; ts: string } | undefined>,
): Promise<PostResult> {
  try {
    const sent = await send();
    return sent ? { outcome: 'sent', ...sent } : { outcome: 'unknown', error: 'no_ts' };
  } catch (error) {
    const failure = slackFailure(error);
    if (failure.kind === 'refused') return { outcome: 'refused', error: failure.error };
    if (failure.kind === 'later') return { outcome: 'later', afterMs: failure.afterMs };
    return { outcome: 'unknown', error: failure.error };
  }
}
