import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueStore } from '../../src/storage/callback-queue.ts';
import { NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';
import { postgresPlans, sqliteSteps } from './plans.ts';
import { onPostgres } from './postgres.ts';
import { queueContract, tellNobody } from './queue-contract.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();
const vdns = [{ vdn: VDN, overdueUntil: NOON }];

describe('the queue, on SQLite', () => queueContract(onSqlite));
describe('the queue, on PostgreSQL', () => queueContract(postgres));

/** All that a Home reads. */
const looks = (desk: CallbackDesk) => {
  const store = createQueueStore(desk.knex);
  return async () => {
    await store.open(TEAM, vdns, 0, 10);
    await store.claims(TEAM, vdns, 'ana', 10);
    await store.load(TEAM, vdns, NOON, 10);
    await store.claimNext({ teamId: TEAM, vdns, actorId: 'ana', repeatMs: 0 }, NOON, tellNobody);
  };
};

describe('the way to the queue', () => {
  let desk: CallbackDesk;
  afterEach(() => desk.knex.destroy());

  describe('on SQLite', () => {
    beforeEach(async () => {
      desk = callbackDesk(await onSqlite());
    });

    it('leads through what is open, claimed or was done lately, never through all callbacks', async () => {
      const steps = (await sqliteSteps(desk.knex, looks(desk))).filter((step) =>
        / c | callbacks /.test(`${step} `),
      );
      expect(steps.length).toBeGreaterThanOrEqual(6);
      expect(
        steps.filter((step) => !/callbacks_(?:queue|claimed|done)|INTEGER PRIMARY KEY/.test(step)),
      ).toEqual([]);
    });
  });

  describe('on PostgreSQL', () => {
    beforeEach(async () => {
      desk = callbackDesk(await postgres());
    });

    it('has an index for each of its reads', async () => {
      const plans = await postgresPlans(desk.knex, looks(desk));
      expect(plans).not.toMatch(/Seq Scan on callbacks/);
    });
  });
});
