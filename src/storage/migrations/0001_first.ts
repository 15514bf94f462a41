import type { Knex } from 'knex';

// Times are UTC epoch milliseconds in bigInteger columns; JSON is text. team_id is in every key.
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('settings', (t) => {
    t.string('team_id').notNullable();
    t.string('name').notNullable();
    t.text('value').notNullable();
    t.primary(['team_id', 'name']);
  });

  await knex.schema.createTable('vdns', (t) => {
    t.string('team_id').notNullable();
    t.integer('number').notNullable();
    t.string('name');
    t.string('time_zone');
    t.string('country');
    t.primary(['team_id', 'number']);
  });

  await knex.schema.createTable('missed_calls', (t) => {
    t.bigIncrements('seq');
    t.string('team_id').notNullable();
    t.integer('vdn').notNullable();
    t.string('call_id').notNullable();
    t.text('caller_no').notNullable();
    t.text('callee_no').notNullable();
    t.string('wait_begin_raw').notNullable();
    t.string('call_end_raw').notNullable();
    t.bigInteger('wait_begin_at').notNullable();
    t.bigInteger('call_end_at').notNullable();
    t.integer('media_type');
    t.integer('sub_media_type');
    t.text('caller_key');
    t.bigInteger('callback_id');
    // Whether the question "which callback does it belong to?" has been answered; null callback_id may be the answer.
    t.boolean('attached').notNullable().defaultTo(false);
    t.unique(['team_id', 'vdn', 'call_id']);
    t.index(['team_id', 'vdn', 'wait_begin_at']);
    t.index(['team_id', 'vdn', 'seq']);
    t.index(['team_id', 'vdn', 'caller_key', 'wait_begin_at']);
    t.index(['callback_id']);
    t.index(['team_id', 'vdn', 'attached']);
    t.index(['team_id', 'vdn', 'call_end_at']);
  });

  await knex.schema.createTable('erased_calls', (t) => {
    t.string('team_id').notNullable();
    t.integer('vdn').notNullable();
    t.string('call_hash').notNullable();
    t.bigInteger('erased_at').notNullable();
    t.primary(['team_id', 'vdn', 'call_hash']);
  });

  await knex.schema.createTable('vdn_syncs', (t) => {
    t.string('team_id').notNullable();
    t.integer('vdn').notNullable();
    t.bigInteger('known_from_at').notNullable();
    t.bigInteger('last_end_at').notNullable();
    t.bigInteger('looked_back_at').notNullable();
    t.primary(['team_id', 'vdn']);
  });

  await knex.schema.createTable('callbacks', (t) => {
    t.bigIncrements('id');
    t.string('team_id').notNullable();
    t.integer('vdn').notNullable();
    t.text('caller_key').notNullable();
    t.string('state').notNullable();
    t.string('owner_id');
    t.bigInteger('since').notNullable();
    t.bigInteger('opened_at').notNullable();
    t.string('opened_by').notNullable();
    t.bigInteger('done_at');
    t.bigInteger('merged_into');
    t.index(['team_id', 'vdn', 'caller_key']);
  });
  // At most one callback that is not done per caller and VDN: the database itself keeps the promise.
  await knex.schema.raw(
    "create unique index callbacks_one_not_done on callbacks (team_id, vdn, caller_key) where state <> 'done'",
  );

  await knex.schema.createTable('callback_events', (t) => {
    t.bigIncrements('id');
    t.string('team_id').notNullable();
    t.bigInteger('callback_id').notNullable().references('callbacks.id').onDelete('CASCADE');
    t.bigInteger('at').notNullable();
    t.string('actor_id');
    t.string('action').notNullable();
    t.string('from_state');
    t.string('to_state').notNullable();
    t.string('from_owner_id');
    t.string('to_owner_id');
    t.string('message');
    t.index(['callback_id', 'id']);
  });

  await knex.schema.createTable('lists', (t) => {
    t.uuid('id').primary();
    t.string('team_id').notNullable();
    t.integer('vdn').notNullable();
    t.bigInteger('created_at').notNullable();
    // The CallList's window, filter and figures.
    t.text('data').notNullable();
    t.integer('row_count').notNullable();
  });

  await knex.schema.createTable('list_rows', (t) => {
    t.uuid('list_id').notNullable().references('lists.id').onDelete('CASCADE');
    t.integer('position').notNullable();
    t.text('caller_key');
    t.bigInteger('callback_id');
    t.primary(['list_id', 'position']);
    t.index(['callback_id']);
  });

  await knex.schema.createTable('subscriptions', (t) => {
    t.bigIncrements('id');
    t.string('team_id').notNullable();
    t.integer('number').notNullable();
    t.string('channel_id').notNullable();
    t.integer('vdn').notNullable();
    t.text('schedule').notNullable();
    t.string('state').notNullable();
    t.string('paused_by');
    t.string('pause_error');
    t.string('created_by').notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('starts_at').notNullable();
    t.bigInteger('cursor').notNullable();
    t.bigInteger('previous_end_at').notNullable();
    t.bigInteger('next_run_at').notNullable();
    t.bigInteger('retry_at');
    t.integer('failures').notNullable().defaultTo(0);
    t.bigInteger('down_told_at');
    t.unique(['team_id', 'number']);
    // Set when an error's pause is over and the next digest has yet to say so.
    t.string('gap_cause');
  });
  await knex.schema.raw(
    "create index subscriptions_due on subscriptions (coalesce(retry_at, next_run_at)) where state = 'active'",
  );
  await knex.schema.raw(
    "create unique index subscriptions_one_a_channel on subscriptions (team_id, channel_id, vdn) where state <> 'removed'",
  );

  await knex.schema.createTable('outbox', (t) => {
    // Order of writing, which is the order of sending within a channel.
    t.bigIncrements('seq');
    t.uuid('id').notNullable().unique();
    t.bigInteger('created_at').notNullable();
    t.string('team_id').notNullable();
    t.string('channel_id').notNullable();
    t.string('kind').notNullable();
    t.text('data').notNullable();
    t.string('state').notNullable();
    t.integer('attempts').notNullable().defaultTo(0);
    t.bigInteger('next_try_at').notNullable();
    t.bigInteger('sending_at');
    t.string('posted_channel_id');
    t.string('ts');
    t.string('error');
    t.bigInteger('subscription_id');
    t.uuid('list_id');
    t.integer('page').notNullable().defaultTo(0);
    t.integer('wanted').notNullable().defaultTo(0);
    t.integer('shown').notNullable().defaultTo(0);
    t.index(['state', 'next_try_at']);
    t.index(['team_id', 'posted_channel_id', 'ts']);
    t.index(['list_id']);
    t.index(['subscription_id']);
  });
  await knex.schema.raw(
    "create index outbox_unsettled on outbox (team_id, channel_id, seq) where state in ('pending', 'sending')",
  );
  await knex.schema.raw(
    "create index outbox_without_list on outbox (kind, created_at) where state = 'sent' and list_id is null",
  );
  await knex.schema.raw(
    "create index outbox_edits_due on outbox (next_try_at) where state = 'sent' and wanted > shown",
  );
}
