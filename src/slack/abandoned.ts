import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import { createPoll, type Poll } from '../work/poll.ts';

export interface AbandonedOptions {
  store: Pick<OutboxStore, 'withoutList'>;
  outbox: Pick<Outbox, 'revise'>;
  clock: Clock;
  log: Log;
}

const LOOK_EVERY_MS = 60_000;
/** No question is waited for as long as this (2 min of pages, and what the database takes): whoever asked the contact centre is no more. */
const ABANDONED_AFTER_MS = 5 * 60_000;
/** Older ones have been looked at. */
const LOOK_BACK_MS = 24 * 60 * 60_000;

/** "Asking the contact centre…" must not stand for ever where the desk was killed while it asked. */
export function createAbandoned({ store, outbox, clock, log }: AbandonedOptions): Poll {
  return createPoll({
    name: 'abandoned questions',
    everyMs: LOOK_EVERY_MS,
    log,
    async look() {
      const now = clock.now();
      const rows = await store.withoutList(ANSWER, now - LOOK_BACK_MS, now - ABANDONED_AFTER_MS);
      for (const row of rows) {
        // What the desk wrote itself, as JSON, in this shape.
        const data = row.data as AnswerData;
        if (data.status.state !== 'asking') continue;
        // An answer that arrives at this moment wins, and so does another desk that finds the same.
        const broken = { data: { ...data, status: { state: 'broken' } } };
        if (await outbox.revise(row.id, broken, row.wanted)) {
          log.warn({ outboxId: row.id }, 'A question was abandoned while the contact centre was asked');
        }
      }
      return undefined;
    },
  });
}
