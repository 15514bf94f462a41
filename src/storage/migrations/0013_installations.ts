import type { Knex } from 'knex';

/** Workspaces that have installed the app by themselves, and those that have left. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('installations', (t) => {
    t.text('team_id').primary();
    t.text('team_name').notNullable();
    t.text('bot_user_id').notNullable();
    t.text('bot_id');
    // Encrypted: token-seal.ts.
    t.text('bot_token').notNullable();
    // With commas between.
    t.text('scopes').notNullable();
    t.text('installed_by').notNullable();
    t.bigInteger('installed_at').notNullable();
    // Another one with each installation.
    t.text('mark').notNullable();
  });

  // Nothing is done for them, and their data is removed after a while.
  await knex.schema.createTable('departures', (t) => {
    t.text('team_id').primary();
    t.bigInteger('left_at').notNullable();
  });
}
