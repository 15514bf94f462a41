import { setTimeout as pause } from 'node:timers/promises';
import { below, randomFrom } from '../../src/sandbox/cms/random.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { type Audit, audit, type Wish } from './audit.ts';
import type { Nursery } from './desk-child.ts';
import { byDesk, insist, press, rowOf, subscribe, turnOnce } from './people.ts';
import { planRound, type Step } from './plan.ts';
import { type RowRead, readDigest, readRows } from './reading.ts';
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
  databaseUrl?: string;
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
  const { nursery, seed, number, mode, replicas, rounds, databaseUrl } = options;
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
    ...(databaseUrl && { databaseUrl }),
  });
  const count = { faults: 0 };
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
      await runRound(world, steps, count);
    }
    // What appears late is told, too.
    for (let slot = 0; slot < 4; slot++) {
      await leapToSlot(world);
      await world.quiet();
    }
    // A desk looks for questions that nobody answers any more when it starts, and then once a minute of real time.
    await restart(world);
    const judged = await audit(world, WISHES, 'tom');
    const asking = CHANNELS.flatMap((channel) => byDesk(world, channel))
      .filter((message) => world.slack.render(message, 'tom').includes('Asking the contact centre…'))
      .map(({ channel, ts }) => `${channel} ${ts} asks for ever`);
    return {
      ...judged,
      contradictions: [...judged.contradictions, ...asking],
      kills: world.replicas.reduce((sum, { kills }) => sum + kills, 0),
      faults: count.faults,
      slackCalls: world.slack.calls.length,
      seconds: (performance.now() - began) / 1000,
      timeline: world.happenings.timeline(4000),
    };
  } catch (cause) {
    throw new Error(`World ${number} of seed ${seed}:\n${world.happenings.timeline(1500)}\n${cause}`, {
      cause,
    });
  } finally {
    await world.close();
  }
}

const leapToSlot = (world: World) => world.leapTo(Math.ceil((world.clock.now() + 1) / SLOT_MS) * SLOT_MS);

async function restart(world: World): Promise<void> {
  const [desk] = world.replicas;
  const died = desk?.died();
  desk?.kill();
  await died;
  await world.heal();
  await world.quiet();
}

/** From quiet to quiet: the digests come due, the steps happen, everything is mended. */
async function runRound(world: World, steps: readonly Step[], count: { faults: number }): Promise<void> {
  await leapToSlot(world);
  const doings: Promise<void>[] = [];
  const failed: unknown[] = [];
  let passedMs = 0;
  for (const step of steps) {
    await pause(step.atMs - passedMs);
    passedMs = step.atMs;
    const { atMs: _, ...what } = step;
    world.happenings.add('plan', JSON.stringify(what));
    doings.push(happen(world, step, count).catch((error: unknown) => void failed.push(error)));
  }
  await pause(ROUND_MS - passedMs);
  await world.heal();
  await Promise.all(doings);
  if (failed.length > 0) throw failed[0];
  await world.quiet();
}

let rung = 0;

async function happen(world: World, step: Step, count: { faults: number }): Promise<void> {
  const { slack, centre, wires, replicas } = world;
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
      return replicas[step.replica]?.plan({ seam: 'any', nth: step.nth });
    case 'slack-fault':
      count.faults += 1;
      return slack.faults.add({ ...step.fault, method: step.method, times: step.times });
    case 'centre-fault':
      count.faults += 1;
      centre.faults.add(step.fault, { next: step.next });
      return;
    case 'cut': {
      count.faults += 1;
      const wire = wires[step.wire];
      wire.cut();
      await pause(step.forMs);
      return wire.mend();
    }
    case 'sockets':
      count.faults += 1;
      if (step.how === 'drop') slack.dropConnections();
      else slack.refresh(step.how);
      return;
    case 'redeliver':
      count.faults += 1;
      await slack.redeliver();
      return;
    case 'act': {
      const found = find(world, step.message, step.row);
      if (found) await act(world, step.who, found, step.times);
      return;
    }
    case 'race': {
      const found = find(world, step.message, step.row);
      if (found) await Promise.all(PEOPLE.map((who) => act(world, who, found, 1)));
      return;
    }
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

interface Found {
  message: Message;
  row: RowRead & { callbackId: number };
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

/** Does what a row offers to that person, until it reads differently; `times`: how often the button is pressed at once. */
async function act(world: World, who: string, { message, row }: Found, times: number): Promise<void> {
  const { id } = world.slack.as(who);
  const mine = row.ownerId === id;
  const action = row.state === 'open' ? 'claim' : row.state === 'done' ? 'undo' : mine ? 'done' : undefined;
  if (!action || (action === 'undo' && !mine)) return;
  const isDifferent = () => {
    const now = rowOf(world, who, message, row.callbackId);
    return now?.state !== row.state || now.ownerId !== row.ownerId;
  };
  await insist(
    world,
    who,
    `${action} of callback ${row.callbackId} in ${message.channel} ${message.ts}`,
    async () => {
      const [ack] = await Promise.all(
        Array.from({ length: action === 'done' ? 1 : times }, () =>
          press(world, who, message, action, row.callbackId),
        ),
      );
      return ack;
    },
    isDifferent,
  );
}
