import type { Knex } from 'knex';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import type { OutboxStore } from '../../src/outbox/store.ts';

/** The next message that would be posted, claimed as if its channel's second were over. */
export async function takePost(desk: {
  knex: Knex;
  outboxStore: OutboxStore;
  clock: { at: number };
}): Promise<OutboxRow | undefined> {
  await desk.knex('paces').delete();
  const [row] = await desk.outboxStore.claimDue(desk.clock.at, desk.clock.at + 60_000, 1);
  return row;
}
