import { type Audit, audit, type Wish } from './audit.ts';
import type { Nursery } from './desk-child.ts';
import { subscribe } from './people.ts';
import {
  CHANNELS,
  PATHS,
  type Path,
  type SeamPath,
  type Turn,
  take,
  tellOfNewCall,
  VDN,
} from './seam-paths.ts';
import { inAll, isOwed, type PlacedSeam, placed, seamName } from './seams.ts';
import { openWorld, type World } from './world.ts';

const WISHES: Wish[] = CHANNELS.map((channel) => ({ channel, vdn: VDN.number }));
/** What each of so many runs has come by is to be reached again. */
const SAMPLES = 2;
/** What runs side by side does not always come by the same. */
const TRIES = 3;

export interface SeamReport extends Audit {
  /** Seams at which a desk was killed. */
  killed: string[];
  /** Seams that were not reached once more, though they should have been. */
  unreached: string[];
  /** Seams that need not be (seams.ts), and were not. */
  notOwed: string[];
  /** What runs each of them again. */
  again: string[];
  slackCalls: number;
  seconds: number;
  timeline: string;
}

export interface SeamRunOptions {
  nursery: Nursery;
  path: SeamPath;
  mode: 'socket' | 'http';
  replicas: 1 | 3;
  /** Leaves out seams with nothing between them (seams.ts). */
  sparing?: boolean;
  /** Whether a desk is to die at the seam of this name. */
  takes(name: string): boolean;
  /** What runs one of them again, for whoever reads of a failure. */
  commandOf(name: string): string;
  databaseUrl?: string;
}

/** Kills a desk at each seam of a path in turn, starts it again, and lets all settle; one world for all of them. */
export async function runSeams(options: SeamRunOptions): Promise<SeamReport> {
  const { nursery, path, mode, replicas, databaseUrl, commandOf } = options;
  const began = performance.now();
  const skewsMs = SKEWS_MS.slice(0, replicas);
  const world = await openWorld({ nursery, vdns: [VDN], mode, skewsMs, ...(databaseUrl && { databaseUrl }) });
  const report = { killed: [] as string[], unreached: [] as string[], notOwed: [] as string[] };
  let scene: Scene | undefined;
  try {
    const { schedule } = PATHS[path];
    for (const channel of CHANNELS) await subscribe(world, 'tom', channel, `digest ${schedule}`);
    await world.quiet();
    scene = { world, path: PATHS[path], ...report, at: undefined };
    await killAll(scene, options);
    await world.heal();
    await world.quiet();
    const judged = await audit(world, WISHES, 'tom');
    return {
      ...judged,
      ...report,
      again: [...report.unreached, ...report.killed].map(commandOf),
      slackCalls: world.slack.calls.length,
      seconds: (performance.now() - began) / 1000,
      timeline: world.happenings.timeline(400),
    };
  } catch (cause) {
    const again = scene?.at === undefined ? '' : `\n${commandOf(scene.at)}`;
    throw new Error(`The seams of a ${path}:\n${world.happenings.timeline(200)}\n${cause}${again}`, {
      cause,
    });
  } finally {
    await world.close();
  }
}

/** The clocks of replicas differ by so much. */
const SKEWS_MS = [0, 30_000, -30_000];

interface Scene {
  world: World;
  path: Path;
  killed: string[];
  unreached: string[];
  notOwed: string[];
  /** Where a desk is to die, or has last died. */
  at: string | undefined;
}

/** A turn, and where desks are still to be killed in it. */
interface Course {
  turn: Turn;
  left: { place: PlacedSeam; tries: number }[];
}

/** Takes the turns of a path again and again, as often as the longest of them has seams. */
async function killAll(
  scene: Scene,
  { takes, sparing = false }: Pick<SeamRunOptions, 'takes' | 'sparing'>,
): Promise<void> {
  const { world, path } = scene;
  if (path.firstAfterMs !== null) await tellOfNewCall(world, path.firstAfterMs);
  await world.quiet();
  const [callback] = await world.books.callbacks();
  const run = (turn: Turn) => take(world, turn, path.people, callback?.id ?? null);

  const samples = path.turns.map((): PlacedSeam[][] => []);
  for (let n = 0; n < SAMPLES; n++)
    for (const [index, turn] of path.turns.entries())
      samples[index]?.push(placed(await seamsOf(world, () => run(turn)), sparing));
  const seams = path.turns.map(({ kills }, n) =>
    kills ? inAll(samples[n] ?? []).filter((place) => place.nth === 1 || isOwed(place.seam)) : [],
  );
  const courses = path.turns.map((turn, n): Course => {
    const mine = seams[n]?.filter((place) => takes(seamName(turn.what, place))) ?? [];
    return { turn, left: mine.map((place) => ({ place, tries: 0 })) };
  });
  if (courses.every(({ left }) => left.length === 0)) {
    const names = path.turns.flatMap(({ what }, n) => seams[n]?.map((place) => seamName(what, place)) ?? []);
    throw new RangeError(`No desk comes by there, but by\n${names.join('\n')}`);
  }

  const taken = Array.from({ length: SAMPLES }, () => path.turns).flat();
  while (courses.some(({ left }) => left.length > 0))
    for (const { turn, left } of courses) {
      const next = left.shift();
      if (next) await tryToKillAt(scene, next, turn, left, () => run(turn));
      else await run(turn);
      taken.push(turn);
      if (callback) await expectEachOnce(world, taken);
    }
}

async function tryToKillAt(
  scene: Scene,
  { place, tries }: Course['left'][number],
  turn: Turn,
  left: Course['left'],
  run: () => Promise<void>,
): Promise<void> {
  const name = seamName(turn.what, place);
  scene.at = name;
  if (await hasDiedAt(scene.world, name, place, run)) scene.killed.push(name);
  else if (tries + 1 < TRIES) left.push({ place, tries: tries + 1 });
  else (isOwed(name) ? scene.unreached : scene.notOwed).push(name);
}

/** Whatever died when: the callback's history has each turn once. */
async function expectEachOnce(world: World, taken: readonly Turn[]): Promise<void> {
  const wanted = ['open', ...taken.map(({ what }) => what)];
  const written = (await world.books.events()).map(({ action }) => action);
  if (written.join() !== wanted.join())
    throw new Error(`what was done is ${wanted.slice(-8)}, what was written down is ${written.slice(-8)}`);
}

/** What the desks come by in one run, each by itself. */
async function seamsOf({ replicas }: World, run: () => Promise<void>) {
  const from = replicas.map(({ seams }) => seams.length);
  await run();
  return replicas.map(({ seams }, n) => seams.slice(from[n]));
}

/** Lets it happen with a desk that is to die there; whether one has come by. */
async function hasDiedAt(
  world: World,
  name: string,
  place: PlacedSeam,
  run: () => Promise<void>,
): Promise<boolean> {
  const deaths = () => world.replicas.reduce((sum, { kills }) => sum + kills, 0);
  const before = deaths();
  world.happenings.add('chaos', `a desk is to die: ${name}`);
  await world.planDeath(place);
  await run();
  // It may come by just now.
  await world.heal();
  await world.quiet();
  return deaths() > before;
}
