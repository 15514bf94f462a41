import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { OutboxStore } from '../outbox/store.ts';
import { ANSWER, type AnswerData, type AnswerStatus } from '../questions/answer.ts';
import { createPoll, type Poll } from '../work/poll.ts';

export interface AbandonedOptions {
  store: Pick<OutboxStore, 'withoutList' | 'owedBefore' | 'tellDirectly'>;
  outbox: Pick<Outbox, 'revise' | 'wake'>;
  clock: Clock;
  log: Log;
}

const LOOK_EVERY_MS = 60_000;
/** No question is waited for as long as this (2 min of pages, and what the database takes): whoever asked the contact centre is no more. */
const ABANDONED_AFTER_MS = 5 * 60_000;
/** Older ones have been looked at. */
const LOOK_BACK_MS = 24 * 60 * 60_000;
const OWED_AT_ONCE = 100;

const BROKEN: AnswerStatus = { state: 'broken' };

/**
 * "Asking the contact centre…" must not stand for ever where the desk was killed while it asked. In a channel the message says so;
 * a private notice cannot be changed any more, so its asker is told in a direct message, with the answer if there was one.
 */
export function createAbandoned({ store, outbox, clock, log }: AbandonedOptions): Poll {
  async function inChannels(now: number): Promise<void> {
    const rows = await store.withoutList(ANSWER, now - LOOK_BACK_MS, now - ABANDONED_AFTER_MS);
    for (const row of rows) {
      // What the desk wrote itself, as JSON, in this shape.
      const data = row.data as AnswerData;
      if (data.status.state !== 'asking') continue;
      // An answer that arrives at this moment wins, and so does another desk that finds the same.
      if (await outbox.revise(row.id, { data: { ...data, status: BROKEN } }, row.wanted)) {
        log.warn({ outboxId: row.id }, 'A question was abandoned while the contact centre was asked');
      }
    }
  }

  async function alone(now: number): Promise<void> {
    for (const row of await store.owedBefore(now - ABANDONED_AFTER_MS, OWED_AT_ONCE)) {
      const { notHere: _, ...data } = row.data as AnswerData;
      const { status } = data;
      // Of the channel that it was asked in nothing is to be said elsewhere.
      const told = { ...data, invite: false, status: status.state === 'asking' ? BROKEN : status };
      if (!(await store.tellDirectly(row, data.askerId, told satisfies AnswerData))) continue;
      log.warn({ outboxId: row.id }, 'A private question was abandoned: its asker is told directly');
      outbox.wake();
    }
  }

  return createPoll({
    name: 'abandoned questions',
    everyMs: LOOK_EVERY_MS,
    log,
    async look() {
      const now = clock.now();
      await inChannels(now);
      await alone(now);
      return undefined;
    },
  });
}
