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
const bounds = /^\s*(begin|commit|rollback)\b/i;

/**
 * Tells `reach` before and after every statement that writes, and every transaction's beginning and end. Its names are made
 * of words of the statement, never of values: `before update outbox set state`.
 */
export function watchStatements(knex: Knex, reach: Reach): void {
  // knex says nothing of a transaction that has ended; but it gives the connection back before anybody else hears of it.
  const ended = new Map<string, string>();
  knex.on('query', ({ sql, __knexUid }: Statement) => {
    const name = seamName(sql);
    if (name === undefined) return;
    if (name === 'commit' || name === 'rollback') ended.set(__knexUid, name);
    reach(`before ${name}`);
  });
  knex.on('query-response', (_rows: unknown, { sql }: Statement) => {
    const name = seamName(sql);
    if (name !== undefined) reach(`after ${name}`);
  });
  knex.client.pool.on('release', ({ __knexUid }: Statement) => {
    const name = ended.get(__knexUid);
    if (name !== undefined && ended.delete(__knexUid)) reach(`after ${name}`);
  });
}

function seamName(sql: string): string | undefined {
  const bound = bounds.exec(sql)?.[1];
  if (bound) return bound.toLowerCase();
  const [, verb, table, column] = writes.exec(sql) ?? [];
  if (!verb) return undefined;
  return `${verb.toLowerCase()} ${table}${column ? ` set ${column}` : ''}`;
}
