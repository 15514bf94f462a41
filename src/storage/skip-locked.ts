import type { Knex } from 'knex';
import { isPostgres } from './dialect.ts';

/**
 * Passes over rows that another process is about to change, and keeps the others for this transaction. SQLite has one
 * writer, and knex refuses the words there.
 */
export function skipLocked<Q extends Knex.QueryBuilder>(db: Knex, query: Q): Q {
  if (isPostgres(db)) query.forUpdate().skipLocked();
  return query;
}
