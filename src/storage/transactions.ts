import type { Knex } from 'knex';
import { codeOf } from './database-error.ts';
import { isPostgres } from './dialect.ts';

/** Deadlock and serialisation failure: PostgreSQL has undone the whole, and asks to do it again. */
const DO_AGAIN = new Set(['40P01', '40001']);
const TRIES = 5;

/**
 * Does the work in one transaction, again from the beginning where PostgreSQL asks for that: it must do nothing but work
 * on `trx`. Every statement sees what was committed before it began (read committed), also what was committed while the
 * one before it waited for a lock.
 */
export async function inTransaction<T>(knex: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  const config = isPostgres(knex) ? { isolationLevel: 'read committed' as const } : undefined;
  for (let tries = 1; ; tries += 1) {
    const failure: { of?: unknown } = {};
    const noted = (trx: Knex.Transaction) =>
      work(trx).catch((error: unknown) => {
        failure.of = error;
        throw error;
      });
    try {
      return await knex.transaction(noted, config);
    } catch (error) {
      // SQLite may have undone the whole at once (a full disk); then knex throws that there was nothing to undo.
      const cause = failure.of ?? error;
      if (tries === TRIES || !DO_AGAIN.has(codeOf(cause))) throw cause;
    }
  }
}

/**
 * What is done one at a time in a VDN: calls get their numbers; calls get their callbacks, callbacks are merged. In a workspace,
 * as VDN 0: VDNs get their names.
 */
type Turn = 'calls' | 'callbacks' | 'names';

/**
 * Waits for the turn in this VDN, and holds it until the transaction ends. The statements that rely on it come after:
 * one that waits has already decided what it sees. SQLite has one writer, whose turn it is anyway.
 */
export const takeTurn = (trx: Knex.Transaction, turn: Turn, teamId: string, vdn: number): Promise<void> =>
  lock(trx, 'pg_advisory_xact_lock', turn, teamId, vdn);

/** Waits until nothing else is done in this person's name, and lets nothing else be until the transaction ends. */
export const takePersonsTurn = (trx: Knex.Transaction, teamId: string, userId: string): Promise<void> =>
  lock(trx, 'pg_advisory_xact_lock', `person ${userId}`, teamId, 0);

/** Waits until nobody has the turn, and lets nobody take it until the transaction ends; any number may do so at once. */
export const holdTurns = (trx: Knex.Transaction, turn: Turn, teamId: string, vdn: number): Promise<void> =>
  lock(trx, 'pg_advisory_xact_lock_shared', turn, teamId, vdn);

async function lock(
  trx: Knex.Transaction,
  how: string,
  turn: Turn | `person ${string}`,
  teamId: string,
  vdn: number,
): Promise<void> {
  if (isPostgres(trx)) await trx.raw(`select ${how}(hashtextextended(?, 0))`, [`${turn} ${vdn} ${teamId}`]);
}
