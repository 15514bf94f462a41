import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { emptyPostgres } from '../storage/postgres.ts';
import { createNursery, type Nursery } from './desk-child.ts';
import type { Verdict } from './judge.ts';
import { runRandomWorld } from './random-world.ts';
import { runSeams } from './seam-runs.ts';

// The short version of `npm run chaos` (docs/chaos.md): real processes, killed for real.

/** Waits for processes on whatever machine; what is promised here is not speed. */
const PATIENCE_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Every third seam a day, so that three days have all of them; the long run has all of them each time. */
const OF = 3;
/** What time brings takes longer, and comes by the same seams as the others for the most part. */
const WAKE_OF = 9;
const day = Math.floor(systemClock.now() / DAY_MS);
const SEED = 1;

let nursery: Nursery;
beforeAll(() => {
  nursery = createNursery(3);
});
afterAll(() => nursery.close(), 60_000);

/** The world's history is worth reading only when something went wrong. */
function expectKept({ losses, repeats, contradictions, timeline }: Verdict & { timeline: string }): void {
  const wrong = [...losses, ...repeats, ...contradictions];
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n\n${timeline}`);
}

describe('every call is told once and every claim holds', { concurrent: true, timeout: PATIENCE_MS }, () => {
  it.for([
    ['digest', OF],
    ['claim', OF],
    ['wake', WAKE_OF],
  ] as const)('where the desk is killed at the seams of a %s', async ([path, of]) => {
    const ran = await runSeams({ nursery, path, part: day % of, of, sparing: true });
    expectKept(ran);
    expect(ran.killed.length).toBeGreaterThan(ran.missed.length);
  });

  it('where one desk on SQLite is killed at any moment, and Slack and the contact centre fail', async () => {
    const ran = await runRandomWorld({
      nursery,
      seed: SEED,
      number: 0,
      mode: 'socket',
      replicas: 1,
      rounds: 3,
    });
    expectKept(ran);
    expect(ran.kills).toBeGreaterThan(0);
    expect(ran.faults).toBeGreaterThan(0);
  });

  it.for([
    ['socket', 1],
    ['http', 3],
  ] as const)(
    'where three desks on PostgreSQL, whose clocks differ, are killed at any moment, over %s',
    async ([mode, number]) => {
      const database = await emptyPostgres();
      try {
        const world = { nursery, seed: SEED, number, mode, replicas: 3, rounds: 2 } as const;
        const ran = await runRandomWorld({ ...world, databaseUrl: database.url });
        expectKept(ran);
        expect(ran.kills).toBeGreaterThan(0);
      } finally {
        await database.drop();
      }
    },
  );
});
