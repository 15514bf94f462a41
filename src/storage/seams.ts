import type { Knex } from 'knex';
import type { Reach } from '../work/seam.ts';

/** What knex tells of a statement; `__knexUid` is the connection's. */
interface Statement {
  sql: string;
  __knexUid: string;
}

/** A statement that writes, with its table, and the first column that it sets; `for update` only locks. */
const writes =
  /(?<!\bfor |\bfor no key )\b(insert into|delete from|update)\s+["`]?(\w+)["`]?(?:\s+set\s+["`]?(\w+))?/i;
const ends = /^\s*(commit|rollback)\b/i;

/**
 * Tells `reach` before and after every statement that writes, and every end of a transaction that has written. Its names are
 * made of words of the statements, never of values: `before update outbox set state`, `after commit of insert into lists`.
 */
export function watchStatements(knex: Knex, reach: Reach): void {
  /** By connection: what its transaction wrote first. */
  const written = new Map<string, string>();
  // knex says nothing of a transaction that has ended; but it gives the connection back before anybody else hears of it.
  const ending = new Map<string, string>();

  knex.on('query', ({ sql, __knexUid }: Statement) => {
    const end = ends.exec(sql)?.[1]?.toLowerCase();
    const write = written.get(__knexUid);
    if (end && write) {
      ending.set(__knexUid, `${end} of ${write}`);
      reach(`before ${end} of ${write}`);
      return;
    }
    const name = nameOf(sql);
    if (name === undefined) return;
    if (!write) written.set(__knexUid, name);
    reach(`before ${name}`);
  });
  knex.on('query-response', (_rows: unknown, { sql }: Statement) => {
    const name = nameOf(sql);
    if (name !== undefined) reach(`after ${name}`);
  });
  knex.client.pool.on('release', ({ __knexUid }: Statement) => {
    written.delete(__knexUid);
    const name = ending.get(__knexUid);
    if (name !== undefined && ending.delete(__knexUid)) reach(`after ${name}`);
  });
}

function nameOf(sql: string): string | undefined {
  const [, verb, table, column] = writes.exec(sql) ?? [];
  return verb && `${verb.toLowerCase()} ${table}${column ? ` set ${column}` : ''}`;
}
