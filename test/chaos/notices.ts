import type { Notice } from '../../src/callbacks/notices.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { WrittenCallback, WrittenEvent } from './books.ts';
import type { Verdict } from './judge.ts';
import { callbackAt, textOf } from './reading.ts';

/** Somebody, or a channel, was told something of a callback. */
export interface NoticeRead {
  /** User id of who reads the direct message, or the channel's id. */
  to: string;
  notice: Notice;
  callbackId: number;
}

/** What stands over the callers of a notice. */
const HEADINGS: [Notice, RegExp][] = [
  ['due', /^\*Try again now\*/],
  ['assigned', /^\*<@\w+> gave you th/],
  ['taken', /^\*<@\w+> took th/],
  ['resting', /^\*Are you still on th/],
  ['returned', /^\*Open to everybody again, as /],
  ['raised', /^(?:<!here> )?\*Nobody has claimed th/],
];

const headingOf = (text: string) => HEADINGS.find(([, pattern]) => pattern.test(text))?.[0];

/** What one page of a message tells; none: it is no such message. */
export function readNotices({ blocks }: Pick<Message, 'blocks'>): Omit<NoticeRead, 'to'>[] {
  let notice: Notice | undefined;
  return blocks.flatMap((block, n) => {
    notice = headingOf(textOf(block)) ?? notice;
    const callbackId = callbackAt(blocks, n);
    return notice && callbackId !== null ? [{ notice, callbackId }] : [];
  });
}

export interface NoticesTold {
  notices: readonly NoticeRead[];
  callbacks: readonly WrittenCallback[];
  events: readonly WrittenEvent[];
  /** Ids of the channels that a VDN's digests go to. */
  channelsOf(vdn: number): readonly string[];
}

/** Whoever got or lost a callback by another's doing, and whom the desk reminds, was told so once; and nobody of anything else. */
export function judgeNotices(told: NoticesTold): Pick<Verdict, 'losses' | 'repeats'> {
  const byId = new Map(told.callbacks.map((callback) => [callback.id, callback]));
  // Messages of one that was merged show the one that it went into.
  const keyOf = ({ to, notice, callbackId }: NoticeRead) =>
    `${to} ${notice} ${byId.get(callbackId)?.mergedInto ?? callbackId}`;
  const owed = Map.groupBy(
    told.events.flatMap((event) => {
      const vdn = byId.get(event.callbackId)?.vdn ?? 0;
      const mayLapse = isOvertaken(event, told.events);
      return noticesOf(event, told.channelsOf(vdn)).map((notice) => ({ ...notice, mayLapse }));
    }),
    keyOf,
  );
  const had = Map.groupBy(told.notices, keyOf);
  const losses: string[] = [];
  const repeats: string[] = [];
  for (const key of new Set([...owed.keys(), ...had.keys()])) {
    const all = owed.get(key) ?? [];
    const [least, most] = [all.filter(({ mayLapse }) => !mayLapse).length, all.length];
    const times = had.get(key)?.length ?? 0;
    const what = `${key}: told ${times} times, and to be told ${least === most ? most : `${least} to ${most}`} times`;
    if (times < least) losses.push(what);
    if (times > most) repeats.push(what);
  }
  return { losses, repeats };
}

/** What asks somebody to do something waits for a moment, and is not told where it was done before. */
const LAPSE = new Set(['raise', 'due', 'remind']);

const isOvertaken = (
  { action, id, callbackId, toState, toOwnerId }: WrittenEvent,
  events: readonly WrittenEvent[],
) =>
  LAPSE.has(action) &&
  events.some(
    (later) =>
      later.callbackId === callbackId &&
      later.id > id &&
      (later.toState !== toState || later.toOwnerId !== toOwnerId),
  );

/** Who is to be told of it: said once more here, so that one mistake is not made twice. */
function noticesOf(event: WrittenEvent, channels: readonly string[]): NoticeRead[] {
  const { action, actorId, callbackId, fromOwnerId, toOwnerId } = event;
  const about = (notice: Notice, to: string | null) =>
    to === null || to === actorId ? [] : [{ to, notice, callbackId }];
  if (action === 'raise') return channels.map((to) => ({ to, notice: 'raised', callbackId }));
  if (action === 'due') return about('due', toOwnerId);
  if (action === 'remind') return about('resting', toOwnerId);
  if (fromOwnerId === toOwnerId) return [];
  return [...about(action === 'return' ? 'returned' : 'taken', fromOwnerId), ...about('assigned', toOwnerId)];
}

/** Callbacks of a VDN that expired, beside those that a channel's digests speak of: each is counted once. */
export function judgeExpired(told: {
  channel: string;
  vdn: number;
  callbacks: readonly WrittenCallback[];
  /** Callers who were never called back, a number a digest. */
  counts: readonly number[];
}): Pick<Verdict, 'losses' | 'repeats'> {
  const { channel, vdn, callbacks } = told;
  const expired = callbacks.filter(
    (one) => one.vdn === vdn && one.outcome === 'expired' && one.openedBy === 'digest',
  ).length;
  const sum = told.counts.reduce((all, count) => all + count, 0);
  const what = `${channel} was told of ${sum} callers of VDN ${vdn} who were never called back, there are ${expired}`;
  return { losses: sum < expired ? [what] : [], repeats: sum > expired ? [what] : [] };
}
