/** A message that the desk has decided to send, and afterwards its record. */
export interface OutboxRow {
  /** UUID; travels in the message's metadata, so that it can be found again. */
  id: string;
  teamId: string;
  /** Channel id, or a user id for a direct message. */
  channelId: string;
  /** Which message it is; the adapter knows how to render it. */
  kind: string;
  /** JSON: the message as data. */
  data: unknown;
  /**
   * pending → sending → sent; failed: refused for good. Doubt is `sending` whose time has passed. private: went through a
   * response_url to one person; never sent by the outbox, kept for the clicks on it.
   */
  state: 'pending' | 'sending' | 'sent' | 'failed' | 'private';
  createdAt: number;
  attempts: number;
  /** Not before this. */
  nextTryAt: number;
  sendingAt: number | null;
  /** Where it landed: the channel that Slack answered with, and the message's ts. */
  postedChannelId: string | null;
  ts: string | null;
  /** Slack's error name when failed. */
  error: string | null;
  /** The subscription that it belongs to, paused when Slack refuses it for good. */
  subscriptionId: number | null;
  /** The list that it shows and the page of it (from 0), where it shows one. */
  listId: string | null;
  page: number;
  /** Edits: bumped when what it shows has changed; what Slack was last told. An edit is due while wanted > shown. */
  wanted: number;
  shown: number;
}

/** What a writer gives; the rest starts at its beginning. */
export interface OutboxDraft {
  id: string;
  teamId: string;
  channelId: string;
  kind: string;
  data: unknown;
  subscriptionId?: number;
  listId?: string;
}

/** How a call to Slack ended. */
export type PostResult =
  | { outcome: 'sent'; channelId: string; ts: string }
  /** Slack said no for good: `channel_not_found`, `is_archived`, … */
  | { outcome: 'refused'; error: string }
  /** Slack said not now (429), or the request never left; certainly not posted. */
  | { outcome: 'later'; afterMs: number }
  /** The answer was lost: perhaps posted, perhaps not. */
  | { outcome: 'unknown'; error: string };

/** The port to Slack: renders a row as it stands now and sends it. Never throws for what Slack answers. */
export interface MessagePort {
  post(row: OutboxRow): Promise<PostResult>;
  /** Edits the message that the row became. */
  update(row: OutboxRow): Promise<PostResult>;
  /**
   * Looks for the row's UUID in the channel's history from `sinceAt` on.
   * 'unreadable': the desk may not read there.
   */
  find(
    row: OutboxRow,
    sinceAt: number,
  ): Promise<{ ts: string; channelId: string } | 'absent' | 'unreadable' | 'later'>;
}
