import type { WebClient } from '@slack/web-api';
import type { MessagePort, OutboxRow, Place, PostResult } from '../outbox/outbox.ts';
import type { Channels } from './channels.ts';
import { classOf, remedyFor } from './error-names.ts';
import { lookForEach, METADATA_TYPE } from './history-look.ts';
import type { Message } from './messages/message.ts';
import { NO_RIGHT, SHARED_CHANNEL } from './messages/subscription-paused.ts';
import { named } from './named.ts';
import type { ReadingOf } from './reading.ts';
import { slackFailure } from './slack-error.ts';
import { UnknownKind } from './unknown-kind.ts';

export interface DeliveryOptions {
  /** Retries off, rate-limited calls rejected: the outbox decides when to try again. */
  client: WebClient;
  /** The row's message as it stands now. */
  render(row: OutboxRow): Promise<Message>;
  /** What its reader may see of a row. */
  readingOf: ReadingOf;
  channels: Pick<Channels, 'shared'>;
  /** What people see as somebody's name; null where Slack does not say. */
  nameOf(userId: string): Promise<string | null>;
  numbersInSharedChannels: boolean;
}

const ASK_AGAIN_MS = 15_000;
/** A proxy that lets nothing through is mended by a person. */
const WAY_AGAIN_MS = 60_000;
/** The row belongs to another process now; whatever that means for the message, this one does not send it. */
const CLAIMED_AGAIN = 'claimed_again';

/** Sends the outbox's rows to Slack. */
export function createDelivery(options: DeliveryOptions): MessagePort {
  const { client, render, readingOf, channels, numbersInSharedChannels, nameOf } = options;

  /** Why a row may not go out now: callers' numbers never reach a channel that is shared with another organisation. */
  async function objection({ listId, channelId }: OutboxRow): Promise<PostResult | undefined> {
    if (listId === null || numbersInSharedChannels) return undefined;
    const shared = await channels.shared(channelId);
    if (shared === 'later') return unanswered('conversations.info');
    if (typeof shared === 'object') return refusal(shared.refused, 'conversations.info');
    return shared ? { outcome: 'refused', error: SHARED_CHANNEL } : undefined;
  }

  /** The same for whoever has not the right to see it. `posted`: it is there already, and is edited so that it shows nothing. */
  async function denial(row: OutboxRow, posted: boolean): Promise<PostResult | undefined> {
    const { verdict } = await readingOf(row);
    if (verdict === 'unknown') return unanswered('who may see it');
    return verdict === 'no' && !posted ? { outcome: 'refused', error: NO_RIGHT } : undefined;
  }

  /** A direct message needs a conversation first; a channel is one. */
  async function conversationOf({ channelId }: OutboxRow): Promise<string> {
    if (!/^[UW]/.test(channelId)) return channelId;
    const { channel } = await client.conversations.open({ users: channelId });
    return channel?.id ?? channelId;
  }

  /** The conversation, or why there is none: whatever went wrong, nothing has been posted. */
  async function opened(row: OutboxRow): Promise<string | PostResult> {
    try {
      return await conversationOf(row);
    } catch (error) {
      const result = resultOf(error, 'conversations.open');
      return result.outcome === 'unknown' ? unanswered(`conversations.open: ${result.error}`) : result;
    }
  }

  return {
    post: leavingToNewer(async (row, mayGo) => {
      const objects = (await objection(row)) ?? (await denial(row, false));
      if (objects) return objects;
      const rendered = await render(row);
      // In a direct message there is nobody else to be told of it.
      const message = /^[UWD]/.test(row.channelId) ? rendered : await named(rendered, nameOf);
      const channel = await opened(row);
      if (typeof channel === 'object') return channel;
      if (!(await mayGo())) return { outcome: 'unknown', error: CLAIMED_AGAIN };
      return attempt('chat.postMessage', async () => {
        const posted = await client.chat.postMessage({
          channel,
          ...(row.threadTs ? { thread_ts: row.threadTs } : {}),
          ...message,
          metadata: { event_type: METADATA_TYPE, event_payload: { id: row.id } },
          unfurl_links: false,
          unfurl_media: false,
        });
        return posted.ts ? { channelId: posted.channel ?? channel, ts: posted.ts } : undefined;
      });
    }),

    update: leavingToNewer(async (row) => {
      const { postedChannelId, ts } = row;
      if (!postedChannelId || !ts) return { outcome: 'refused', error: 'not_posted' };
      const objects = (await objection(row)) ?? (await denial(row, true));
      if (objects) return objects;
      const message = await render(row);
      return attempt('chat.update', async () => {
        await client.chat.update({ channel: postedChannelId, ts, ...message });
        return { channelId: postedChannelId, ts };
      });
    }),

    async find(rows, window) {
      const [first] = rows;
      if (!first) return { outcome: 'read', found: new Map() };
      const channel = await opened(first);
      if (typeof channel === 'string') {
        return lookForEach(rows, window, client, channel);
      }
      if (channel.outcome === 'shut-out') return channel;
      if (channel.outcome === 'later') {
        return { outcome: 'later', afterMs: channel.afterMs, readTo: window.readTo, found: new Map() };
      }
      return { outcome: 'unreadable', error: 'error' in channel ? channel.error : channel.outcome };
    },
  };
}

/** Slack does not say what has to be known first. */
const unanswered = (error: string) =>
  ({ outcome: 'later', afterMs: ASK_AGAIN_MS, why: 'unanswered', error }) as const;

/** What a newer desk has written, it will send: while desks are upgraded one after the other, there is one. */
const leavingToNewer =
  <A extends unknown[]>(send: (...args: A) => Promise<PostResult>) =>
  async (...args: A): Promise<PostResult> => {
    try {
      return await send(...args);
    } catch (error) {
      if (!(error instanceof UnknownKind)) throw error;
      return { outcome: 'later', afterMs: ASK_AGAIN_MS, why: 'message', error: error.message };
    }
  };

async function attempt(method: string, send: () => Promise<Place | undefined>): Promise<PostResult> {
  try {
    const sent = await send();
    return sent ? { outcome: 'sent', ...sent } : { outcome: 'unknown', error: 'no_ts' };
  } catch (error) {
    return resultOf(error, method);
  }
}

function resultOf(error: unknown, method: string): Exclude<PostResult, { outcome: 'sent' }> {
  const failure = slackFailure(error);
  if (failure.kind === 'refused') return refusal(failure.error, method);
  if (failure.kind === 'later') return { outcome: 'later', afterMs: failure.afterMs };
  return { outcome: 'unknown', error: failure.error };
}

function refusal(error: string, method: string): Exclude<PostResult, { outcome: 'sent' }> {
  switch (classOf(error, method)) {
    case 'shut-out':
      return { outcome: 'shut-out', error, remedy: remedyFor(error) };
    case 'way':
      return { outcome: 'later', afterMs: WAY_AGAIN_MS, why: 'way', error };
    case 'gone':
      return { outcome: 'gone', error };
    case 'too-large':
      // Only of a message: there is nothing to make smaller in any other call.
      return { outcome: method.startsWith('chat.') ? 'too-large' : 'refused', error };
    default:
      return { outcome: 'refused', error };
  }
}
