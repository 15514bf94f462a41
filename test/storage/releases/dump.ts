import type { Knex } from 'knex';

/** SQLite makes these itself. */
const OWN = /^sqlite_/;

/** An SQLite database as statements that make it, one a line: what is released can be read, and compared. */
export async function dump(knex: Knex): Promise<string> {
  const made = await knex('sqlite_master')
    .whereNotNull('sql')
    .orderByRaw("type = 'index'")
    .orderBy('rowid')
    .select<{ type: string; name: string; sql: string }[]>('type', 'name', 'sql');
  const parts = made.filter(({ name }) => !OWN.test(name));
  const lines = parts.map(({ sql }) => sql.replaceAll(/\s+/g, ' '));
  for (const { name } of parts.filter(({ type }) => type === 'table')) {
    const rows = await knex(name)
      .orderBy('rowid')
      .catch(() => knex(name));
    for (const row of rows as Record<string, unknown>[]) lines.push(insertion(name, row));
  }
  const numbers = await knex('sqlite_sequence').orderBy('name').select<{ name: string; seq: number }[]>('*');
  for (const { name, seq } of numbers)
    lines.push(`update sqlite_sequence set seq = ${seq} where name = '${name}'`);
  return lines.map((line) => `${line};\n`).join('');
}

function insertion(table: string, row: Record<string, unknown>): string {
  const columns = Object.keys(row).map((name) => `\`${name}\``);
  return `insert into \`${table}\` (${columns.join(', ')}) values (${Object.values(row).map(literal).join(', ')})`;
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  const text = String(value);
  if (/[\n\r\0]/.test(text)) throw new Error('A value of several lines has no place in a dump of lines');
  return `'${text.replaceAll("'", "''")}'`;
}

/** Makes the database of a dump in an empty one. */
export async function load(knex: Knex, text: string): Promise<void> {
  // Rows may refer to rows that come later.
  await knex.raw('pragma foreign_keys = off');
  for (const line of text.split(';\n').filter((one) => one !== '')) {
    // A question mark would be taken for a place of a value.
    await knex.raw(line.replaceAll('?', '\\?'));
  }
  await knex.raw('pragma foreign_keys = on');
}
