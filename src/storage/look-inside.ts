import type { Knex } from 'knex';
import type { Trouble } from '../work/trouble.ts';
import type { DatabaseWatch } from './database-watch.ts';
import { lookAtDatabase, readProblem } from './look.ts';
import { remedies } from './trouble.ts';

/** The rest of it can be read, and says more. */
const CAN_BE_READ: ReadonlySet<Trouble> = new Set(['full', 'read-only', 'busy']);

/** What a running desk sees of its own database. Whatever is wrong with it is an answer. */
export async function lookFromInside(url: string, knex: Knex, watch: Pick<DatabaseWatch, 'look'>) {
  const trouble = await watch.look();
  const problem = trouble && { code: trouble, message: remedies[trouble] };
  if (problem && !CAN_BE_READ.has(problem.code)) return { problem };
  try {
    const facts = await lookAtDatabase(url, knex);
    return { facts: problem ? { ...facts, writeProblem: problem } : facts };
  } catch (error) {
    return { problem: readProblem(error) };
  }
}
