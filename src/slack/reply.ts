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

export interface ReplyParts {
  /** Bolt makes none for a click in a view, where Slack gives no response_url. */
  respond: RespondFn | undefined;
  client: WebClient;
  userId: string;
  channelId: string | null;
  log: Log;
}

/** Slack's previews of links are not wanted in what the desk says. */
const plain = { unfurl_links: false, unfurl_media: false };

export function createReply({ respond, client, userId, channelId, log }: ReplyParts): Reply {
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
      (channelId !== null &&
        (await succeeds('chat.postEphemeral', () =>
          client.chat.postEphemeral({ channel: channelId, user: userId, ...message }),
        ))) ||
      (await succeeds('a direct message', async () => {
        const { channel } = await client.conversations.open({ users: userId });
        await client.chat.postMessage({ channel: channel?.id ?? userId, ...message, ...plain });
      }));
    if (!told) log.error({ userId, channelId }, 'Somebody could not be told in any way');
  }

  return {
    async privately(message) {
      const how = { response_type: 'ephemeral', replace_original: false } as const;
      if (!(await throughUrl(message, how))) await alone(message);
    },
    async toChannel(message) {
      const how = { response_type: 'in_channel', replace_original: false } as const;
      if (await throughUrl(message, how)) return;
      const posted =
        channelId !== null &&
        (await succeeds('chat.postMessage', () =>
          client.chat.postMessage({ channel: channelId, ...message, ...plain }),
        ));
      if (!posted) await alone(message);
    },
    async replace(message) {
      if (!(await throughUrl(message, { replace_original: true }))) await alone(message);
    },
    replaceForNow: (message) => throughUrl(message, { replace_original: true }),
  };
}
