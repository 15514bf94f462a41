import type { Knex } from 'knex';

/** What people and channels have yet to be told of callbacks: bursts are one message. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('waiting_notices', (t) => {
    t.bigIncrements('id');
    t.string('team_id').notNullable();
    // A person or a channel.
    t.string('recipient').notNullable();
    // Whom the message calls, as JSON.
    t.string('calls').notNullable();
    t.string('notice').notNullable();
    t.bigInteger('callback_id').notNullable().references('callbacks.id').onDelete('CASCADE');
    t.string('actor_id');
    t.bigInteger('at').notNullable();
    t.index(['callback_id']);
  });
  // When somebody was last told anything.
  await knex.schema.raw(
    "create index outbox_notices on outbox (team_id, channel_id, created_at) where kind = 'callback-notices'",
  );
}
