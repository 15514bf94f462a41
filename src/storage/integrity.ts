import type { Knex } from 'knex';
import { codeOf } from './database-error.ts';
import { isPostgres, rowsOf } from './dialect.ts';
import { troubleOf } from './trouble.ts';

/** More would say nothing new. */
const MOST = 3;

/**
 * Reads all of an SQLite file: what is damaged in it, in SQLite's words, which name tables and indexes; none: it is sound. null: a
 * PostgreSQL looks after itself. Takes seconds for a large file, and keeps nobody from it.
 */
export async function damageIn(knex: Knex): Promise<string[] | null> {
  if (isPostgres(knex)) return null;
  try {
    const rows = await rowsOf<{ integrity_check: string }>(knex, `pragma integrity_check(${MOST})`);
    return rows.map((row) => row.integrity_check).filter((words) => words !== 'ok');
  } catch (error) {
    if (troubleOf(error) === undefined) throw error;
    return [codeOf(error)];
  }
}
