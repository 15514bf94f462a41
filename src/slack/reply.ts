import type { RespondFn } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { Message } from './messages/message.ts';

/** Answers through a command's or a click's response_url: at most five in half an hour, and never an edit of an earlier one. */
export interface Reply {
  /** Only the person who asked sees it. */
  privately(message: Message): Promise<void>;
  /** Everybody in the channel sees it. */
  toChannel(message: Message): Promise<void>;
  /** Replaces the message that was clicked; only for clicks. */
  replace(message: Message): Promise<void>;
}

/** `respond`: Bolt makes none for a click in a view, where Slack gives no response_url. */
export function createReply(respond: RespondFn | undefined, log: Log): Reply {
  async function send(message: Message, how: Parameters<RespondFn>[0] & object) {
    if (!respond) return log.info({}, 'There is no response_url to reply through');
    const response = await respond({ ...message, ...how });
    // Slack answers 404 when the address is used up or too old. There is no other way to reach this person from here.
    if (!response.ok)
      log.warn({ status: response.status }, 'Slack did not take a reply through a response_url');
  }
  return {
    privately: (message) => send(message, { response_type: 'ephemeral', replace_original: false }),
    toChannel: (message) => send(message, { response_type: 'in_channel', replace_original: false }),
    replace: (message) => send(message, { replace_original: true }),
  };
}
