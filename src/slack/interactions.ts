import type { ModalView } from '@slack/types';
import type { Place, Reply } from './reply.ts';
import type { EventFields } from './said.ts';

/** A slash command, or the same words in a message to the desk. */
export interface CommandCall {
  teamId: string;
  channelId: string;
  userId: string;
  /** As Slack sent it. */
  text: string;
  reply: Reply;
  /** Opens a view, once, within 3 s; null: a message opens none. */
  triggerId: string | null;
  /** The thread that it was said in, where the answer belongs. */
  threadTs: string | null;
  /** Said in a direct message to the desk, where nobody else reads. */
  direct: boolean;
}

/** What Slack tells of by itself. */
export interface EventCall {
  event: EventFields;
  /** In a conversation with people of another organisation. */
  sharedChannel: boolean;
  /** Answers somebody there. */
  replyTo(place: Place): Reply;
}

/** A click on a button, or a choice. */
export interface ActionCall {
  teamId: string;
  /** Opens a view, once, within 3 s. */
  triggerId: string;
  /** The view that it was in; null: a message. */
  view: OpenView | null;
  channelId: string | null;
  userId: string;
  /** The message that was clicked. */
  messageTs: string | null;
  /** Only the clicker sees that message: it can be changed through the click's own reply alone. */
  ephemeral: boolean;
  /** The button's, or the chosen option's. */
  value: string;
  reply: Reply;
}

/** A view that somebody has open, and what is entered in it. */
export interface OpenView {
  id: string;
  /** The form that it was opened over, or itself. */
  rootId: string;
  /** Which form it is. */
  name: string;
  hash: string;
  /** When the person did this, as Slack counts: later is greater. */
  actedAt: string;
  /** What the desk put into it, which nothing may rest on. */
  metadata: string;
  /** By block and action id. */
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A submitted view. */
export interface ViewCall {
  teamId: string;
  userId: string;
  view: OpenView;
}

/** What a submission came to: all forms close, it shows errors by block id, or shows something else. */
export interface ViewAnswer {
  answer: { close: true } | { errors: Record<string, string> } | { show: ModalView };
  /** What is left to do once the person has the answer. */
  afterwards?(): Promise<void>;
}
