import type { Knex } from 'knex';
import { migrate, openDatabase } from '../../src/storage/database.ts';

/** An SQLite database of its own, with the schema and nothing in it. Whoever asked destroys it. */
export async function onSqlite(): Promise<Knex> {
  const knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  return knex;
}
