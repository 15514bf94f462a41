import type { Knex } from 'knex';

/** Replies in threads; what is left of calls that are removed; looking through the whole history. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outbox', (t) => {
    t.text('thread_ts');
  });

  // Figures of calls whose details are removed, by the VDN's days. Who called is in none of them.
  await knex.schema.createTable('daily_figures', (t) => {
    t.text('team_id').notNullable();
    t.integer('vdn').notNullable();
    // `2026-11-23`
    t.text('day').notNullable();
    t.bigInteger('calls').notNullable();
    t.bigInteger('without_number').notNullable();
    t.bigInteger('longest_wait_ms').notNullable();
    t.bigInteger('total_wait_ms').notNullable();
    t.primary(['team_id', 'vdn', 'day']);
  });

  await knex.schema.alterTable('callback_events', (t) => {
    t.index(['team_id', 'id']);
  });
}
