import { setTimeout as pause } from 'node:timers/promises';
import type { CallbackRules } from '../../src/callbacks/vdn-rules.ts';
import { below, randomFrom } from '../../src/sandbox/cms/random.ts';
import { type Audit, audit, shownNow, type Wish } from './audit.ts';
import { deedsFor, doDeed, type Found } from './deeds.ts';
import type { Nursery } from './desk-child.ts';
import { byDesk, subscribe, turnOnce } from './people.ts';
import { planRound, type Step } from './plan.ts';
import { readDigest, readRows } from './reading.ts';
import { MINUTE_MS, openWorld, type World } from './world.ts';

const VDNS = [
  { number: 7, name: 'Support', timeZone: 'UTC', country: 'GB' },
  { number: 8, name: 'Sales', timeZone: 'Asia/Shanghai', country: 'GB' },
];
const WISHES: Wish[] = [
  { channel: '#support', vdn: 7 },
  { channel: '#managers', vdn: 7 },
  { channel: '#managers', vdn: 8 },
  { channel: '#sales', vdn: 8 },
];
const CHANNELS = ['#support', '#managers', '#sales'];
const PEOPLE = ['tom', 'ana'];
const SLOT_MS = 15 * MINUTE_MS;
/** Short enough for a round or two to remind, to give back, to raise and to give up. */
const RULES: CallbackRules = {
  hours: null,
  timeZone: 'UTC',
  restMs: SLOT_MS,
  raise: [{ afterMs: 20 * MINUTE_MS, to: { kind: 'channel' } }],
};
const HORIZON_MS = 75 * MINUTE_MS;
/** What appears late is told within so many slots. */
const LATE_SLOTS = 4;
/** By then every claim has come to rest and nobody calls anybody back any more. */
const MOST_SLOTS = 24;
/** How long a round's steps take, real time. */
const ROUND_MS = 4_000;
/** The clocks of replicas differ by so much. */
const SKEWS_MS = [0, 30_000, -30_000];

export interface RandomWorldOptions {
  nursery: Nursery;
  /** Together with `number` it decides what happens. */
  seed: number;
  number: number;
  mode: 'socket' | 'http';
  replicas: 1 | 3;
  rounds: number;
  /** What runs it again, for whoever reads of a failure. */
  again: string;
  databaseUrl?: string;
}

/** What goes on in a world. */
interface Course {
  faults: number;
  /** Found at the end of a round. */
  contradictions: string[];
  /** What each person is at: one thing at a time. */
  busy: Map<string, Promise<void>>;
}

export interface RandomReport extends Audit {
  kills: number;
  faults: number;
  slackCalls: number;
  seconds: number;
  timeline: string;
}

/** A world of its own in which the seed decides who rings, asks, claims, what breaks, and which desk is killed when. */
export async function runRandomWorld(options: RandomWorldOptions): Promise<RandomReport> {
  const { nursery, seed, number, mode, replicas, rounds, again, databaseUrl } = options;
  const began = performance.now();
  const random = randomFrom(seed, number);
  // Asked for whenever a desk has died, which is not the plan's: a stream of its own.
  const aways = randomFrom(seed, number, 1);
  const world = await openWorld({
    nursery,
    vdns: VDNS,
    mode,
    skewsMs: SKEWS_MS.slice(0, replicas),
    awayMs: () => below(aways, 400),
    rules: RULES,
    horizonMs: HORIZON_MS,
    ...(databaseUrl && { databaseUrl }),
  });
  const course: Course = { faults: 0, contradictions: [], busy: new Map() };
  try {
    await world.heal();
    for (const { channel, vdn } of WISHES) await subscribe(world, 'tom', channel, `digest ${vdn} every 15m`);
    await world.quiet();
    for (let round = 0; round < rounds; round++) {
      const steps = planRound({
        random,
        vdns: VDNS.map((vdn) => vdn.number),
        channels: CHANNELS,
        people: PEOPLE,
        replicas,
        mode,
        forMs: ROUND_MS,
      });
      await runRound(world, steps, course);
    }
    await letAllPass(world);
    // A desk looks for questions that nobody answers any more when it starts, and then once a minute of real time.
    await restart(world);
    const judged = await audit(world, WISHES, 'tom');
    const asking = CHANNELS.flatMap((channel) => byDesk(world, channel))
      .filter((message) => world.slack.render(message, 'tom').includes('Asking the contact centre…'))
      .map(({ channel, ts }) => `${channel} ${ts} asks for ever`);
    return {
      ...judged,
      contradictions: [...course.contradictions, ...judged.contradictions, ...asking],
      kills: world.replicas.reduce((sum, { kills }) => sum + kills, 0),
      faults: course.faults,
      slackCalls: world.slack.calls.length,
      seconds: (performance.now() - began) / 1000,
      timeline: world.happenings.timeline(4000),
    };
  } catch (cause) {
    throw new Error(`${again}\n${world.happenings.timeline(1500)}\n${cause}\n${again}`, {
      cause,
    });
  } finally {
    await world.close();
  }
}

const leapToSlot = (world: World) => world.leapTo(Math.ceil((world.clock.now() + 1) / SLOT_MS) * SLOT_MS);

/** Claims rest and are everybody's again, what nobody calls back is given up, and the digests after that have told of it. */
async function letAllPass(world: World): Promise<void> {
  for (let slot = 0; slot < LATE_SLOTS || (await world.books.nextWakeAt()) !== undefined; slot++) {
    if (slot > MOST_SLOTS) throw new Error('Some callbacks never come to an end');
    await leapToSlot(world);
    await world.quiet();
  }
  await leapToSlot(world);
  await world.quiet();
}

async function restart(world: World): Promise<void> {
  const [desk] = world.replicas;
  const died = desk?.died();
  desk?.kill();
  await died;
  await world.heal();
  await world.quiet();
}

/** From quiet to quiet: the digests come due, the steps happen, everything is mended. */
async function runRound(world: World, steps: readonly Step[], course: Course): Promise<void> {
  await leapToSlot(world);
  const doings: Promise<void>[] = [];
  const failed: unknown[] = [];
  let passedMs = 0;
  for (const step of steps) {
    await pause(step.atMs - passedMs);
    passedMs = step.atMs;
    const { atMs: _, ...what } = step;
    world.happenings.add('plan', JSON.stringify(what));
    doings.push(happen(world, step, course).catch((error: unknown) => void failed.push(error)));
  }
  await pause(ROUND_MS - passedMs);
  await world.heal();
  await Promise.all(doings);
  if (failed.length > 0) throw failed[0];
  course.contradictions.push(...(await shownNow(world)));
}

let rung = 0;

async function happen(world: World, step: Step, course: Course): Promise<void> {
  const { slack, centre, wires, ownWires, replicas } = world;
  switch (step.kind) {
    case 'ring': {
      const known = centre.calls.list(step.vdn);
      for (let n = 0; n < step.calls; n++) {
        const again = step.repeats ? known[0]?.callerNo : undefined;
        const callerNo = again ?? `44207946${String(1000 + (rung++ % 9000))}`;
        centre.calls.ring({ vdn: step.vdn, callerNo, appearsAfterMs: step.lateMs });
      }
      return;
    }
    case 'kill':
      return replicas[step.replica]?.kill();
    case 'kill-at-seam':
      return replicas[step.replica]?.plan({ seam: 'any', nth: step.nth, tally: null });
    case 'slack-fault':
      course.faults += 1;
      return slack.faults.add({ ...step.fault, method: step.method, times: step.times });
    case 'centre-fault':
      course.faults += 1;
      centre.faults.add(step.fault, { next: step.next });
      return;
    case 'cut': {
      course.faults += 1;
      const wire = (step.replica === null ? wires : (ownWires[step.replica] ?? wires))[step.wire];
      wire.cut();
      await pause(step.forMs);
      return wire.mend();
    }
    case 'sockets':
      course.faults += 1;
      if (step.how === 'drop') slack.dropConnections();
      else slack.refresh(step.how);
      return;
    case 'redeliver':
      course.faults += 1;
      await slack.redeliver();
      return;
    case 'act':
      return act(world, step.who, step, course);
    case 'race':
      await Promise.all(PEOPLE.map((who) => act(world, who, { ...step, times: 1 }, course)));
      return;
    case 'turn-page': {
      const found = find(world, step.message, 0);
      if (found) await turnOnce(world, step.who, found.message, 'Next');
      return;
    }
    case 'ask':
      // Whether it is answered is seen at the end: no question may ask for ever.
      await slack.as(step.who).command(step.channel, '/missed', `${step.vdn} today`);
      return;
    case 'now': {
      const { channel } = WISHES[step.subscription % WISHES.length] ?? { channel: '#support' };
      const number = (step.subscription % WISHES.length) + 1;
      await slack.as(step.who).command(channel, '/missed', `digest now ${number}`);
    }
  }
}

/** The so-manieth row of the so-manieth digest that there is now. */
function find(world: World, message: number, row: number): Found | undefined {
  const digests = CHANNELS.flatMap((channel) => byDesk(world, channel)).filter((one) => readDigest(one));
  const chosen = digests[message % Math.max(1, digests.length)];
  const rows = chosen ? readRows(chosen).filter(({ callbackId }) => callbackId !== null) : [];
  const found = rows[row % Math.max(1, rows.length)];
  return chosen && found?.callbackId
    ? { message: chosen, row: { ...found, callbackId: found.callbackId } }
    : undefined;
}

/** Does what a row offers to that person, when they have done what they are at. */
function act(
  world: World,
  who: string,
  { message, row, deed, times }: Pick<Extract<Step, { kind: 'act' }>, 'message' | 'row' | 'deed' | 'times'>,
  { busy }: Course,
): Promise<void> {
  const found = find(world, message, row);
  if (!found) return Promise.resolve();
  const before = busy.get(who) ?? Promise.resolve();
  const doing = before.then(async () => {
    const deeds = deedsFor(found.row, world.slack.as(who).id);
    const chosen = deeds[deed % Math.max(1, deeds.length)];
    const other = PEOPLE.map((one) => world.slack.as(one).id).find((id) => id !== found.row.ownerId);
    if (chosen) await doDeed(world, who, chosen, found, { times, ...(other && { toId: other }) });
  });
  // Whoever waits for their turn has nothing to do with how this ends.
  busy.set(
    who,
    doing.catch(() => undefined),
  );
  return doing;
}
