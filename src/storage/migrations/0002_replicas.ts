import type { Knex } from 'knex';
import { isPostgres } from '../dialect.ts';

/** What several desks on one database have to know of each other. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('leases', (t) => {
    t.string('name').primary();
    t.string('owner').notNullable();
    t.bigInteger('ends_at').notNullable();
    // Grows when the owner's work has come along.
    t.bigInteger('signs').notNullable().defaultTo(0);
  });

  // What Slack has delivered, so that a second delivery is known again by whichever desk it reaches.
  await knex.schema.createTable('deliveries', (t) => {
    t.string('id').primary();
    t.bigInteger('at').notNullable().index();
  });

  // What Slack says of a channel that only changes with an event.
  await knex.schema.createTable('channels', (t) => {
    t.string('team_id').notNullable();
    t.string('channel_id').notNullable();
    t.boolean('shared').notNullable();
    t.bigInteger('asked_at').notNullable();
    t.primary(['team_id', 'channel_id']);
  });

  // When a channel takes the next message: one a second, and not before Slack's Retry-After.
  await knex.schema.createTable('paces', (t) => {
    t.string('team_id').notNullable();
    t.string('channel_id').notNullable();
    t.bigInteger('free_at').notNullable();
    t.bigInteger('held_until').notNullable();
    t.primary(['team_id', 'channel_id']);
  });

  await knex.schema.alterTable('outbox', (t) => {
    // How often in a row the message was looked for in vain, while it is in doubt.
    t.integer('absent_looks').notNullable().defaultTo(0);
    // How much smaller than whole it is rendered, after Slack has refused it as too large.
    t.integer('shrunk').notNullable().defaultTo(0);
  });

  // Few calls wait for their callbacks, of millions: PostgreSQL knows that of an index of their own, also before it has statistics.
  if (isPostgres(knex)) {
    await knex.schema.alterTable('missed_calls', (t) => t.dropIndex(['team_id', 'vdn', 'attached']));
    await knex.schema.raw(
      'create index missed_calls_unattached on missed_calls (team_id, vdn, seq) where attached = false',
    );
  }
}
