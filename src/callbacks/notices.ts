import type { CallList } from '../calls/call-list.ts';
import { figuresOf } from '../calls/figures.ts';
import type { StoredCall } from '../calls/missed-call.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { Callback, CallbackAction, Situation } from './callback.ts';
import type { NewListRow } from './list-store.ts';

/** kind `callback-notices`: to a person, or to a channel, what became of callbacks; several in one. */
export const CALLBACK_NOTICES = 'callback-notices';

/**
 * assigned: somebody gave it to the reader. taken: somebody took it from the reader. due: it is time to try again. resting:
 * nothing happened for a while. returned: still nothing, so that it is open again; back: the same, to the VDN's channels.
 * raised: nobody has claimed it. next: the reader asked for the next one.
 */
export const NOTICES = ['next', 'assigned', 'taken', 'due', 'resting', 'returned', 'back', 'raised'] as const;
export type Notice = (typeof NOTICES)[number];

export interface CallbackNoticesData {
  /** One a row of the message's list, in its order: those that say the same stand together. */
  entries: NoticeEntry[];
  /** Whom the message calls; null: nobody but its reader. */
  calls: { group: string } | 'here' | null;
}

export interface NoticeEntry {
  notice: Notice;
  callbackId: number;
  /** Who did it (Slack user id); null: the desk. */
  actorId: string | null;
}

/** A change that was just made. */
export interface MadeChange {
  action: CallbackAction;
  actorId: string | null;
  before: Situation;
  after: Callback;
}

/** What one person or channel is told. */
export interface Telling {
  /** Slack user id or channel id. */
  to: string;
  entries: (NoticeEntry & { callback: Callback })[];
  /** Whom the message calls. */
  calls: CallbackNoticesData['calls'];
}

/** A message that is decided together with the change: its list, and its row in the outbox. */
export interface NoticeMessage {
  list: CallList;
  rows: NewListRow[];
  draft: OutboxDraft;
}

/** One notice of what one person or channel is told. */
export interface NoticeFor extends NoticeEntry {
  /** Slack user id or channel id. */
  to: string;
  /** Whom the message calls. */
  calls: CallbackNoticesData['calls'];
}

type Entry = Telling['entries'][number];

const ORDER: readonly Notice[] = [
  'next',
  'due',
  'assigned',
  'taken',
  'resting',
  'returned',
  'back',
  'raised',
];

/** What says the same stands together, what needs somebody first. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted(
    (a, b) =>
      ORDER.indexOf(a.notice) - ORDER.indexOf(b.notice) ||
      a.callback.vdn - b.callback.vdn ||
      (a.actorId ?? '').localeCompare(b.actorId ?? '') ||
      a.callbackId - b.callbackId,
  );

/** Who is told of changes: who got a callback, who lost one, whom the desk reminds. Nobody is told of what they did themselves. */
export const noticesOf = (made: readonly MadeChange[]): NoticeFor[] => made.flatMap(noticesOfOne);

function noticesOfOne({ action, actorId, before, after }: MadeChange): NoticeFor[] {
  const about = (to: string, notice: Notice): NoticeFor => ({
    to,
    calls: null,
    notice,
    callbackId: after.id,
    actorId,
  });
  if (action === 'due' || action === 'remind')
    return after.ownerId === null ? [] : [about(after.ownerId, action === 'due' ? 'due' : 'resting')];
  if (before.ownerId === after.ownerId) return [];
  const told: NoticeFor[] = [];
  if (before.ownerId !== null && before.ownerId !== actorId)
    told.push(about(before.ownerId, action === 'return' ? 'returned' : 'taken'));
  if (after.ownerId !== null && after.ownerId !== actorId) told.push(about(after.ownerId, 'assigned'));
  return told;
}

/** The message of a telling. `calls`: those of its callbacks, in order of arrival. */
export function noticeMessage(
  { to, entries: told, calls: called }: Telling,
  calls: readonly StoredCall[],
  { now, newId }: { now: number; newId(): string },
): NoticeMessage {
  const entries = inOrder(told);
  const [first] = entries;
  if (!first) throw new RangeError('Nobody is told of nothing');
  const { teamId, vdn } = first.callback;
  const list: CallList = {
    id: newId(),
    teamId,
    vdn,
    callbacksFrom: 0,
    createdAt: now,
    window: {
      afterSeq: 0,
      uptoSeq: calls.at(-1)?.seq ?? 0,
      waitFromAt: null,
      waitToAt: null,
      endFromAt: null,
    },
    filter: {},
    figures: figuresOf(calls),
    rowCount: entries.length,
  };
  const data: CallbackNoticesData = {
    entries: entries.map(({ notice, callbackId, actorId }) => ({ notice, callbackId, actorId })),
    calls: called,
  };
  return {
    list,
    rows: entries.map(({ callback }) => ({ callerKey: callback.callerKey, callbackId: callback.id })),
    draft: { id: newId(), teamId, channelId: to, kind: CALLBACK_NOTICES, data, listId: list.id },
  };
}
