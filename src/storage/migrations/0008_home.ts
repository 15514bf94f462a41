import type { Knex } from 'knex';

/** The queue of callbacks that wait for somebody, and the App Homes that people have open. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('callbacks', (t) => {
    // When the first of its calls began to wait.
    t.bigInteger('waiting_since').notNullable().defaultTo(0);
  });
  await knex.raw(`update callbacks set waiting_since = coalesce(
    (select min(m.wait_begin_at) from missed_calls m where m.callback_id = callbacks.id), opened_at)`);
  await knex.schema.raw(
    "create index callbacks_queue on callbacks (team_id, vdn, waiting_since) where state = 'open'",
  );
  await knex.schema.raw(
    "create index callbacks_claimed on callbacks (team_id, owner_id) where state = 'claimed'",
  );
  await knex.schema.raw(
    "create index callbacks_done on callbacks (team_id, done_at) where state = 'done' and owner_id is not null",
  );

  await knex.schema.createTable('homes', (t) => {
    t.string('team_id').notNullable();
    t.string('user_id').notNullable();
    t.bigInteger('opened_at').notNullable().index();
    // The page of the queue that it shows, from 0.
    t.integer('page').notNullable().defaultTo(0);
    // What had happened when it was last looked at (see HomeStore.mark), and when that was.
    t.string('mark').notNullable().defaultTo('');
    t.bigInteger('looked_at').notNullable().defaultTo(0);
    // Not looked at before.
    t.bigInteger('next_look_at').notNullable().defaultTo(0);
    // A hash of what it shows, and Slack's own of the view.
    t.string('shown').notNullable().defaultTo('');
    t.string('view_hash');
    t.primary(['team_id', 'user_id']);
  });
}
