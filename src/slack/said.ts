import { commandIn } from './message-text.ts';

/** Something that a person said to the desk: with a mention, or in a direct message. */
export interface Said {
  userId: string;
  channelId: string;
  /** The thread that it was said in. */
  threadTs: string | null;
  /** A direct message to the desk. */
  direct: boolean;
  /** Somebody of another organisation, in a channel or direct message that is shared with them. */
  foreign: boolean;
  /** What a command would have said; "" where the desk was only named. */
  text: string;
}

/** What an event of Slack's holds, which nobody has looked at yet. */
export type EventFields = Readonly<Record<string, unknown>>;

/** Kinds of messages that are somebody's words all the same. */
const SPOKEN_SUBTYPES: readonly unknown[] = [undefined, 'file_share', 'thread_broadcast', 'me_message'];

/**
 * Reads `app_mention` and `message.im`. Undefined for what nobody said just now: of apps and of the desk itself, edits,
 * deletions, and what Slack writes into conversations.
 * https://docs.slack.dev/reference/events/app_mention, https://docs.slack.dev/reference/events/message
 */
export function saidIn(
  event: EventFields,
  desk: { botUserId: string; teamId: string; sharedChannel: boolean },
): Said | undefined {
  const { user, channel, text, subtype, thread_ts: thread } = event;
  if (typeof user !== 'string' || typeof channel !== 'string' || typeof text !== 'string') return undefined;
  if (!SPOKEN_SUBTYPES.includes(subtype) || event.edited !== undefined || event.hidden === true)
    return undefined;
  if (event.bot_id || event.bot_profile || user === desk.botUserId || user === SLACKBOT) return undefined;
  const direct = event.type === 'message';
  // Workspaces of one organisation share channels too, which are not marked as shared with another one.
  const theirTeam = event.user_team ?? event.source_team ?? event.team;
  const isElsewhere = typeof theirTeam === 'string' && theirTeam !== desk.teamId;
  return {
    userId: user,
    channelId: channel,
    threadTs: typeof thread === 'string' ? thread : null,
    direct,
    foreign: isElsewhere && desk.sharedChannel,
    text: commandIn(text, desk.botUserId),
  };
}

const SLACKBOT = 'USLACKBOT';
