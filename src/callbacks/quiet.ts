import { MINUTE_MS } from '../calls/wall-time.ts';
import type { CallbackNoticesData, Notice, NoticeFor, Telling } from './notices.ts';

/** Something that somebody, or a channel, has yet to be told. */
export interface WaitingNotice extends NoticeFor {
  id: number;
  teamId: string;
  vdn: number;
  /** When it happened. */
  at: number;
  /** When its reader was last told anything; null: never. */
  lastToldAt: number | null;
}

/** What waits for the same reader, and is one message. */
export interface WaitingMessage {
  teamId: string;
  to: string;
  calls: CallbackNoticesData['calls'];
  notices: WaitingNotice[];
}

/** Whoever was left alone for so long is told at once. */
export const ALONE_MS = 5 * MINUTE_MS;
/** A burst is over when nothing has come for so long. */
export const PAUSE_MS = MINUTE_MS;
/** How long each may wait for what comes after it. */
const MOST_MS: Readonly<Record<Notice, number>> = {
  next: 0,
  due: MINUTE_MS,
  taken: MINUTE_MS,
  raised: MINUTE_MS,
  assigned: 5 * MINUTE_MS,
  resting: 5 * MINUTE_MS,
  returned: 5 * MINUTE_MS,
  back: 5 * MINUTE_MS,
};
/** These come in bursts, and nobody waits for them. */
const NEVER_AT_ONCE: ReadonlySet<Notice> = new Set(['resting', 'returned', 'back']);

/**
 * When what waits for one reader is told. At once, to whoever was left alone for a while; what follows waits until the burst is
 * over, or one of it has waited long enough, and is one message.
 */
export function toldAt(notices: readonly WaitingNotice[]): number {
  const times = notices.map(({ at, notice, lastToldAt }) => {
    const isAlone = lastToldAt === null || lastToldAt + ALONE_MS <= at;
    return isAlone && !NEVER_AT_ONCE.has(notice) ? at : at + MOST_MS[notice];
  });
  const latestAt = Math.max(...notices.map(({ at }) => at));
  return Math.min(latestAt + PAUSE_MS, ...times);
}

/**
 * The messages that are to be told by now. Each says one thing of a callback, as each of its callers has one row: what has
 * happened to the same one since is in the next.
 */
export function messagesBy(now: number, waiting: readonly WaitingNotice[]): WaitingMessage[] {
  const byMessage = Map.groupBy(waiting, ({ teamId, to, calls }) => JSON.stringify([teamId, to, calls]));
  return [...byMessage.values()].flatMap((group) => {
    const [first] = group;
    if (!first || toldAt(group) > now) return [];
    const { teamId, to, calls } = first;
    return [{ teamId, to, calls, notices: firstOfEach(group) }];
  });
}

const firstOfEach = (notices: readonly WaitingNotice[]) => [
  ...new Map(notices.toReversed().map((one) => [one.callbackId, one])).values(),
];

/**
 * Whether something is still so when it is told, `to` its reader: what is open is asked for, what is theirs they are reminded of. That
 * a callback was given to them, or taken from them, has happened whatever came after.
 */
export const isNews =
  (to: string) =>
  ({ notice, callback: { state, ownerId } }: Telling['entries'][number]): boolean => {
    if (notice === 'back' || notice === 'raised') return state === 'open';
    if (notice === 'resting' || notice === 'due') return state === 'claimed' && ownerId === to;
    return true;
  };
