import type { Knex } from 'knex';

/** How often Slack's answer about a message was lost, so that this ends; private answers that are owed. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outbox', (t) => {
    // Since Slack last took the message or an edit of it.
    t.integer('lost').notNullable().defaultTo(0);
    t.bigInteger('lost_since');
  });
  await knex.schema.raw("create index outbox_owed on outbox (created_at) where state = 'owed'");
}
