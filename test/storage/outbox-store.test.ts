import { describe, expect, it } from 'vitest';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { outboxContract } from './outbox-contract.ts';
import { outboxEditsContract } from './outbox-edits-contract.ts';
import { outboxPostsContract } from './outbox-posts-contract.ts';
import { postgresPlans, sqliteSteps } from './plans.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

const contracts = [
  ['rows', outboxContract],
  ['posts', outboxPostsContract],
  ['edits and looks', outboxEditsContract],
] as const;

describe.each(contracts)('the outbox: %s', (_, contract) => {
  describe('on SQLite', () => contract(onSqlite));
  describe('on PostgreSQL', () => contract(onPostgres()));
});

describe('looking once a second for what is due, however much was sent before', () => {
  const openPostgres = onPostgres();
  const look = (store: ReturnType<typeof createOutboxStore>) => async () => {
    await store.claimDue(NOW, NOW, 10);
    await store.claimDoubts(NOW, NOW, 1000);
    await store.claimNextEdit(NOW, NOW);
  };
  const indexes = ['outbox_due', 'outbox_unsettled', 'outbox_doubts', 'outbox_edits_due'];

  it('reads indexes of few rows, on SQLite', async () => {
    const knex = await onSqlite();
    const steps = await sqliteSteps(knex, look(createOutboxStore(knex)));
    await knex.destroy();
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
    for (const index of indexes)
      expect(steps.join('\n')).toMatch(new RegExp(`USING (COVERING )?INDEX ${index} `));
  });

  it('reads indexes of few rows, on PostgreSQL', async () => {
    const knex = await openPostgres();
    const plans = await postgresPlans(knex, look(createOutboxStore(knex)));
    await knex.destroy();
    for (const index of indexes) expect(plans).toContain(index);
  });
});
