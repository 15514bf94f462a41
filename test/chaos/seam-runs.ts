import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Seam } from '../../src/work/seam.ts';
import { type Audit, audit, type Wish } from './audit.ts';
import type { Nursery } from './desk-child.ts';
import type { KillPlan } from './desk-talk.ts';
import { byDesk, insist, press, rowOf, subscribe } from './people.ts';
import { readDigest } from './reading.ts';
import type { Replica } from './replica.ts';
import { MINUTE_MS, openWorld, type World } from './world.ts';

const VDN = { number: 7, name: 'Support', timeZone: 'UTC', country: 'GB' };
const CHANNELS = ['#support', '#managers'];
const WISHES: Wish[] = CHANNELS.map((channel) => ({ channel, vdn: VDN.number }));
const SLOT_MS = 15 * MINUTE_MS;
/** Real time, on a busy machine. */
const PATIENCE_MS = 3 * 60_000;
/** What somebody can do with a callback, in an order that leads back to its beginning, and how it reads then. */
const ACTIONS = [
  ['claim', 'claimed'],
  ['done', 'done'],
  ['undo', 'claimed'],
  ['release', 'open'],
] as const;

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
  path: 'digest' | 'claim';
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
    for (const channel of CHANNELS) await subscribe(world, 'tom', channel, 'digest every 15m');
    await world.quiet();
    const scene = { world, desk, ...report };
    if (path === 'digest') await killDigests(scene, mine);
    else await killActions(scene, mine);
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

/** Each action is made at each of its seams, and the whole round as often as the longest of them has seams. */
async function killActions(scene: Scene, mine: Mine): Promise<void> {
  const { world } = scene;
  await toldOfNewCall(world);
  const message = byDesk(world, '#support').findLast((one) => readDigest(one));
  const callbackId = message && readDigest(message)?.rows[0]?.callbackId;
  if (!message || !callbackId) throw new Error('There is nothing to claim');
  const acted = (action: string, state: string) => () => act(world, message, action, state, callbackId);

  const plans = new Map<string, KillPlan[]>();
  for (const [action, state] of ACTIONS) plans.set(action, mine(await seamsOf(scene, acted(action, state))));
  let rounds = 1;
  for (let n = 0; [...plans.values()].some((of) => n < of.length); n++) {
    for (const [action, state] of ACTIONS) {
      const plan = plans.get(action)?.[n];
      if (plan) await killAt(scene, action, plan, acted(action, state));
      else await acted(action, state)();
    }
    rounds++;
  }
  const wanted = ['open', ...Array.from({ length: rounds }, () => ACTIONS.map(([action]) => action)).flat()];
  const written = (await world.books.events()).map(({ action }) => action);
  if (written.join() !== wanted.join())
    throw new Error(`${rounds} rounds of claim, done, undo, release were written down as ${written.join()}`);
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

/** A new caller, whom each channel is told of at the next full quarter. */
async function toldOfNewCall(world: World): Promise<void> {
  const callerNo = `44207946${String(1000 + rung++)}`;
  world.centre.calls.ring({ vdn: VDN.number, callerNo });
  await world.leapTo(Math.ceil(world.clock.now() / SLOT_MS) * SLOT_MS);
  const isTold = (channel: string) =>
    byDesk(world, channel).some((one) => readDigest(one)?.rows.some(({ caller }) => caller === callerNo));
  await world.slack.settled(() => CHANNELS.every(isTold), PATIENCE_MS);
}

/** Tom does it, and again if he sees nothing of it. */
async function act(
  world: World,
  on: Message,
  action: string,
  state: string,
  callbackId: number,
): Promise<void> {
  await insist(
    world,
    'tom',
    action,
    () => press(world, 'tom', on, action, callbackId),
    () => rowOf(world, 'tom', on, callbackId)?.state === state,
  );
  await world.quiet();
}
