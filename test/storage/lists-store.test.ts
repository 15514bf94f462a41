import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk } from './callback-desk.ts';
import { listContract } from './list-contract.ts';

async function inMemory() {
  const knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  return knex;
}

describe('lists, on SQLite', () => listContract(inMemory));

describe("SQLite's way to a page", () => {
  let desk: CallbackDesk;
  beforeEach(async () => {
    desk = callbackDesk(await inMemory());
    await desk.arrive({}, { callerKey: 'num:5550101' }, { callerKey: null });
    await desk.attach();
  });
  afterEach(() => desk.knex.destroy());

  it.each([
    ['a question', { waitFromAt: 0, waitToAt: NOON }],
    ['a digest', { afterSeq: 1, endFromAt: 0 }],
  ])('of %s leads through its own callers, never through the whole window or table', async (_, window) => {
    const list = await desk.list({}, window);
    const queries: { sql: string; bindings: string[] }[] = [];
    desk.knex.on('query', (query) => queries.push(query));
    await desk.page(list.id);
    desk.knex.removeAllListeners('query');

    const plans = await Promise.all(
      queries.map(({ sql, bindings }) =>
        desk.knex.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings),
      ),
    );
    const steps = plans.flat().map(({ detail }) => detail);
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
    const callSteps = steps.filter((step) => step.includes('missed_calls'));
    expect(callSteps.length).toBeGreaterThanOrEqual(3);
    // The calls without a number are read by the digest's own window of arrivals.
    const narrow = /caller_key=\?|callback_id=\?|seq>\? AND seq<\?/;
    expect(callSteps.filter((step) => !narrow.test(step))).toEqual([]);
  });
});
