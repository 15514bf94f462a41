import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { postgresPlans, sqliteSteps } from './plans.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { NOW, subscriptionsContract } from './subscriptions-contract.ts';

const postgres = onPostgres();

describe('subscriptions, on SQLite', () => subscriptionsContract(onSqlite));
describe('subscriptions, on PostgreSQL', () => subscriptionsContract(postgres));

describe('what is due', () => {
  const look = (knex: Knex) => () => createSubscriptionStore(knex).dueVdns(NOW);

  it('is found by an index on SQLite', async () => {
    const knex = await onSqlite();
    expect((await sqliteSteps(knex, look(knex))).join('\n')).toContain('subscriptions_due');
    await knex.destroy();
  });

  it('is found by an index on PostgreSQL', async () => {
    const knex = await postgres();
    expect(await postgresPlans(knex, look(knex))).toContain('subscriptions_due');
    await knex.destroy();
  });
});
