import type { WebClient } from '@slack/web-api';
import type { MessagePort, OutboxRow, PostResult } from '../outbox/outbox.ts';
import type { Channels } from './channels.ts';
import type { Message } from './messages/message.ts';
import { slackFailure } from './slack-error.ts';

/** event_type of the metadata that every posted message carries. */
const METADATA_TYPE = 'missed_call_desk';
/** How far back one look into a channel's history reads; more would need a second call of a method that allows few. */
const HISTORY_ROWS = 100;

export interface DeliveryOptions {
  /** Retries off, rate-limited calls rejected: the outbox decides when to try again. */
  client: WebClient;
  /** The row's message as it stands now. */
  render(row: OutboxRow): Promise<Message>;
  channels: Pick<Channels, 'shared'>;
  numbersInSharedChannels: boolean;
}

/** The desk's own reason, among Slack's names for theirs: another organisation reads along. */
export const SHARED_CHANNEL = 'shared_channel';
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
        const { messages } = await client.conversations.history({
          channel,
          oldest: (sinceAt / 1000).toFixed(6),
          limit: HISTORY_ROWS,
          include_all_metadata: true,
        });
        const found = messages?.find(
          ({ metadata }) =>
            metadata?.event_type === METADATA_TYPE &&
            (metadata.event_payload as { id?: unknown } | undefined)?.id === row.id,
        );
        return found?.ts ? { channelId: channel, ts: found.ts } : 'absent';
      } catch (error) {
        return slackFailure(error).kind === 'refused' ? 'unreadable' : 'later';
      }
    },
  };
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
