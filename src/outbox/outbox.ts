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
   * pending → sending → sent; failed: refused for good. Doubt is `sending` whose `nextTryAt` has passed. private: went through a
   * response_url to one person; never sent by the outbox, kept for the clicks on it. owed: is to become private, but whoever
   * waits for it was not told yet, as far as is known.
   */
  state: 'pending' | 'sending' | 'sent' | 'failed' | 'private' | 'owed';
  createdAt: number;
  /** How often it was claimed for posting: names the latest claim. */
  attempts: number;
  /** pending: not posted before; sending: in doubt from then on, or the look has till then; sent: not edited before, or the edit has till then. */
  nextTryAt: number;
  sendingAt: number | null;
  /** Where it landed: the channel that Slack answered with, and the message's ts. */
  postedChannelId: string | null;
  ts: string | null;
  /** Slack's error name when failed, or when its answer was lost. */
  error: string | null;
  /** The subscription that it belongs to, paused when Slack refuses it for good. */
  subscriptionId: number | null;
  /** The list that it shows and the page of it (from 0), where it shows one. */
  listId: string | null;
  page: number;
  /** The thread that it is a reply in; null: it stands in the channel. */
  threadTs: string | null;
  /** Edits: bumped when what it shows has changed; what Slack was last told. An edit is due while wanted > shown. */
  wanted: number;
  shown: number;
  /** How often in a row the history did not have it, while it is in doubt; and down to which ts an unfinished look has read. */
  absentLooks: number;
  historyReadTo: string | null;
  /** How much smaller than whole it is rendered, after Slack has refused it as too large: up to SMALLEST. */
  shrunk: number;
  /** How often in a row it could not be rendered. */
  unrendered: number;
  /** How often in a row Slack's answer was lost, to the post or to an edit, and since when (epoch ms). */
  lost: number;
  lostSince: number | null;
}

/** Only one person has seen it, or is to see it, through a response_url. */
export const isPrivate = ({ state }: Pick<OutboxRow, 'state'>): boolean =>
  state === 'private' || state === 'owed';

/** `shrunk` of a message that cannot be rendered any smaller. */
export const SMALLEST = 2;

/** What a writer gives; the rest starts at its beginning. */
export interface OutboxDraft {
  id: string;
  teamId: string;
  channelId: string;
  kind: string;
  data: unknown;
  subscriptionId?: number;
  listId?: string;
  threadTs?: string;
}

/** Where a message is in Slack. */
export interface Place {
  channelId: string;
  ts: string;
}

/** How a call to Slack ended. */
export type PostResult =
  | ({ outcome: 'sent' } & Place)
  /** Slack said no for good: `channel_not_found`, `is_archived`, … */
  | { outcome: 'refused'; error: string }
  /** The message is no longer there to be edited. */
  | { outcome: 'gone'; error: string }
  /** Slack does not take it as it is; something smaller it may take. */
  | { outcome: 'too-large'; error: string }
  | ShutOut
  | Later
  /** The answer was lost: perhaps posted, perhaps not. */
  | { outcome: 'unknown'; error: string };

/** Slack takes nothing from the desk, whatever it says and wherever. `remedy`: a sentence to whoever runs the desk. */
export interface ShutOut {
  outcome: 'shut-out';
  error: string;
  remedy: string;
}

/** Certainly not done, and worth another try. */
export interface Later {
  outcome: 'later';
  afterMs: number;
  /** Whose reason it is: Slack's (429) or the network's, the default; something's on the way there, such as a proxy's; or the desk waits with
   * this message alone: for another desk, or because Slack does not say what has to be known first. */
  why?: 'slack' | 'way' | 'message' | 'unanswered';
  error?: string;
}

/** What of a channel's history is to be read: from `sinceAt` to `untilAt`, of that only what is older than the ts `readTo`. */
export interface HistoryWindow {
  sinceAt: number;
  untilAt: number;
  readTo: string | null;
}

/** What a look into the history saw. */
export type LookResult =
  /** All of it: the rows that were found, by id. */
  | { outcome: 'read'; found: ReadonlyMap<string, Place> }
  /** The desk may not read there. */
  | { outcome: 'unreadable'; error: string }
  /** Slack said not now; the ts that it was read down to, and what was found so far. */
  | { outcome: 'later'; afterMs: number; readTo: string | null; found: ReadonlyMap<string, Place> }
  | ShutOut;

/** The port to Slack: renders a row as it stands now and sends it. Throws when it cannot be rendered, never for what Slack answers. */
export interface MessagePort {
  /** `mayGo` is asked last, just before the message leaves: false when somebody else has claimed the row meanwhile. */
  post(row: OutboxRow, mayGo: () => Promise<boolean>): Promise<PostResult>;
  /** Edits the message that the row became. */
  update(row: OutboxRow): Promise<PostResult>;
  /** Looks for the UUIDs of rows, all of one channel, in its history. */
  find(rows: readonly OutboxRow[], window: HistoryWindow): Promise<LookResult>;
}
