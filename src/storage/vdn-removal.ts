import type { Knex } from 'knex';
import type { Ended } from '../vdns/changes.ts';
import type { CallbackRecord } from './callback-records.ts';
import { rowsOf } from './dialect.ts';
import { toNumber } from './numbers.ts';
import type { SubscriptionRecord } from './subscription-records.ts';
import { takeTurn } from './transactions.ts';

/** So many of the latest messages of each digest that ended are edited; the others when somebody clicks them. */
const SHOWN = 3;

/** In the transaction that removes a VDN: nothing of it is under way any more. */
export async function endAllOf(
  trx: Knex.Transaction,
  { teamId, vdn, actorId, now }: { teamId: string; vdn: number; actorId: string; now: number },
): Promise<Ended> {
  // No click on its callbacks, and no call that joins one, comes in between.
  await takeTurn(trx, 'callbacks', teamId, vdn);
  const ended = await trx<SubscriptionRecord>('subscriptions')
    .where({ team_id: teamId, vdn })
    .whereNot('state', 'removed')
    .update({ state: 'removed' })
    .returning(['id', 'number', 'channel_id']);
  const ids = ended.map(({ id }) => toNumber(id));

  const bind = { team: teamId, vdn, now };
  await trx.raw(EXPIRED_EVENTS, { ...bind, actor: actorId });
  const claimed = await trx<CallbackRecord>('callbacks')
    .where({ team_id: teamId, vdn, state: 'claimed' })
    .orderBy('id')
    .pluck('owner_id');
  const expired = await rowsOf(trx, EXPIRE, bind);
  await showEnded(trx, ids);
  return {
    subscriptions: ended
      .map(({ number, channel_id: channelId }) => ({ number, channelId }))
      .sort((a, b) => a.number - b.number),
    owners: [...Map.groupBy(claimed, (owner) => owner)].flatMap(([userId, theirs]) =>
      userId === null ? [] : [{ userId, callbacks: theirs.length }],
    ),
    callbacks: expired.length,
  };
}

const NOT_DONE = "where team_id = :team and vdn = :vdn and state <> 'done'";

// However many there are: two statements.
const EXPIRED_EVENTS = `
  insert into callback_events (team_id, callback_id, at, actor_id, action, from_state, to_state, from_owner_id)
  select team_id, id, :now, :actor, 'expire', state, 'done', owner_id from callbacks ${NOT_DONE}`;

const EXPIRE = `
  update callbacks set state = 'done', outcome = 'vdn-removed', owner_id = null, since = :now, done_at = :now,
    due_at = null, touched_at = :now, reminded_at = null, wake_at = null
  ${NOT_DONE} returning id`;

async function showEnded(trx: Knex.Transaction, subscriptionIds: readonly number[]): Promise<void> {
  for (const id of subscriptionIds) {
    const latest = trx('outbox')
      .where({ subscription_id: id, state: 'sent' })
      .whereNotNull('list_id')
      .orderBy('seq', 'desc')
      .limit(SHOWN);
    const shown = await latest.pluck('id');
    if (shown.length > 0) await trx('outbox').whereIn('id', shown).increment('wanted');
  }
}
