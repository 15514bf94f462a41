import type { Knex } from 'knex';

/** The call that proves that a caller was reached, as JSON. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('callbacks', (t) => {
    t.text('proof');
  });
}
