import type { Message } from '../../src/sandbox/slack/messages.ts';
import { type Deed, doDeed } from './deeds.ts';
import { byDesk, rowOf } from './people.ts';
import { readDigest, readRows } from './reading.ts';
import { MINUTE_MS, type World } from './world.ts';

export const VDN = { number: 7, name: 'Support', timeZone: 'UTC', country: 'GB' };
export const CHANNELS = ['#support', '#managers'];
const SLOT_MS = 15 * MINUTE_MS;
/** Real time, on a busy machine. */
const PATIENCE_MS = 3 * 60_000;

type Brought = 'remind' | 'return' | 'due';

/** Something that happens again and again: a digest is told, people do something to a callback, or time brings it something. */
export interface Turn {
  what: 'digest' | Deed | Brought;
  /** Whether desks are killed meanwhile. */
  kills: boolean;
}

export interface Path {
  /** When the channels are told. */
  schedule: string;
  /** After so long there is the first digest, which tells of the callback. null: each digest is a turn. */
  firstAfterMs: number | null;
  /** In an order that leads back to the beginning. */
  turns: readonly Turn[];
  /** They press Claim at the same time. */
  people: readonly string[];
}

const killed = (what: Turn['what']): Turn => ({ what, kills: true });
const spared = (what: Turn['what']): Turn => ({ what, kills: false });

export const PATHS = {
  digest: { schedule: 'every 15m', firstAfterMs: null, turns: [killed('digest')], people: [] },
  claim: {
    schedule: 'every 15m',
    firstAfterMs: SLOT_MS,
    turns: [killed('claim'), killed('done'), killed('undo'), killed('release')],
    people: ['li', 'ana', 'tom'],
  },
  wake: {
    // The only digest for long: nobody is to be told of new calls.
    schedule: 'daily 10:00',
    firstAfterMs: 4 * SLOT_MS,
    turns: [
      ...[spared('claim'), killed('remind'), killed('return')],
      ...[spared('claim'), spared('attempt'), killed('due'), spared('release')],
    ],
    // He is told in private, and his messages soon are the newest: nobody else would see a message that is kept up to date.
    people: ['tom'],
  },
} as const satisfies Record<string, Path>;

export type SeamPath = keyof typeof PATHS;

/** The path that a seam's name belongs to. Throws a RangeError where there is none. */
export function pathOf(name: string): SeamPath {
  const turn = name.split(':', 1)[0];
  for (const [path, { turns }] of Object.entries(PATHS))
    if (turns.some(({ what, kills }) => kills && what === turn)) return path as SeamPath;
  throw new RangeError(`No path has the seam ${name}`);
}

/** Lets it happen, once, and waits until all is quiet. `callbackId`: of the one callback that there is. */
export async function take(
  world: World,
  { what }: Turn,
  people: readonly string[],
  callbackId: number | null,
): Promise<void> {
  if (what === 'digest') await tellOfNewCall(world, SLOT_MS);
  else if (what === 'remind' || what === 'return' || what === 'due') await passTime(world);
  else if (callbackId === null) throw new Error('There is nothing to act on');
  else if (what === 'claim') {
    await Promise.all(people.map((who) => act(world, who, what, callbackId)));
  } else await act(world, await ownerOf(world, callbackId), what, callbackId);
  await world.quiet();
}

let rung = 0;

/** A new caller, whom each channel is told of at the next full slot. */
export async function tellOfNewCall(world: World, slotMs: number): Promise<void> {
  const callerNo = `44207946${String(1000 + rung++)}`;
  world.centre.calls.ring({ vdn: VDN.number, callerNo });
  await world.leapTo(Math.ceil(world.clock.now() / slotMs) * slotMs);
  const isTold = (channel: string) =>
    byDesk(world, channel).some((one) => readDigest(one)?.rows.some(({ caller }) => caller === callerNo));
  await world.slack.settled(() => CHANNELS.every(isTold), PATIENCE_MS);
}

/** Until the desk has something to do by itself. */
async function passTime(world: World): Promise<void> {
  const at = await world.books.nextWakeAt();
  if (at === undefined) throw new Error('The desk waits for nothing');
  await world.leapTo(at);
}

/** The handle of whoever has it. */
async function ownerOf({ books, slack }: World, callbackId: number): Promise<string> {
  const callback = (await books.callbacks()).find(({ id }) => id === callbackId);
  if (!callback?.ownerId) throw new Error(`Callback ${callbackId} is nobody's`);
  return slack.workspace.person(callback.ownerId).handle;
}

/** Somebody does it, and again if they see nothing of it. */
async function act(world: World, who: string, deed: Deed, callbackId: number): Promise<void> {
  const message = newestOf(world, who, callbackId);
  const row = message && rowOf(world, who, message, callbackId);
  if (!row) throw new Error(`No message shows ${who} the callback`);
  await doDeed(world, who, deed, { message, row: { ...row, callbackId } });
}

/** The newest message that shows somebody the callback: older ones are brought up to date when somebody clicks them. */
function newestOf(world: World, who: string, callbackId: number): Message | undefined {
  const { slack } = world;
  const own = slack.workspace.directMessage(slack.as(who).id, slack.botUserId, false);
  return ['#support', ...(own ? [own.id] : [])]
    .flatMap((channel) => byDesk(world, channel))
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .findLast((message) => readRows(message, slack.as(who).id).some((row) => row.callbackId === callbackId));
}
