import fc from 'fast-check';
import { migrate, openDatabase } from '../../../src/storage/database.ts';
import { histories } from './arbitrary.ts';
import type { History } from './history.ts';
import { judge } from './judge.ts';
import { play } from './play.ts';
import { timelineOf } from './timeline.ts';

export interface Checked {
  runs: number;
  calls: number;
  /** How to see it again, what happened, and what was wrong; null: nothing was. */
  failure: string | null;
}

/** Plays one history on a database of its own. What is wrong, and the timeline. */
export async function tried(
  history: History,
): Promise<{ complaints: string[]; calls: number; endAt: number; timeline: string }> {
  const knex = await openDatabase('sqlite::memory:');
  try {
    await migrate(knex);
    const world = await play(history, knex);
    const complaints = await judge(world);
    const timeline = complaints.length > 0 ? await timelineOf(world) : '';
    return { complaints, calls: world.centre.calls.length, endAt: world.time.at, timeline };
  } finally {
    await knex.destroy();
  }
}

/** On a machine that is very busy fewer histories are played; what has been found by then is told as it is, even if it could be made shorter. */
const LONGEST_MS = 100_000;

/** Plays so many histories; the first one that breaks a promise is made as short as it can be. */
export async function checkPromise(how: { seed: number; runs: number; path?: string }): Promise<Checked> {
  let calls = 0;
  const property = fc.asyncProperty(histories, async (history) => {
    const result = await tried(history);
    calls += result.calls;
    if (result.complaints.length > 0) throw new Broken(result.complaints, result.timeline);
  });
  const { seed, runs: numRuns, path } = how;
  const result = await fc.check(property, {
    ...{ seed, numRuns, interruptAfterTimeLimit: LONGEST_MS },
    ...(path === undefined ? {} : { path }),
  });
  if (!result.failed) return { runs: result.numRuns, calls, failure: null };
  const again = `--seed ${result.seed} --path ${result.counterexamplePath}`;
  const cause = result.errorInstance;
  const why = cause instanceof Broken ? cause.message : cause instanceof Error ? cause.stack : String(cause);
  return { runs: result.numRuns, calls, failure: `${again}\n${why}` };
}

class Broken extends Error {
  constructor(complaints: string[], timeline: string) {
    super(`${timeline}\n\n${complaints.map((complaint) => `- ${complaint}`).join('\n')}`);
  }
}
