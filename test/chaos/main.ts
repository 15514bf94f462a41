// `npm run chaos -- --minutes 30 --seed N`: docs/chaos.md has what else can be said.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Audit } from './audit.ts';
import { seamCommand, worldCommand } from './commands.ts';
import { type Databases, openDatabases } from './databases.ts';
import { createNursery } from './desk-child.ts';
import type { Measure } from './limits.ts';
import { runRandomWorld } from './random-world.ts';
import { pathOf, type SeamPath } from './seam-paths.ts';
import { runSeams } from './seam-runs.ts';
import { isInPart } from './seams.ts';
import { shortSeams } from './short.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'both' },
    mode: { type: 'string', default: 'both' },
    world: { type: 'string' },
    seam: { type: 'string' },
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    sparing: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
  },
});
const seed = Number(values.seed);
const rounds = Number(values.rounds);
const endsAt = performance.now() + Number(values.minutes) * 60_000;

type Database = 'sqlite' | 'postgres';
type Mode = 'socket' | 'http';
const databases = chosen<Database>(values.database, ['sqlite', 'postgres']);
const modes = chosen<Mode>(values.mode, ['socket', 'http']);

function chosen<T extends string>(said: string, of: readonly T[]): readonly T[] {
  const one = of.find((value) => value === said);
  if (!one && said !== 'both') throw new RangeError(`${said} is none of ${of.join(', ')}, both`);
  return one ? [one] : of;
}

const sum = {
  worlds: 0,
  kills: 0,
  faults: 0,
  calls: 0,
  messages: 0,
  slackCalls: 0,
  heldUp: 0,
  presses: 0,
  diedWithDesk: 0,
};
const found = { losses: 0, repeats: 0, contradictions: 0, excesses: 0, unreached: 0, broken: 0 };
const most = new Map<string, Measure>();
const say = (line: string) => void process.stdout.write(`${line}\n`);

const nursery = createNursery(4);
const server: Databases | undefined = databases.includes('postgres') ? await openDatabases() : undefined;

interface Ran extends Audit {
  kills: number;
  faults: number;
  slackCalls: number;
  seconds: number;
  timeline: string;
  /** Seams that were not reached again. */
  unreached?: string[];
  /** What runs it again. */
  again: string[];
}

/** Where a world's desks keep what they know. */
interface Place {
  replicas: 1 | 3;
  databaseUrl?: string;
}

/** One world on a database of its own; says how it went, and keeps what happened where it went wrong. */
async function judge(name: string, kind: Database, run: (place: Place) => Promise<Ran>): Promise<void> {
  const database = kind === 'postgres' ? await server?.make() : undefined;
  try {
    const ran = await run(database ? { replicas: 3, databaseUrl: database.url } : { replicas: 1 });
    sum.worlds += 1;
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) if (key !== 'worlds') sum[key] += ran[key];
    for (const key of ['losses', 'repeats', 'contradictions', 'excesses'] as const)
      found[key] += ran[key].length;
    for (const measure of ran.measures)
      if (measure.seen >= (most.get(measure.what)?.seen ?? 0)) most.set(measure.what, measure);
    const unreached = (ran.unreached ?? []).map((seam) => `no desk came by there again: ${seam}`);
    found.unreached += unreached.length;
    const wrong = [...ran.losses, ...ran.repeats, ...ran.contradictions, ...ran.excesses, ...unreached];
    say(
      `${wrong.length === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${ran.kills} kills, ${ran.faults} faults, ${ran.calls} missed calls, ${ran.messages} messages, ${ran.presses} presses, ${Math.round(ran.seconds)} s`,
    );
    if (wrong.length > 0) explain(name, wrong, ran.again, ran.timeline);
  } catch (error) {
    found.broken += 1;
    say(`FAIL  ${name}`);
    const why = error instanceof Error ? error.message : String(error);
    explain(name, ['the world did not come to its end'], [], why);
  } finally {
    await database?.drop();
  }
}

/** What went wrong, what runs it again, the last that happened (seams left out), and where all of it is. */
function explain(name: string, wrong: string[], again: string[], timeline: string): void {
  const file = join(tmpdir(), `chaos-${name.replace(/\W+/g, '-')}.txt`);
  writeFileSync(file, timeline);
  for (const one of wrong) say(`      ${one}`);
  const lines = timeline.split('\n').filter((line) => !/ {2}(before|after) /.test(line));
  say(lines.slice(-150).join('\n'));
  say(`      All of it, seams included: ${file}`);
  for (const command of again) say(`      Again: ${command}`);
}

async function random(number: number): Promise<void> {
  const database = databases[number % databases.length] ?? 'sqlite';
  const mode = modes[Math.floor(number / databases.length) % modes.length] ?? 'socket';
  const again = worldCommand({ seed, number, rounds, database, mode });
  const name = `seed ${seed}, world ${number} (${database}, ${mode})`;
  await judge(name, database, async (place) => {
    const ran = await runRandomWorld({ nursery, seed, number, mode, rounds, again, ...place });
    return { ...ran, again: [again] };
  });
}

interface Seams {
  name: string;
  path: SeamPath;
  database: Database;
  mode: Mode;
  sparing?: boolean;
  takes(seam: string): boolean;
}

async function seams({ name, database, ...given }: Seams): Promise<void> {
  const { mode } = given;
  const commandOf = (seam: string) => seamCommand({ seam, database, mode });
  await judge(`${name} (${database}, ${mode})`, database, async (place) => {
    const ran = await runSeams({ nursery, ...given, ...place, commandOf });
    if (ran.notOwed.length > 0) say(`      not come by again, which need not be: ${ran.notOwed.join(', ')}`);
    return { ...ran, kills: ran.killed.length, faults: 0 };
  });
}

const PARTS = 8;

/** Every seam of every path, in every way in which desks run; a path's parts come one after the other. */
function* allSeams(): Generator<() => Promise<void>> {
  for (let part = 0; part < PARTS; part++)
    for (const path of ['claim', 'digest', 'wake'] as const)
      for (const database of databases)
        for (const mode of modes) {
          const name = `seams of a ${path}, part ${part + 1} of ${PARTS}`;
          const takes = (seam: string) => isInPart(seam, { seed, part, of: PARTS });
          yield () => seams({ name, path, database, mode, takes, sparing: values.sparing });
        }
}

/** All seams, and between them random worlds; and then these until the time is over. */
function* works(): Generator<() => Promise<void>> {
  const { world, seam, short, only } = values;
  if (world !== undefined) return yield () => random(Number(world));
  if (seam !== undefined) {
    const [database = 'sqlite'] = databases;
    const [mode = 'socket'] = modes;
    return yield () =>
      seams({ name: seam, path: pathOf(seam), database, mode, takes: (name) => name === seam });
  }
  if (short) {
    for (const given of shortSeams(seed))
      yield () =>
        seams({ name: `the first seams of a ${given.path}, dealt by seed ${seed}`, sparing: true, ...given });
    return;
  }
  const every = allSeams();
  for (let number = 0; performance.now() < endsAt; number++) {
    const next = only === 'worlds' ? undefined : every.next();
    if (next && !next.done) yield next.value;
    else if (only === 'seams') return;
    if (only !== 'seams') yield () => random(number);
  }
  if (only === 'worlds') return;
  const left = [...every].length;
  if (left > 0) say(`      no time was left for ${left} worlds of seams`);
}

/** Several side by side: they wait more than they work. */
async function inLanes(lanes: number, each: Iterator<() => Promise<void>>): Promise<void> {
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = each.next(); !next.done; next = each.next()) await next.value();
    }),
  );
}

try {
  await inLanes(3, works());
} finally {
  await nursery.close();
  await server?.stop();
}
say(
  `\nSeed ${seed}: ${sum.worlds} worlds, ${sum.kills} kills, ${sum.faults} faults, ${sum.calls} missed calls, ${sum.messages} messages, ${sum.slackCalls} calls to Slack (${sum.heldUp} of them held up by its limits), ${sum.presses} presses acknowledged (${sum.diedWithDesk} of them died with their desk).`,
);
for (const { what, seen, most: allowed } of most.values())
  say(`At most ${seen} ${what} (${allowed} are allowed).`);
say(
  `${found.losses} losses, ${found.repeats} repeats, ${found.contradictions} contradictions, ${found.excesses} excesses, ${found.unreached} seams not reached, ${found.broken} worlds that did not come to their end.`,
);
process.exitCode = Object.values(found).some((number) => number > 0) ? 1 : 0;
