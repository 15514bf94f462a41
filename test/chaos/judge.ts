import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { WrittenCallback, WrittenEvent } from './books.ts';
import { type DigestRead, readRows } from './reading.ts';
import { judgeChanges } from './replay.ts';

/** What a world came to. Each complaint is a sentence; none: every promise was kept. */
export interface Verdict {
  /** Calls that a channel was never told. */
  losses: string[];
  /** Calls or messages that a channel was told more than once. */
  repeats: string[];
  /** What people saw, and the history, that do not agree. */
  contradictions: string[];
  /** What was done too often, or took too long. */
  excesses: string[];
}

/** What a channel has been told of a VDN, all pages of it, beside what the contact centre has on record. */
export interface Told {
  channel: string;
  vdn: number;
  /** One entry a call. */
  callers: readonly string[];
  digests: readonly DigestRead[];
}

/** Every call once: the rows of each caller, and the figures of each message, add up to the contact centre's record. */
export function judgeTold({ channel, vdn, callers, digests }: Told): Pick<Verdict, 'losses' | 'repeats'> {
  const losses: string[] = [];
  const repeats: string[] = [];
  const told = new Map<string, number>();
  for (const { caller, calls } of digests.flatMap(({ rows }) => rows))
    told.set(caller, (told.get(caller) ?? 0) + calls);
  for (const [caller, rung] of Map.groupBy(callers, (one) => one)) {
    const times = told.get(caller) ?? 0;
    const what = `of the ${rung.length} calls of …${caller.slice(-4)} (VDN ${vdn}) ${channel} was told ${times}`;
    if (times < rung.length) losses.push(what);
    if (times > rung.length) repeats.push(what);
    told.delete(caller);
  }
  for (const caller of told.keys())
    repeats.push(`${channel} was told of …${caller.slice(-4)}, whom the contact centre does not know`);
  const sum = digests.reduce((all, { calls }) => all + calls, 0);
  const figures = `the figures of ${channel} for VDN ${vdn} come to ${sum}, the contact centre has ${callers.length}`;
  if (sum < callers.length) losses.push(figures);
  if (sum > callers.length) repeats.push(figures);
  return { losses, repeats };
}

/** No message of the desk's twice: each bears an id of its own. */
export function judgePosts(messages: readonly Message[]): string[] {
  const ids = messages.flatMap(({ metadata }) => {
    const { event_payload } = (metadata ?? {}) as { event_payload?: { id?: string } };
    return event_payload?.id ?? [];
  });
  return [...Map.groupBy(ids, (id) => id)]
    .filter(([, times]) => times.length > 1)
    .map(([id, times]) => `the message ${id} was posted ${times.length} times`);
}

/** Each callback's history is one unbroken chain that ends in its state, with an owner exactly while it is somebody's. */
export function judgeHistory(
  callbacks: readonly WrittenCallback[],
  events: readonly WrittenEvent[],
): string[] {
  const histories = Map.groupBy(events, ({ callbackId }) => callbackId);
  const complaints = callbacks.flatMap(({ id, state, ownerId, outcome }) => {
    const history = histories.get(id) ?? [];
    const broken = history.flatMap((event, n) => {
      const before = history[n - 1];
      const follows =
        event.fromState === (before?.toState ?? null) && event.fromOwnerId === (before?.toOwnerId ?? null);
      return follows ? [] : [`callback ${id}: ${event.action} does not follow from what was before`];
    });
    const last = history.at(-1);
    const ends = last?.toState === state && last.toOwnerId === ownerId;
    const isNobodys = state === 'open' || outcome === 'expired';
    const owned = isNobodys === (ownerId === null);
    return [
      ...broken,
      ...(ends ? [] : [`callback ${id} is ${state} of ${ownerId}, its history ends in ${last?.toState}`]),
      ...judgeChanges(history),
      ...(owned ? [] : [`callback ${id} is ${state} and has ${ownerId} as its owner`]),
    ];
  });
  const live = callbacks.filter(({ state }) => state !== 'done');
  const doubled = [...Map.groupBy(live, ({ vdn, callerKey }) => `${vdn} ${callerKey}`).values()]
    .filter((same) => same.length > 1)
    .map((same) => `callbacks ${same.map(({ id }) => id).join(' and ')} are of the same caller`);
  return [...complaints, ...doubled];
}

/** Whatever a message ever said of a callback has been so: nobody was told that they have it who never had it. */
export function judgeShown(calls: readonly ApiCall[], events: readonly WrittenEvent[]): string[] {
  const been = new Set(events.map((event) => said(event.callbackId, event.toState, event.toOwnerId)));
  const shown = calls
    .filter(({ performed }) => performed)
    .flatMap(({ args, method }) => {
      if (!Array.isArray(args.blocks)) return [];
      return readRows({ blocks: args.blocks as Message['blocks'] })
        .filter(({ callbackId, state }) => callbackId !== null && state !== null)
        .filter(({ callbackId, state, ownerId }) => !been.has(said(callbackId, state, ownerId)))
        .map(
          ({ callbackId, state, ownerId }) =>
            `${method} showed callback ${callbackId} as ${state} of ${ownerId}`,
        );
    });
  return [...new Set(shown)];
}

const said = (callbackId: number | null, state: string | null, ownerId: string | null) =>
  `${callbackId} ${state} ${ownerId}`;

/** So many copies of a row the desk keeps up to date besides the one that was clicked. */
const COPIES = 3;

/** Once all is quiet, the newest messages show each callback as it is. */
export function judgeNewest(messages: readonly Message[], callbacks: readonly WrittenCallback[]): string[] {
  const states = new Map(callbacks.map((callback) => [callback.id, callback]));
  const rows = messages
    .filter(({ ephemeralTo }) => ephemeralTo === undefined)
    .toSorted((a, b) => (a.ts < b.ts ? 1 : -1))
    .flatMap((message) => readRows(message).map((row) => ({ ...row, message })));
  return [...Map.groupBy(rows, ({ callbackId }) => callbackId)].flatMap(([id, copies]) => {
    const callback = id === null ? undefined : states.get(id);
    if (!callback) return [];
    return copies
      .slice(0, COPIES)
      .filter(({ state, ownerId }) => state !== callback.state || ownerId !== callback.ownerId)
      .map(
        ({ message, state, ownerId }) =>
          `${message.channel} ${message.ts} shows callback ${id} as ${state} of ${ownerId}, it is ${callback.state} of ${callback.ownerId}`,
      );
  });
}

/** Calls that Slack held up although nobody told it to. */
export const hammered = (calls: readonly ApiCall[]): ApiCall[] =>
  calls.filter(({ error, fault }) => error === 'ratelimited' && fault === undefined);
