import type { Knex } from 'knex';

/** What people set in Slack, and who did what with it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('vdns', (t) => {
    // Business hours, holidays, times, steps and rights, as JSON; null: nobody has set any.
    t.text('settings');
    t.integer('version').notNullable().defaultTo(1);
    // Set: somebody has removed it. The row stays, so that the environment does not bring it back.
    t.bigInteger('removed_at');
  });

  await knex.schema.createTable('workspaces', (t) => {
    t.string('team_id').primary();
    // null: as the environment says.
    t.string('language');
    t.string('masking');
    t.integer('version').notNullable().defaultTo(1);
  });

  await knex.schema.createTable('audit', (t) => {
    t.bigIncrements('id');
    t.string('team_id').notNullable();
    t.bigInteger('at').notNullable();
    t.string('actor_id');
    t.string('action').notNullable();
    t.integer('vdn');
    t.bigInteger('callback_id');
    t.text('detail').notNullable();
    t.index(['team_id', 'at']);
  });
}
