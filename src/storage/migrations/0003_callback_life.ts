import type { Knex } from 'knex';

/** Outcomes, notes, attempts, and what the desk does with callbacks by itself. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('callbacks', (t) => {
    t.string('outcome');
    t.text('note');
    t.integer('attempts').notNullable().defaultTo(0);
    t.string('last_attempt');
    t.bigInteger('due_at');
    t.integer('raised').notNullable().defaultTo(0);
    t.bigInteger('touched_at').notNullable().defaultTo(0);
    t.bigInteger('reminded_at');
    // When the desk has to look at it next; null: never, it is done.
    t.bigInteger('wake_at');
  });
  await knex('callbacks').update({ touched_at: knex.ref('since') });
  await knex('callbacks').whereNot('state', 'done').update({ wake_at: 0 });
  await knex.schema.raw('create index callbacks_to_wake on callbacks (wake_at) where wake_at is not null');
  // Those that expired, for the next digest.
  await knex.schema.raw(
    "create index callbacks_expired on callbacks (team_id, vdn, done_at) where outcome = 'expired'",
  );

  await knex.schema.alterTable('callback_events', (t) => {
    // The whole situation as JSON; null for calls that join, and for events of before this migration.
    t.text('before');
    t.text('after');
  });
}
