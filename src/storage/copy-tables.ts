import type { Knex } from 'knex';

/** A table of the desk, as the SQLite file itself describes it. */
export interface Table {
  name: string;
  columns: string[];
  /** The columns of its primary key, in their order. */
  key: string[];
  /** The column that numbers the rows, and the last number that was given; null where there is none. */
  numbered: { column: string; last: number } | null;
}

/** SQLite's own tables, and knex's. */
const OTHERS = /^(?:sqlite|knex)_/;

interface ColumnFacts {
  name: string;
  /** Its place in the primary key, from 1; 0: not part of it. */
  pk: number;
}

/** All tables but knex's own; what refers to another table comes after it. */
export async function tablesOf(sqlite: Knex): Promise<Table[]> {
  const names: string[] = await sqlite('sqlite_master').where('type', 'table').orderBy('name').pluck('name');
  const lastNumbers = new Map(
    (await sqlite<{ name: string; seq: number }>('sqlite_sequence').select('name', 'seq')).map(
      ({ name, seq }) => [name, seq],
    ),
  );
  const tables = new Map<string, Table>();
  for (const name of names.filter((one) => !OTHERS.test(one)))
    tables.set(name, await describe(sqlite, name, lastNumbers.get(name)));
  return await referredFirst(sqlite, [...tables.values()]);
}

async function describe(sqlite: Knex, name: string, last: number | undefined): Promise<Table> {
  const columns = await sqlite.raw<ColumnFacts[]>('pragma table_info(??)', [name]);
  const key = columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((column) => column.name);
  const [numbering] = key;
  return {
    name,
    columns: columns.map((column) => column.name),
    key,
    numbered: last === undefined || numbering === undefined ? null : { column: numbering, last },
  };
}

async function referredFirst(sqlite: Knex, tables: Table[]): Promise<Table[]> {
  const ordered: Table[] = [];
  const waiting = new Map<Table, string[]>();
  for (const table of tables) {
    const references = await sqlite.raw<{ table: string }[]>('pragma foreign_key_list(??)', [table.name]);
    waiting.set(
      table,
      references.map((reference) => reference.table).filter((name) => name !== table.name),
    );
  }
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) =>
      needs.every((name) => ordered.some((table) => table.name === name)),
    );
    if (ready.length === 0) throw new Error('Tables of the database refer to each other in a circle');
    for (const [table] of ready) {
      ordered.push(table);
      waiting.delete(table);
    }
  }
  return ordered;
}
