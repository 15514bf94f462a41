import type { Reply } from './reply.ts';

/** A slash command, as the desk needs it. */
export interface CommandCall {
  teamId: string;
  channelId: string;
  userId: string;
  text: string;
  reply: Reply;
}

/** A click on a button. */
export interface ActionCall {
  teamId: string;
  channelId: string | null;
  userId: string;
  /** The message that was clicked. */
  messageTs: string | null;
  /** Only the clicker sees that message: it can be changed through the click's own reply alone. */
  ephemeral: boolean;
  value: string;
  reply: Reply;
}
