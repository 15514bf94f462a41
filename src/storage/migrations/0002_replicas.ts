import type { Knex } from 'knex';
import { isPostgres, rowsOf } from '../dialect.ts';

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
    // How many of them have come: an answer from before the last one counts no more.
    t.integer('events').notNullable().defaultTo(0);
    t.primary(['team_id', 'channel_id']);
  });

  // When a channel takes the next message: one a second, and not before Slack's Retry-After. What holds for a workspace as a
  // whole has rows beside its channels', such as (edits).
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
    // How often in a row it could not be rendered, a mistake of the desk's.
    t.integer('unrendered').notNullable().defaultTo(0);
    // A look that Slack cut short: the ts down to which the history has been read.
    t.string('history_read_to');
  });
  // What is looked for every second lies in few rows, whatever has been sent before.
  await knex.schema.alterTable('outbox', (t) => t.dropIndex(['state', 'next_try_at']));
  await knex.schema.raw("create index outbox_due on outbox (next_try_at) where state = 'pending'");
  await knex.schema.raw("create index outbox_doubts on outbox (next_try_at) where state = 'sending'");

  if (isPostgres(knex)) await suitPostgres(knex);
}

async function suitPostgres(knex: Knex): Promise<void> {
  // Few calls wait for their callbacks, of millions: PostgreSQL knows that of an index of their own, also before it has statistics.
  await knex.schema.alterTable('missed_calls', (t) => t.dropIndex(['team_id', 'vdn', 'attached']));
  await knex.schema.raw(
    'create index missed_calls_unattached on missed_calls (team_id, vdn, seq) where attached = false',
  );
  // Texts of any length, as in SQLite: one of 256 characters would be refused with the whole page of calls that it is in.
  const short = await rowsOf<{ table: string; column: string }>(knex, SHORT_TEXTS);
  for (const { table, column } of short)
    await knex.raw('alter table ?? alter column ?? type text', [table, column]);
}

const SHORT_TEXTS = `
  select table_name as table, column_name as column from information_schema.columns
  where table_schema = current_schema() and data_type = 'character varying' and table_name not like 'knex%'`;
