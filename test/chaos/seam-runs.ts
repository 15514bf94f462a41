import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Seam } from '../../src/work/seam.ts';
import { type Audit, audit, type Wish } from './audit.ts';
import { type Deed, doDeed } from './deeds.ts';
import type { Nursery } from './desk-child.ts';
import type { KillPlan } from './desk-talk.ts';
import { byDesk, rowOf, subscribe } from './people.ts';
import { readDigest, readRows } from './reading.ts';
import type { Replica } from './replica.ts';
import { MINUTE_MS, openWorld, type World } from './world.ts';

const VDN = { number: 7, name: 'Support', timeZone: 'UTC', country: 'GB' };
const CHANNELS = ['#support', '#managers'];
const WISHES: Wish[] = CHANNELS.map((channel) => ({ channel, vdn: VDN.number }));
const SLOT_MS = 15 * MINUTE_MS;
/** Real time, on a busy machine. */
const PATIENCE_MS = 3 * 60_000;
/** Something that happens to a callback: a person does it, or time brings it. */
type Turn = { action: Deed; kills: boolean } | { action: 'remind' | 'return' | 'due'; kills: true };

const killed = (action: Deed): Turn => ({ action, kills: true });
const spared = (action: Deed): Turn => ({ action, kills: false });
const brought = (action: 'remind' | 'return' | 'due'): Turn => ({ action, kills: true });

/** In orders that lead back to the beginning. */
const TURNS: Record<'claim' | 'wake', readonly Turn[]> = {
  claim: [killed('claim'), killed('done'), killed('undo'), killed('release')],
  wake: [
    ...[spared('claim'), brought('remind'), brought('return')],
    ...[spared('claim'), spared('attempt'), brought('due'), spared('release')],
  ],
};

/** When the first digest is told, which is the only one for long where nobody is to be told of new calls. */
const DIGESTS = { digest: 'every 15m', claim: 'every 15m', wake: 'daily 10:00' } as const;

export type SeamPath = keyof typeof DIGESTS;

export interface SeamReport extends Audit {
  /** Seams at which the desk was killed, by path. */
  killed: string[];
  /** Seams that were not reached once more: what runs side by side does not always come in the same order. */
  missed: string[];
  slackCalls: number;
  seconds: number;
  timeline: string;
}

export interface SeamRunOptions {
  nursery: Nursery;
  path: SeamPath;
  /**
   * Leaves out each `after` that the next seam's `before` follows at once: nothing lies between them, and a desk that dies at
   * either leaves the same behind.
   */
  sparing?: boolean;
  /** This world takes every `of`-th seam, from number `part` (from 0) on. */
  part: number;
  of: number;
  databaseUrl?: string;
}

/** Kills a desk at each seam of a path in turn, starts it again, and lets it settle; one world for all of them. */
export async function runSeams({
  nursery,
  path,
  part,
  of,
  sparing = false,
  databaseUrl,
}: SeamRunOptions): Promise<SeamReport> {
  const began = performance.now();
  const world = await openWorld({ nursery, vdns: [VDN], ...(databaseUrl && { databaseUrl }) });
  const report = { killed: [] as string[], missed: [] as string[] };
  const mine = (plans: KillPlan[]) => (sparing ? distinct(plans) : plans).filter((_, n) => n % of === part);
  try {
    const [desk] = world.replicas;
    if (!desk) throw new Error('No desk');
    for (const channel of CHANNELS) await subscribe(world, 'tom', channel, `digest ${DIGESTS[path]}`);
    await world.quiet();
    const scene = { world, desk, ...report };
    if (path === 'digest') await killDigests(scene, mine);
    else await killTurns(scene, path, mine);
    await world.heal();
    await world.quiet();
    const judged = await audit(world, WISHES, 'tom');
    return {
      ...judged,
      ...report,
      slackCalls: world.slack.calls.length,
      seconds: (performance.now() - began) / 1000,
      timeline: world.happenings.timeline(400),
    };
  } catch (cause) {
    throw new Error(`${path}, part ${part} of ${of}:\n${world.happenings.timeline(200)}\n${cause}`, {
      cause,
    });
  } finally {
    await world.close();
  }
}

interface Scene {
  world: World;
  desk: Replica;
  killed: string[];
  missed: string[];
}

const distinct = (plans: KillPlan[]) =>
  plans.filter(({ seam }, n) => !(seam.startsWith('after ') && plans[n + 1]?.seam.startsWith('before ')));

type Mine = (plans: KillPlan[]) => KillPlan[];

async function killDigests(scene: Scene, mine: Mine): Promise<void> {
  const plans = await seamsOf(scene, () => toldOfNewCall(scene.world));
  for (const plan of mine(plans)) {
    await killAt(scene, 'digest', plan, () => toldOfNewCall(scene.world));
  }
}

/** Each turn is taken at each of its seams, and the whole round as often as the longest of them has seams. */
async function killTurns(scene: Scene, path: keyof typeof TURNS, mine: Mine): Promise<void> {
  const { world } = scene;
  const turns = TURNS[path];
  await toldOfNewCall(world, path === 'wake' ? 4 * SLOT_MS : SLOT_MS);
  const [callback] = await world.books.callbacks();
  if (!callback) throw new Error('There is nothing to claim');
  const take = ({ action }: Turn) => (isTimes(action) ? passTime(world) : act(world, action, callback.id));

  const plans: KillPlan[][] = [];
  for (const turn of turns) {
    if (turn.kills) plans.push(mine(await seamsOf(scene, () => take(turn))));
    else {
      plans.push([]);
      await take(turn);
    }
  }
  let rounds = 1;
  for (let n = 0; plans.some((of) => n < of.length); n++) {
    for (const [index, turn] of turns.entries()) {
      const plan = plans[index]?.[n];
      if (plan) await killAt(scene, turn.action, plan, () => take(turn));
      else await take(turn);
    }
    rounds++;
  }
  const wanted = ['open', ...Array.from({ length: rounds }, () => turns.map(({ action }) => action)).flat()];
  const written = (await world.books.events()).map(({ action }) => action);
  if (written.join() !== wanted.join())
    throw new Error(
      `${rounds} rounds of ${turns.map(({ action }) => action)} were written down as ${written}`,
    );
}

const isTimes = (action: Turn['action']): action is 'remind' | 'return' | 'due' =>
  action === 'remind' || action === 'return' || action === 'due';

/** Until the desk has something to do by itself, and has done it. */
async function passTime(world: World): Promise<void> {
  const at = await world.books.nextWakeAt();
  if (at === undefined) throw new Error('The desk waits for nothing');
  await world.leapTo(at);
  await world.quiet();
}

/** The seams of a path as one run of it comes by them. */
async function seamsOf({ world, desk }: Scene, run: () => Promise<void>): Promise<KillPlan[]> {
  await world.quiet();
  const from = desk.seams.length;
  await run();
  await world.quiet();
  const times = new Map<Seam, number>();
  return desk.seams.slice(from).map((seam) => {
    const nth = (times.get(seam) ?? 0) + 1;
    times.set(seam, nth);
    return { seam, nth };
  });
}

async function killAt(scene: Scene, path: string, plan: KillPlan, run: () => Promise<void>): Promise<void> {
  const { world, desk } = scene;
  const name = `${path}: ${plan.seam}${plan.nth > 1 ? ` (${plan.nth})` : ''}`;
  const kills = desk.kills;
  world.happenings.add('chaos', `the desk is to die: ${name}`);
  await desk.plan(plan);
  await run();
  await world.quiet();
  if (desk.kills === kills) {
    scene.missed.push(name);
    await desk.plan(null);
    // It may have come by just then.
    await desk.up();
  } else {
    scene.killed.push(name);
  }
}

let rung = 0;

/** A new caller, whom each channel is told of at the next full slot. */
async function toldOfNewCall(world: World, slotMs = SLOT_MS): Promise<void> {
  const callerNo = `44207946${String(1000 + rung++)}`;
  world.centre.calls.ring({ vdn: VDN.number, callerNo });
  await world.leapTo(Math.ceil(world.clock.now() / slotMs) * slotMs);
  const isTold = (channel: string) =>
    byDesk(world, channel).some((one) => readDigest(one)?.rows.some(({ caller }) => caller === callerNo));
  await world.slack.settled(() => CHANNELS.every(isTold), PATIENCE_MS);
}

/** Tom does it, and again if he sees nothing of it. */
async function act(world: World, deed: Deed, callbackId: number): Promise<void> {
  const message = newestOf(world, callbackId);
  const row = message && rowOf(world, 'tom', message, callbackId);
  if (!row) throw new Error('No message shows the callback');
  await doDeed(world, 'tom', deed, { message, row: { ...row, callbackId } });
  await world.quiet();
}

/** The newest message that shows Tom the callback: older ones are brought up to date when somebody clicks them. */
function newestOf(world: World, callbackId: number): Message | undefined {
  const { slack } = world;
  const own = slack.workspace.directMessage(slack.as('tom').id, slack.botUserId, false);
  return ['#support', ...(own ? [own.id] : [])]
    .flatMap((channel) => byDesk(world, channel))
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .findLast((message) => readRows(message).some((row) => row.callbackId === callbackId));
}
