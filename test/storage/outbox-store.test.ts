import { describe, expect, it } from 'vitest';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { memoryDatabase } from '../outbox/desk-outbox.ts';
import { outboxContract } from './outbox-contract.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

describe('the outbox, on SQLite', () => outboxContract(memoryDatabase));

it('looks once a second for what is due by indexes, however much was sent before', async () => {
  const knex = await memoryDatabase();
  const store = createOutboxStore(knex);
  const queries: { sql: string; bindings: number[] }[] = [];
  knex.on('query', (query) => queries.push(query));
  await store.claimDue(NOW, NOW, 10);
  await store.claimDoubts(NOW, NOW, 1000);
  await store.claimNextEdit(NOW, NOW);
  knex.removeAllListeners('query');
  const steps: string[] = [];
  for (const { sql, bindings } of queries.filter((query) => query.sql.startsWith('select'))) {
    const plan = await knex.raw(`explain query plan ${sql}`, bindings);
    steps.push(...plan.map(({ detail }: { detail: string }) => detail));
  }
  expect(steps.filter((step) => step.startsWith('SCAN') && step !== 'SCAN CONSTANT ROW')).toEqual([]);
  expect(steps.join('\n')).toMatch(/SEARCH earlier USING (COVERING )?INDEX outbox_unsettled/);
  for (const index of ['outbox_due', 'outbox_doubts', 'outbox_edits_due']) {
    expect(steps).toContainEqual(expect.stringMatching(`^SEARCH outbox USING INDEX ${index} `));
  }
});
