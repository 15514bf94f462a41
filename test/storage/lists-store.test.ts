import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';
import { copiesContract } from './copies-contract.ts';
import { listContract } from './list-contract.ts';
import { sqliteSteps } from './plans.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('lists, on SQLite', () => listContract(onSqlite));
describe('lists, on PostgreSQL', () => listContract(postgres));
describe('the copies that show a callback, on SQLite', () => copiesContract(onSqlite));
describe('the copies that show a callback, on PostgreSQL', () => copiesContract(postgres));

describe("SQLite's way", () => {
  let desk: CallbackDesk;
  beforeEach(async () => {
    desk = callbackDesk(await onSqlite());
    await desk.arrive({}, { callerKey: 'num:5550101' }, { callerKey: null });
    await desk.attach();
  });
  afterEach(() => desk.knex.destroy());

  it.each([
    ['a question', { waitFromAt: 0, waitToAt: NOON }],
    ['a digest', { afterSeq: 1, endFromAt: 0 }],
  ])(
    'to a page of %s leads through its own callers, never through the whole window or table',
    async (_, window) => {
      const list = await desk.list({}, window);
      const steps = await sqliteSteps(desk.knex, () => desk.page(list.id));
      expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
      const callSteps = steps.filter((step) => step.includes('missed_calls'));
      expect(callSteps.length).toBeGreaterThanOrEqual(3);
      // The calls without a number are read by the digest's own window of arrivals.
      const narrow = /caller_key=\?|callback_id=\?|seq>\? AND seq<\?/;
      expect(callSteps.filter((step) => !narrow.test(step))).toEqual([]);
    },
  );

  it.each([
    ['by arrival', { afterSeq: 1 }],
    ['by the waiting', { waitFromAt: 0, waitToAt: NOON }],
    ['by the end', { endFromAt: 0 }],
  ])(
    'to the calls of a window that is narrow %s leads along one index, stretch after stretch',
    async (_, window) => {
      const all = { afterSeq: 0, uptoSeq: 3, waitFromAt: null, waitToAt: null, endFromAt: null, ...window };
      const of = { teamId: TEAM, vdn: VDN, window: all };
      const steps = await sqliteSteps(desk.knex, () => Array.fromAsync(desk.listStore.stretches(of)));
      expect(steps.filter((step) => /SCAN missed_calls|TEMP B-TREE/.test(step))).toEqual([]);
      expect(steps.filter((step) => /SEARCH missed_calls USING INDEX/.test(step))).toHaveLength(1);
    },
  );
});
