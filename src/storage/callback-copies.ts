import type { Knex } from 'knex';
import { outboxIdsShowing } from './lists-store.ts';

/** A change is shown in so many other copies of its row. */
const OTHER_COPIES = 3;

/**
 * In the transaction of a change: the newest other messages that show the callbacks are to be edited, whatever becomes of
 * this process afterwards. The clicked one is edited by whoever answers the click; where nobody does, it is clicked again.
 */
export async function wantEdits(
  trx: Knex.Transaction,
  callbackIds: readonly number[],
  clicked?: { teamId: string; message: string | null },
): Promise<void> {
  const [channelId, ts] = clicked?.message?.split('/') ?? [];
  const own: { id: string } | undefined =
    clicked && channelId && ts
      ? await trx('outbox').where({ team_id: clicked.teamId, posted_channel_id: channelId, ts }).first('id')
      : undefined;
  for (const id of callbackIds) {
    const ids = await outboxIdsShowing(trx, id, OTHER_COPIES, own?.id);
    if (ids.length > 0) await trx('outbox').whereIn('id', ids).increment('wanted');
  }
}
