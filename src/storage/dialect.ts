import type { Knex } from 'knex';

// All that differs between SQLite and PostgreSQL in the stores' SQL; the rest is standard.

export const isPostgres = (db: Knex): boolean => db.client.dialect === 'postgresql';

/** Runs a statement, with values by the names that it gives them (`:team`), and gives its rows. */
export async function rowsOf<Row>(
  db: Knex,
  sql: string,
  bindings: Readonly<Record<string, string | number>> = {},
): Promise<Row[]> {
  const result: unknown = await db.raw(sql, bindings);
  return isPostgres(db) ? (result as { rows: Row[] }).rows : (result as Row[]);
}

/**
 * Reads the columns of a query that may give thousands of rows, in its order. The driver of SQLite makes every value by a call of
 * its own, on the thread that answers Slack: as one text of JSON they come in a fifth of the time.
 */
export async function manyRows<Row>(
  db: Knex,
  query: Knex.QueryBuilder,
  columns: readonly (keyof Row & string)[],
): Promise<Row[]> {
  if (isPostgres(db)) return (await query) as Row[];
  const object = columns.map((column) => `'${column}', ${column}`).join(', ');
  const [all] = (await db.raw(`select json_group_array(json_object(${object})) as json from (?)`, [
    query,
  ])) as [{ json: string }];
  return JSON.parse(all.json) as Row[];
}

/**
 * Reads a JSON array as rows `key` (from 0) and `value`, of any number with one bound value: `from ${each(db, '?')} as
 * page`. What a value holds is read as `value ->> 'name'` or `value ->> 0`, which gives text: numbers are cast.
 */
export const each = (db: Knex, json: string): string =>
  isPostgres(db)
    ? `(select ordinality - 1 as key, value from jsonb_array_elements(cast(${json} as jsonb)) with ordinality)`
    : `json_each(${json})`;

/** The numbers of a JSON array, for `id in (…)`. */
export const idsIn = (db: Knex, json: string): string =>
  `select cast(value as bigint) from ${each(db, json)} as ids`;
