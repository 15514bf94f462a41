import fc from 'fast-check';
import type { Knex } from 'knex';
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

/** A new, empty database that is up to date; its history destroys it. */
export type OpenDatabase = () => Promise<Knex>;

const inMemory: OpenDatabase = async () => {
  const knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  return knex;
};

/** Plays one history on a database of its own. What is wrong, and the timeline. */
export async function tried(
  history: History,
  open: OpenDatabase = inMemory,
): Promise<{ complaints: string[]; calls: number; endAt: number; timeline: string }> {
  const knex = await open();
  try {
    const world = await play(history, knex);
    const complaints = await judge(world);
    const timeline = complaints.length > 0 ? await timelineOf(world) : '';
    return { complaints, calls: world.centre.calls.length, endAt: world.time.at, timeline };
  } finally {
    await knex.destroy();
  }
}

/**
 * For each history, many times what it takes in memory, and on a server. When this is over, what has been found is told as it is,
 * even if it could be made shorter.
 */
export const longestMs = ({ runs, database }: { runs: number; database?: OpenDatabase }) =>
  runs * (database ? 60_000 : 10_000);

/**
 * Plays so many histories; the first one that breaks a promise is made as short as it can be. Fewer are a failure as well.
 * `database`: in memory by default.
 */
export async function checkPromise(how: {
  seed: number;
  runs: number;
  path?: string;
  database?: OpenDatabase;
}): Promise<Checked> {
  let played = 0;
  let calls = 0;
  const property = fc.asyncProperty(histories, async (history) => {
    const result = await tried(history, how.database);
    played += 1;
    calls += result.calls;
    if (result.complaints.length > 0) throw new Broken(result.complaints, result.timeline);
  });
  const { seed, runs: numRuns, path } = how;
  const result = await fc.check(property, {
    ...{ seed, numRuns, interruptAfterTimeLimit: longestMs(how) },
    ...(path === undefined ? {} : { path }),
  });
  if (!result.failed || result.counterexamplePath === null) {
    const isWhole = !result.interrupted && (path !== undefined || played === numRuns);
    const failure = isWhole ? null : `only ${played} of ${numRuns} histories were played in time`;
    return { runs: played, calls, failure };
  }
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
