import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallWindow } from '../../src/calls/call-list.ts';
import { createCallbackStore } from '../../src/storage/callbacks-store.ts';
import { createCallStore } from '../../src/storage/calls-store.ts';
import { ALL, callsContract, NINE } from './calls-contract.ts';
import { postgresPlans, sqliteSteps } from './plans.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

const MINUTE_MS = 60_000;
const postgres = onPostgres();

describe('calls, on SQLite', () => callsContract(onSqlite));
describe('calls, on PostgreSQL', () => callsContract(postgres));

describe("SQLite's way to a window", () => {
  it.each<[string, Partial<CallWindow>, string]>([
    [
      'question',
      { waitFromAt: NINE, waitToAt: NINE + MINUTE_MS, uptoSeq: 9 },
      'wait_begin_at>? AND wait_begin_at<?',
    ],
    ['digest', { afterSeq: 2, uptoSeq: 9, endFromAt: NINE }, 'seq>? AND seq<?'],
    ['first digest', { uptoSeq: 9, endFromAt: NINE }, 'call_end_at>?'],
  ])('of a %s does not lead through the history', async (_name, window, terms) => {
    const knex = await onSqlite();
    const { inWindow, lastInWindow } = createCallStore(knex);
    for (const look of [inWindow, lastInWindow]) {
      const read = () => look('T1', 159, { ...ALL, ...window });
      expect((await sqliteSteps(knex, read))[0]).toContain(terms);
    }
    await knex.destroy();
  });
});

describe("PostgreSQL's way to a window, in a history of 30,000 calls", () => {
  const CALLS = 30_000;
  const LAST = NINE + CALLS * MINUTE_MS;
  let knex: Knex;
  beforeAll(async () => {
    knex = await postgres();
    await knex.raw(
      `insert into missed_calls (team_id, vdn, call_id, caller_no, callee_no, wait_begin_raw, call_end_raw,
        wait_begin_at, call_end_at, caller_key, attached)
      select 'T1', 159, n, '', '', '', '', at, at + 20000, 'num:' || n % 5000, true
      from (select n, cast(? as bigint) + n * 60000 as at from generate_series(1, ?) as n) as told`,
      [NINE, CALLS],
    );
    await knex.raw('analyze missed_calls');
  });
  afterAll(() => knex.destroy());

  it.each<[string, Partial<CallWindow>, RegExp]>([
    [
      'question',
      { waitFromAt: LAST - 60 * MINUTE_MS, waitToAt: LAST, uptoSeq: CALLS },
      /Index Cond:.*wait_begin_at >=.*wait_begin_at </,
    ],
    ['digest', { afterSeq: CALLS - 50, uptoSeq: CALLS, endFromAt: NINE }, /Index Cond:.*seq >.*seq <=/],
    ['first digest', { uptoSeq: CALLS, endFromAt: LAST - 60 * MINUTE_MS }, /Index Cond:.*call_end_at >=/],
  ])('of a %s does not lead through all of it', async (_name, window, terms) => {
    const { inWindow, lastInWindow } = createCallStore(knex);
    for (const look of [inWindow, lastInWindow]) {
      const read = () => look('T1', 159, { ...ALL, ...window });
      expect(await postgresPlans(knex, read)).toMatch(terms);
    }
  });

  it('without a callback yet leads through those alone', async () => {
    const attach = () =>
      createCallbackStore(knex).attachNew(
        { teamId: 'T1', vdn: 159, openedBy: 'digest' },
        { now: LAST, opensFromAt: NINE, joinedDrafts: () => [] },
      );
    const plan = await postgresPlans(knex, attach);
    const scans = plan.split('\n').filter((line) => line.includes('missed_calls'));
    expect(scans.filter((line) => / Scan /.test(line) && !line.includes('missed_calls_unattached'))).toEqual(
      [],
    );
  });
});
