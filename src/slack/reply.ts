import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import type { Message } from './messages/message.ts';

/**
 * Answers somebody who typed a command or clicked: through the response_url, and where Slack does not take that (five
 * uses, half an hour) as a message of its own. Never throws: whoever cannot be told at all is in the log.
 */
export interface Reply {
  /** Only the person who asked sees it. */
  privately(message: Message): Promise<void>;
  /** Everybody in the channel sees it. */
  toChannel(message: Message): Promise<void>;
  /** Replaces the private message that was clicked, or comes after it; only for clicks. */
  replace(message: Message): Promise<void>;
  /** Replaces the message that was clicked, whoever sees it, until its edit arrives. False when Slack does not take it. */
  replaceForNow(message: Message): Promise<boolean>;
}

/** Whom to answer, and where. */
export interface Place {
  userId: string;
  channelId: string | null;
  /** The thread that they said it in. */
  threadTs?: string | null;
  /** The conversation is theirs with the desk alone. */
  direct?: boolean;
}

export interface ReplyParts extends Place {
  /** Bolt makes none for a click in a view, where Slack gives no response_url. */
  respond: RespondFn | undefined;
  client: WebClient;
  log: Log;
}

/** Slack's previews of links are not wanted in what the desk says. */
const plain = { unfurl_links: false, unfurl_media: false };

export function createReply(parts: ReplyParts): Reply {
  const { respond, client, userId, channelId, direct = false, log } = parts;
  const thread = parts.threadTs ? { thread_ts: parts.threadTs } : {};

  async function throughUrl(message: Message, how: Parameters<RespondFn>[0] & object): Promise<boolean> {
    if (!respond) return false;
    // Bolt throws for every answer but a 2xx.
    return succeeds('a response_url', () => respond({ ...message, ...how }));
  }

  async function succeeds(way: string, attempt: () => Promise<unknown>): Promise<boolean> {
    try {
      await attempt();
      return true;
    } catch (err) {
      log.warn({ err, way }, 'Slack did not take a reply');
      return false;
    }
  }

  /** In the channel where only that person sees it, if the desk is there; else in a direct message. */
  async function alone(message: Message): Promise<void> {
    const told =
      (direct && (await posted(message))) ||
      (channelId !== null &&
        (await succeeds('chat.postEphemeral', () =>
          client.chat.postEphemeral({ channel: channelId, user: userId, ...message, ...thread }),
        ))) ||
      (await succeeds('a direct message', async () => {
        const { channel } = await client.conversations.open({ users: userId });
        await client.chat.postMessage({ channel: channel?.id ?? userId, ...message, ...plain });
      }));
    if (!told) log.error({ userId, channelId }, 'Somebody could not be told in any way');
  }

  const posted = async (message: Message): Promise<boolean> =>
    channelId !== null &&
    (await succeeds('chat.postMessage', () =>
      client.chat.postMessage({ channel: channelId, ...message, ...plain, ...thread }),
    ));

  return {
    async privately(message) {
      const how = { response_type: 'ephemeral', replace_original: false } as const;
      if (!(await throughUrl(message, how))) await alone(message);
    },
    async toChannel(message) {
      const how = { response_type: 'in_channel', replace_original: false } as const;
      if (await throughUrl(message, how)) return;
      if (!(await posted(message))) await alone(message);
    },
    async replace(message) {
      if (!(await throughUrl(message, { replace_original: true }))) await alone(message);
    },
    replaceForNow: (message) => throughUrl(message, { replace_original: true }),
  };
}
