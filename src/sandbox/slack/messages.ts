import type { Clock } from '../../clock.ts';
import type { Changes } from './changes.ts';
import type { JsonObject } from './json.ts';

/** A block as Slack keeps it: as it was sent, with the ids that were left out filled in. */
export interface Block extends JsonObject {
  type: string;
  block_id: string;
}

/** One message in a channel. Text is kept exactly as it was sent: what was not escaped stays visible as such. */
export interface Message {
  readonly channel: string;
  /** Slack's id of a message, `1668729600.000001`: seconds, and micros that make it unique. */
  readonly ts: string;
  /** User id of the author. */
  readonly user: string;
  readonly byApp: boolean;
  readonly threadTs: string | undefined;
  /** A reply that was also sent to the channel. */
  readonly broadcast: boolean;
  /** The only person who sees it; undefined for a message that everybody in the channel sees. */
  readonly ephemeralTo: string | undefined;
  text: string;
  blocks: Block[];
  attachments: JsonObject[];
  /** Files that were shared with it. */
  files: JsonObject[];
  metadata: JsonObject | undefined;
  editedTs: string | undefined;
}

export interface MessageDraft {
  channel: string;
  user: string;
  byApp: boolean;
  text: string;
  blocks?: Block[];
  attachments?: JsonObject[];
  files?: JsonObject[];
  metadata?: JsonObject | undefined;
  threadTs?: string | undefined;
  broadcast?: boolean;
  ephemeralTo?: string | undefined;
}

export type MessageChange = Partial<
  Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'editedTs'>
>;

export interface MessageStore {
  post(draft: MessageDraft): Message;
  change(message: Message, change: MessageChange): void;
  remove(message: Message): void;
  /** A message that everybody sees; ephemeral ones are not found here, as in Slack. */
  find(channel: string, ts: string): Message | undefined;
  /** Also an ephemeral one, if it is this person's. */
  findSeenBy(user: string, channel: string, ts: string): Message | undefined;
  /** Oldest first, ephemeral ones included. */
  inChannel(channel: string): Message[];
  /** The next unused ts. */
  nextTs(): string;
}

export function openMessages(clock: Clock, changes: Changes): MessageStore {
  const all: Message[] = [];
  let lastMicros = 0;

  const nextTs = () => {
    lastMicros = Math.max(clock.now() * 1000, lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };

  return {
    nextTs,
    post(draft) {
      const message: Message = {
        channel: draft.channel,
        ts: nextTs(),
        user: draft.user,
        byApp: draft.byApp,
        threadTs: draft.threadTs,
        broadcast: draft.broadcast ?? false,
        ephemeralTo: draft.ephemeralTo,
        text: draft.text,
        blocks: draft.blocks ?? [],
        attachments: draft.attachments ?? [],
        files: draft.files ?? [],
        metadata: draft.metadata,
        editedTs: undefined,
      };
      all.push(message);
      changes.tell();
      return message;
    },
    change(message, change) {
      Object.assign(message, change);
      changes.tell();
    },
    remove(message) {
      const at = all.indexOf(message);
      if (at >= 0) all.splice(at, 1);
      changes.tell();
    },
    find: (channel, ts) => all.find((m) => m.channel === channel && m.ts === ts && !m.ephemeralTo),
    findSeenBy: (user, channel, ts) =>
      all.find((m) => m.channel === channel && m.ts === ts && (!m.ephemeralTo || m.ephemeralTo === user)),
    inChannel: (channel) => all.filter((m) => m.channel === channel),
  };
}
