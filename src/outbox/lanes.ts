import type { OutboxRow } from './outbox.ts';

/** What may happen only so often, counted over all processes on one database; the store keeps when it may happen next. */
export interface Lane {
  teamId: string;
  /** A channel's id, or what holds for the workspace as a whole: in brackets, as no channel is called. */
  name: string;
  /** How far apart two turns are in the long run. */
  everyMs: number;
  /** How many turns may be taken at once after a pause. */
  burst: number;
}

/** Slack takes about one message a second a channel. */
const BETWEEN_POSTS_MS = 1000;
/** Slack tolerates short bursts: several people may ask in one channel at once. Digests do not use this. */
const ANSWERS_AT_ONCE = 4;

type RowPlace = Pick<OutboxRow, 'teamId' | 'channelId'>;

export const postLane = ({ teamId, channelId }: RowPlace): Lane => ({
  teamId,
  name: channelId,
  everyMs: BETWEEN_POSTS_MS,
  burst: 1,
});

/** A person waits for it. */
export const answerLane = (place: RowPlace): Lane => ({ ...postLane(place), burst: ANSWERS_AT_ONCE });

/** Every post of a workspace that nobody waits for. It has no pace of its own (Slack's is not published), but can be held. */
export const postsLane = (teamId: string): Lane => ({ teamId, name: '(posts)', everyMs: 0, burst: 1 });

/**
 * Edits that nobody waits for: with the burst at most 30 in any minute, of the 50 that chat.update takes; the others are
 * for clicks and answers. Held, it stops those too.
 */
export const editsLane = (teamId: string): Lane => ({ teamId, name: '(edits)', everyMs: 2500, burst: 6 });

/** Looks for messages in doubt, below the 50 a minute of conversations.history; where Slack allows fewer, its Retry-After says so. */
export const historyLane = (teamId: string): Lane => ({
  teamId,
  name: '(history)',
  everyMs: 1250,
  burst: 1,
});
