import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { judgeAnswered } from './answered.ts';
import {
  hammered,
  judgeHistory,
  judgeNewest,
  judgePosts,
  judgeShown,
  judgeTold,
  type Verdict,
} from './judge.ts';
import { excesses, type Measure, measured } from './limits.ts';
import { judgeExpired, judgeNotices, type NoticeRead, readNotices } from './notices.ts';
import { byDesk, eachPage, readThrough } from './people.ts';
import { readExpired } from './reading.ts';
import type { World } from './world.ts';

/** A channel that wanted the calls of a VDN from the beginning to the end of the world. */
export interface Wish {
  channel: string;
  vdn: number;
}

export interface Audit extends Verdict {
  /** Missed calls on record. */
  calls: number;
  /** Messages of the desk's. */
  messages: number;
  /** Calls that Slack held up by its own limits. */
  heldUp: number;
  /** What people did and a desk has acknowledged, and how much of it died with that desk. */
  presses: number;
  diedWithDesk: number;
  /** How hard the desks pressed, and how long things took. */
  measures: Measure[];
}

/** A notice may wait so long for what follows it; what its reader is told of the same callback next, as long again. */
const BURST_MS = 5 * 60_000;
const BURSTS_MOST = 20;

/** Until nothing that has happened waits to be told. */
async function burstsTold(world: World): Promise<void> {
  for (let n = 0; n < BURSTS_MOST && (await world.books.waitingNotices()) > 0; n += 1) {
    await world.leapTo(world.clock.now() + BURST_MS);
    await world.quiet();
  }
}

/** Judges a world that is healed and quiet, by what the stand-ins and people have seen. `reader` turns the pages. */
export async function audit(world: World, wishes: readonly Wish[], reader: string): Promise<Audit> {
  const { slack, centre, books } = world;
  await burstsTold(world);
  const heldUp = hammered(slack.calls);
  const measures = measured({
    calls: [...slack.calls],
    requests: [...world.requests],
    refused: [world.wires, ...world.ownWires].flatMap((wires) => [
      ...wires.slack.refused,
      ...wires.centre.refused,
    ]),
    restsMs: [...world.restsMs],
    pace: world.pace,
  });
  // Before anybody turns a page: what is shown now is what was left.
  const contradictions = await shownNow(world);

  const told: Pick<Verdict, 'losses' | 'repeats'>[] = [];
  for (const { channel, vdn } of wishes) {
    const callers = centre.calls.list(vdn).map(({ callerNo }) => callerNo);
    told.push(judgeTold({ channel, vdn, callers, digests: await readThrough(world, reader, channel, vdn) }));
  }
  const notices = await readAllNotices(world, reader);
  await world.quiet();
  const [callbacks, events] = [await books.callbacks(), await books.events()];
  const channelsOf = (vdn: number) =>
    wishes.filter((wish) => wish.vdn === vdn).map(({ channel }) => slack.workspace.channel(channel).id);
  told.push(judgeNotices({ notices, callbacks, events, channelsOf }));
  for (const { channel, vdn } of wishes) {
    const counts = byDesk(world, channel).flatMap((message) => readExpired(message) ?? []);
    const own = counts.filter((count) => count.vdn === vdn).map(({ callers }) => callers);
    told.push(judgeExpired({ channel, vdn, callbacks, counts: own }));
  }
  const failed = await books.failed();
  const answered = judgeAnswered({
    deliveries: slack.deliveries,
    calls: slack.calls,
    callbacks,
    events,
    questions: await books.questions(),
    lives: world.replicas.flatMap(({ lives }) => lives),
    cuts: [world.wires, ...world.ownWires].flatMap((wires) => wires.slack.cuts),
  });
  return {
    losses: [
      ...told.flatMap(({ losses }) => losses),
      ...answered.losses,
      ...failed.map((one) => `given up: ${one}`),
    ],
    repeats: [...told.flatMap(({ repeats }) => repeats), ...judgePosts(allMessages(world))],
    contradictions: [
      ...contradictions,
      ...judgeHistory(callbacks, events),
      ...judgeShown(slack.calls, events),
    ],
    excesses: excesses(measures),
    calls: [...new Set(wishes.map(({ vdn }) => vdn))].reduce(
      (sum, vdn) => sum + centre.calls.list(vdn).length,
      0,
    ),
    messages: allMessages(world).length,
    heldUp: heldUp.length,
    presses: answered.presses,
    diedWithDesk: answered.diedWithDesk,
    measures,
  };
}

/** What the newest messages say, beside how things stand; waits until both hold still. */
export async function shownNow(world: World): Promise<string[]> {
  for (;;) {
    await world.quiet();
    const before = await world.books.callbacks();
    const found = judgeNewest(allMessages(world), before);
    if (isDeepStrictEqual(await world.books.callbacks(), before)) return found;
  }
}

const allMessages = (world: World): Message[] =>
  [...world.slack.workspace.channels.keys()].flatMap((channel) => byDesk(world, channel));

/** Everything that people and channels were told of callbacks, all pages of it; who gets a direct message turns them there. */
async function readAllNotices(world: World, reader: string): Promise<NoticeRead[]> {
  const { workspace, botUserId } = world.slack;
  const notices: NoticeRead[] = [];
  for (const { id, kind, members } of workspace.channels.values()) {
    const person = kind === 'im' ? [...members].find((member) => member !== botUserId) : undefined;
    for (const message of byDesk(world, id)) {
      if (readNotices(message).length === 0) continue;
      const pages = await eachPage(world, person ?? reader, message, readNotices);
      notices.push(...pages.flat().map((notice) => ({ to: person ?? id, ...notice })));
    }
  }
  return notices;
}
