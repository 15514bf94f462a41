import type { Knex } from 'knex';
import type { Deliveries } from '../slack/redelivery.ts';

/** What Slack has delivered, so that a second delivery is known again by whichever desk it reaches. */
export function createDeliveriesStore(knex: Knex): Deliveries {
  return {
    async remember(id, now) {
      const inserted = await knex('deliveries')
        .insert({ id, at: now })
        .onConflict('id')
        .ignore()
        .returning('id');
      return inserted.length > 0;
    },
    removeOlderThan: (at) => knex('deliveries').where('at', '<', at).delete(),
  };
}
