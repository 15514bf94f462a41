import type { Knex } from 'knex';
import { type Table, tablesOf } from './copy-tables.ts';
import { DatabaseError } from './database-error.ts';

/** Rows that are in memory at a time. */
const BATCH = 2000;

type Row = Record<string, string | number | boolean | null>;

export interface Copied {
  table: string;
  rows: number;
}

/**
 * Copies every row of a desk's SQLite database into an empty PostgreSQL one, in one transaction there, then reads every
 * row on both sides and compares each column; both have the same, latest schema, and nobody else uses the source. Throws
 * DatabaseError, and then the target is as it was: `not-empty`, `cannot-copy` for a row that PostgreSQL cannot hold,
 * `differs` for one that it holds otherwise; their messages name the table and the key, never a value.
 */
export async function copyDatabase(source: Knex, target: Knex): Promise<Copied[]> {
  const tables = await tablesOf(source);
  return await target.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0');
    // A desk that starts on the target meanwhile waits.
    await trx.raw(
      `lock table ${tables.map(() => '??').join(', ')} in share row exclusive mode`,
      names(tables),
    );
    for (const table of tables) await refuseRows(trx, table);
    for (const table of tables) {
      for await (const rows of batches(source, table)) await insert(trx, table, rows);
      await continueNumbers(trx, table);
    }
    // Each row is looked up by its key: right after the copy PostgreSQL would not know better than to read whole tables.
    for (const way of ['hashjoin', 'mergejoin', 'seqscan']) await trx.raw(`set local enable_${way} = off`);
    const copied: Copied[] = [];
    for (const table of tables) copied.push({ table: table.name, rows: await check(source, trx, table) });
    return copied;
  });
}

const names = (tables: readonly Table[]) => tables.map(({ name }) => name);

async function refuseRows(trx: Knex, { name }: Table): Promise<void> {
  if (!(await trx(name).first())) return;
  throw new DatabaseError(
    'not-empty',
    `The database that DATABASE_URL names is not empty: its table ${name} has rows. Name a new one, made with: create database desk encoding 'UTF8' template template0`,
  );
}

/** The source's rows in the order of their key, some at a time. */
async function* batches(source: Knex, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const query = source<Row>(name).select(columns).orderBy(key).limit(BATCH);
    if (last)
      query.whereRaw(`(${marks(key, '??')}) > (${marks(key, '?')})`, [...key, ...valuesOf(last, key)]);
    const rows: Row[] = await query;
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1);
  }
}

const marks = (key: readonly string[], mark: string) => key.map(() => mark).join(', ');
const valuesOf = (row: Row, columns: readonly string[]) => columns.map((column) => row[column] ?? null);

/** The rows as one value, which PostgreSQL reads by the types of its own columns. */
const RECORDS = 'jsonb_populate_recordset(cast(null as ??), cast(? as jsonb))';

async function insert(trx: Knex, table: Table, rows: Row[]): Promise<void> {
  for (const row of rows) refuseUnstorable(table, row);
  const { name, columns } = table;
  const list = marks(columns, '??');
  await trx.raw(`insert into ?? (${list}) select ${list} from ${RECORDS}`, [
    name,
    ...columns,
    ...columns,
    name,
    JSON.stringify(rows),
  ]);
}

function refuseUnstorable(table: Table, row: Row): void {
  for (const column of table.columns) {
    const value = row[column];
    if (typeof value !== 'string') continue;
    const why = unstorable(value);
    if (why === null) continue;
    throw new DatabaseError(
      'cannot-copy',
      `PostgreSQL cannot hold the row ${nameOf(table, row)}: its ${column} ${why}. Nothing was copied. Correct or delete that row in the SQLite file, then start again.`,
    );
  }
}

function unstorable(value: string): string | null {
  if (value.includes('\u0000')) return 'holds a NUL character';
  return value.isWellFormed() ? null : 'holds half a character';
}

/** A number that was given is not given again, also when its row is gone. */
async function continueNumbers(trx: Knex, { name, numbered }: Table): Promise<void> {
  if (numbered && numbered.last > 0)
    await trx.raw('select setval(pg_get_serial_sequence(?, ?), ?)', [name, numbered.column, numbered.last]);
}

/** How many rows there are, all alike on both sides. */
async function check(source: Knex, trx: Knex, table: Table): Promise<number> {
  const { name, columns, key } = table;
  const selected = columns.map((column) => `copy.${column}`);
  let rows = 0;
  for await (const batch of batches(source, table)) {
    const keys = batch.map((row) => Object.fromEntries(key.map((column) => [column, row[column]])));
    const found: Row[] = await trx({ copy: name })
      .joinRaw(`join ${RECORDS} as wanted using (${marks(key, '??')})`, [name, JSON.stringify(keys), ...key])
      .select(selected);
    const byKey = new Map(found.map((row) => [nameOf(table, row), row]));
    for (const row of batch) refuseDifferent(table, row, byKey.get(nameOf(table, row)));
    rows += batch.length;
  }
  const counted = await trx(name).count<{ rows: string }[]>('* as rows');
  if (Number(counted[0]?.rows) !== rows)
    throw new DatabaseError(
      'differs',
      `The copy of the table ${name} has rows that are not in the SQLite file. ${UNDONE}`,
    );
  return rows;
}

const UNDONE = 'Nothing was kept of the copy. Please report this.';

function refuseDifferent(table: Table, row: Row, copy: Row | undefined): void {
  const column = copy ? table.columns.find((one) => plain(row[one]) !== plain(copy[one])) : undefined;
  if (copy && column === undefined) return;
  const how = copy ? `is different in its ${column}` : 'is missing';
  throw new DatabaseError('differs', `The copy of the row ${nameOf(table, row)} ${how}. ${UNDONE}`);
}

/** SQLite says 1 and 1700000000000 where PostgreSQL says true and '1700000000000'. */
function plain(value: Row[string] | undefined): string | null {
  if (value === null || value === undefined) return null;
  return String(typeof value === 'boolean' ? Number(value) : value);
}

const nameOf = ({ name, key }: Table, row: Row) =>
  `${name} (${key.map((column) => `${column} ${plain(row[column])}`).join(', ')})`;
