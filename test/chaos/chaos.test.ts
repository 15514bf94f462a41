import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyPostgres } from '../storage/postgres.ts';
import { seamCommand, worldCommand } from './commands.ts';
import { createNursery, type Nursery } from './desk-child.ts';
import type { Verdict } from './judge.ts';
import { runRandomWorld } from './random-world.ts';
import { runSeams } from './seam-runs.ts';
import { shortSeams } from './short.ts';

// The short version of `npm run chaos` (docs/chaos.md): real processes, killed for real.

/** Waits for processes on whatever machine; what is promised here is not speed. */
const PATIENCE_MS = 10 * 60_000;
/** The same seams and the same plans each time; the long run takes all seams, and other seeds. */
const SEED = 1;

let nursery: Nursery;
beforeAll(() => {
  nursery = createNursery(3);
});
afterAll(() => nursery.close(), 60_000);

/** A database for a world, where it needs one of its own. */
async function onDatabase<T>(
  kind: 'sqlite' | 'postgres',
  run: (on: { replicas: 1 | 3; databaseUrl?: string }) => Promise<T>,
): Promise<T> {
  if (kind === 'sqlite') return run({ replicas: 1 });
  const database = await emptyPostgres();
  try {
    return await run({ replicas: 3, databaseUrl: database.url });
  } finally {
    await database.drop();
  }
}

/** The world's history is worth reading only when something went wrong, and how to see it again. */
function expectKept(
  { losses, repeats, contradictions, excesses, timeline }: Verdict & { timeline: string },
  again: string,
): void {
  const wrong = [...losses, ...repeats, ...contradictions, ...excesses];
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n\n${again}\n\n${timeline}`);
}

describe('every call is told once and every claim holds', { concurrent: true, timeout: PATIENCE_MS }, () => {
  it.for(shortSeams(SEED))(
    `where a desk is killed at the seams of a $path, on $database over $mode (seed ${SEED})`,
    async ({ database, ...given }) => {
      const commandOf = (seam: string) => seamCommand({ seam, database, mode: given.mode });
      const ran = await onDatabase(database, (on) =>
        runSeams({ nursery, ...given, ...on, sparing: true, commandOf }),
      );
      expectKept(ran, ran.again.join('\n'));
      expect(ran.unreached).toEqual([]);
      expect(ran.killed).not.toEqual([]);
    },
  );

  it.for([
    ['sqlite', 'socket', 0, 3],
    ['postgres', 'socket', 1, 2],
    ['postgres', 'http', 3, 2],
  ] as const)(
    `where desks are killed at any moment, and Slack and the contact centre fail, on %s over %s (seed ${SEED})`,
    async ([database, mode, number, rounds]) => {
      const again = worldCommand({ seed: SEED, number, rounds, database, mode });
      const world = { nursery, seed: SEED, number, mode, rounds, again } as const;
      const ran = await onDatabase(database, (on) => runRandomWorld({ ...world, ...on }));
      expectKept(ran, again);
      expect(ran.kills).toBeGreaterThan(0);
      expect(ran.faults).toBeGreaterThan(0);
    },
  );
});
