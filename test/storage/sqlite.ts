import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { migrate, openDatabase } from '../../src/storage/database.ts';

/** An SQLite file of its own, as a desk has one, with the schema and nothing in it. Whoever asked destroys it. */
export async function onSqlite(): Promise<Knex> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-sqlite-'));
  const knex = await openDatabase(`sqlite:${join(folder, 'desk.db')}`);
  const { client } = knex;
  const end = client.destroy.bind(client);
  client.destroy = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  await migrate(knex);
  return knex;
}
