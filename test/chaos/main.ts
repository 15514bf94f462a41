// `npm run chaos -- --minutes 30 --seed N [--database sqlite|postgres] [--world N]`: docs/chaos.md.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Audit } from './audit.ts';
import { type Databases, openDatabases } from './databases.ts';
import { createNursery } from './desk-child.ts';
import { runRandomWorld } from './random-world.ts';
import { runSeams, type SeamPath } from './seam-runs.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'both' },
    world: { type: 'string' },
    rounds: { type: 'string', default: '5' },
  },
});
const seed = Number(values.seed);
const rounds = Number(values.rounds);
const endsAt = performance.now() + Number(values.minutes) * 60_000;
const kinds = values.database === 'both' ? (['sqlite', 'postgres'] as const) : [values.database];

const sum = { worlds: 0, kills: 0, faults: 0, calls: 0, messages: 0, slackCalls: 0, heldUp: 0 };
const found = { losses: 0, repeats: 0, contradictions: 0, broken: 0 };
const say = (line: string) => void process.stdout.write(`${line}\n`);

const nursery = createNursery(4);
const databases: Databases | undefined = kinds.includes('postgres') ? await openDatabases() : undefined;

interface Ran extends Audit {
  kills: number;
  faults: number;
  slackCalls: number;
  seconds: number;
  timeline: string;
}

/** One world on a database of its own; says how it went, and keeps what happened where it went wrong. */
async function judge(name: string, kind: string, run: (databaseUrl?: string) => Promise<Ran>): Promise<void> {
  const database = kind === 'postgres' ? await databases?.make() : undefined;
  try {
    const ran = await run(database?.url);
    sum.worlds += 1;
    for (const key of ['kills', 'faults', 'calls', 'messages', 'slackCalls', 'heldUp'] as const)
      sum[key] += ran[key];
    for (const key of ['losses', 'repeats', 'contradictions'] as const) found[key] += ran[key].length;
    const wrong = [...ran.losses, ...ran.repeats, ...ran.contradictions];
    say(
      `${wrong.length === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${ran.kills} kills, ${ran.faults} faults, ${ran.calls} missed calls, ${ran.messages} messages, ${Math.round(ran.seconds)} s`,
    );
    if (wrong.length > 0) explain(name, wrong, ran.timeline);
  } catch (error) {
    found.broken += 1;
    say(`FAIL  ${name}`);
    explain(
      name,
      ['the world did not come to its end'],
      error instanceof Error ? error.message : String(error),
    );
  } finally {
    await database?.drop();
  }
}

/** What went wrong, the last that happened (seams left out), and where all of it is. */
function explain(name: string, wrong: string[], timeline: string): void {
  const file = join(tmpdir(), `chaos-${name.replace(/\W+/g, '-')}.txt`);
  writeFileSync(file, timeline);
  for (const one of wrong) say(`      ${one}`);
  const lines = timeline.split('\n').filter((line) => !/ {2}(before|after) /.test(line));
  say(lines.slice(-150).join('\n'));
  say(`      All of it, seams included: ${file}`);
}

async function random(number: number): Promise<void> {
  const kind = kinds[number % kinds.length] ?? 'sqlite';
  const mode = number % 4 === 3 ? 'http' : 'socket';
  const replicas = kind === 'postgres' ? 3 : 1;
  await judge(
    `seed ${seed}, world ${number} (${kind}, ${replicas} of the desk, ${mode})`,
    kind,
    (databaseUrl) =>
      runRandomWorld({ nursery, seed, number, mode, replicas, rounds, ...(databaseUrl && { databaseUrl }) }),
  );
}

const PARTS = 3;

async function seams(kind: string, path: SeamPath, part: number): Promise<void> {
  await judge(
    `every seam of a ${path}, part ${part + 1} of ${PARTS} (${kind})`,
    kind,
    async (databaseUrl) => {
      const ran = await runSeams({ nursery, path, part, of: PARTS, ...(databaseUrl && { databaseUrl }) });
      if (ran.missed.length > 0) say(`      not come by again: ${ran.missed.join(', ')}`);
      return { ...ran, kills: ran.killed.length, faults: 0 };
    },
  );
}

/** Several side by side: they wait more than they work. */
async function inLanes(lanes: number, works: Iterator<() => Promise<void>>): Promise<void> {
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = works.next(); !next.done; next = works.next()) await next.value();
    }),
  );
}

function* works(): Generator<() => Promise<void>> {
  if (values.world !== undefined) return yield () => random(Number(values.world));
  for (const kind of kinds)
    for (const path of ['digest', 'claim', 'wake'] as const)
      for (let part = 0; part < PARTS; part++) yield () => seams(kind, path, part);
  for (let number = 0; performance.now() < endsAt; number++) yield () => random(number);
}

try {
  await inLanes(2, works());
} finally {
  await nursery.close();
  await databases?.stop();
}
say(
  `\nSeed ${seed}: ${sum.worlds} worlds, ${sum.kills} kills, ${sum.faults} faults, ${sum.calls} missed calls, ${sum.messages} messages, ${sum.slackCalls} calls to Slack (${sum.heldUp} of them held up by its limits).`,
);
say(
  `${found.losses} losses, ${found.repeats} repeats, ${found.contradictions} contradictions, ${found.broken} worlds that did not come to their end.`,
);
process.exitCode = Object.values(found).some((number) => number > 0) ? 1 : 0;
