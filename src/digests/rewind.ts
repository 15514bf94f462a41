import type { OutboxRow } from '../outbox/outbox.ts';
import { type DigestData, digestKinds } from './digest.ts';
import type { Subscription } from './subscription.ts';

/** Where a subscription stood before the messages that its channel will never get: their calls are new again. */
export function rewound(
  subscription: Subscription,
  lost: readonly Pick<OutboxRow, 'kind' | 'data'>[],
): Pick<Subscription, 'cursor' | 'previousEndAt'> {
  const digests = lost.filter((row) => row.kind === digestKinds.digest).map((row) => row.data as DigestData);
  return {
    cursor: Math.min(subscription.cursor, ...digests.map((digest) => digest.afterSeq)),
    previousEndAt: Math.min(subscription.previousEndAt, ...digests.map((digest) => digest.fromAt)),
  };
}
