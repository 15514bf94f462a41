import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { createPoll, type Poll } from '../work/poll.ts';
import type { Trouble } from '../work/trouble.ts';
import { codeOf } from './database-error.ts';
import { isPostgres } from './dialect.ts';
import { BUSY_MS } from './sqlite.ts';
import { inTransaction } from './transactions.ts';
import { remedies, troubleOf } from './trouble.ts';

/** Knows what is wrong with the database from the moment that a statement fails until a write has come through again. */
export interface DatabaseWatch {
  /** What is wrong; null: nothing that is known. */
  trouble(): Trouble | null;
  /** What an error that somebody met says of it, or what is known anyway. */
  troubleBehind(error: unknown): Trouble | null;
  /** Asks it; at once where it is known to be in trouble. What is wrong, null: nothing. */
  look(): Promise<Trouble | null>;
  /** Tries to write, while it is in trouble. */
  looking: Poll;
}

const LOOK_MS = 1_000;
/** Whoever asks how the desk is wants to know it soon. */
const ANSWER_MS = 5_000;
/** How long a lock is waited for that is known to last. */
const BUSY_AGAIN_MS = 50;
/** What the try writes: more than the room that is left in pages of other tables. */
const FILLER_BYTES = 64 * 1024;

/**
 * Watches every statement. Of each trouble one line with the remedy is logged, and one when it is over. A file that is damaged is
 * not written any more, which could only make it worse, and stays so until the desk is started on another one.
 */
export function watchDatabase(knex: Knex, log: Log): DatabaseWatch {
  let trouble: Trouble | null = null;

  function notice(error: unknown): Trouble | null {
    const found = troubleOf(error) ?? null;
    if (found === null || found === trouble || trouble === 'damaged') return trouble;
    trouble = found;
    log.error({ trouble, code: codeOf(error) }, remedies[found]);
    if (found === 'damaged') void set('query_only = on');
    // Everybody's statements wait for one another: once is enough.
    if (found === 'busy') void set(`busy_timeout = ${BUSY_AGAIN_MS}`);
    return trouble;
  }

  async function set(pragma: string) {
    if (isPostgres(knex)) return;
    await knex.raw(`pragma ${pragma}`).catch((err: unknown) => log.error({ err, pragma }, 'A pragma failed'));
  }

  knex.on('query-error', (error: unknown) => void notice(error));

  return {
    trouble: () => trouble,
    troubleBehind: (error) => trouble ?? troubleOf(error) ?? null,
    async look() {
      if (trouble !== null) return trouble;
      // A query that only reads need not wait for those who write.
      const answer = knex.select(knex.raw('1')).then(
        () => null,
        (error: unknown) => notice(error) ?? 'unreachable',
      );
      const answered = new AbortController();
      const { signal } = answered;
      const silence = delay(ANSWER_MS, 'unreachable' as const, { signal, ref: false });
      return await Promise.race([answer, silence]).finally(() => answered.abort());
    },
    looking: createPoll({
      name: 'database',
      everyMs: LOOK_MS,
      log,
      async look() {
        if (trouble === null || trouble === 'damaged') return undefined;
        try {
          await tryToWrite(knex);
        } catch (error) {
          if (troubleOf(error) === undefined) throw error;
          return undefined;
        }
        if (trouble === 'busy') await set(`busy_timeout = ${BUSY_MS}`);
        log.info({ trouble }, 'The database can be written again: the desk goes on');
        trouble = null;
        return undefined;
      },
    }),
  };
}

/** Writes, and takes it away again: only what is committed has been on the disk. */
async function tryToWrite(knex: Knex): Promise<void> {
  const filler = 'x'.repeat(FILLER_BYTES);
  await inTransaction(knex, async (trx) => {
    // Of another session's nothing is known there, so that several desks may try at the same time.
    if (isPostgres(trx)) await trx.raw('create temporary table can_be_written (filler text) on commit drop');
    else await trx.raw('create table can_be_written (filler text)');
    await trx('can_be_written').insert({ filler });
    if (!isPostgres(trx)) await trx.raw('drop table can_be_written');
  });
}
