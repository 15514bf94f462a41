import { open } from 'node:fs/promises';
import type { Knex } from 'knex';

/** Writes nonsense over the pages of a table, and of its indexes, in the SQLite file that is open. */
export async function damage(file: string, table: string, knex: Knex): Promise<void> {
  const pages = await knex('sqlite_master').where('tbl_name', table).pluck<number[]>('rootpage');
  const [{ page_size: size } = { page_size: 0 }] =
    await knex.raw<{ page_size: number }[]>('pragma page_size');
  await knex.raw('pragma wal_checkpoint(truncate)');
  // Or what was read before would be read from memory.
  await knex.raw('pragma shrink_memory');
  const handle = await open(file, 'r+');
  for (const page of pages) await handle.write(Buffer.alloc(size, 0x5a), 0, size, (page - 1) * size);
  await handle.close();
}
