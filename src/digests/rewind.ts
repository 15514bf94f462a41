import type { OutboxRow } from '../outbox/outbox.ts';
import { type DigestData, digestKinds, type SourceNoticeData } from './digest.ts';
import type { Subscription } from './subscription.ts';

/**
 * Where a subscription stood before the messages (in their order) that its channel will never get: their calls are new
 * again, "no data since" is yet to be said, or "it is back".
 */
export function rewound(
  subscription: Subscription,
  lost: readonly Pick<OutboxRow, 'kind' | 'data'>[],
): Pick<Subscription, 'cursor' | 'previousEndAt' | 'downToldAt'> {
  const digests = lost.filter((row) => row.kind === digestKinds.digest).map((row) => row.data as DigestData);
  return {
    cursor: Math.min(subscription.cursor, ...digests.map((digest) => digest.afterSeq)),
    previousEndAt: Math.min(subscription.previousEndAt, ...digests.map((digest) => digest.fromAt)),
    downToldAt: downToldBefore(subscription, lost),
  };
}

function downToldBefore({ downToldAt }: Subscription, lost: readonly Pick<OutboxRow, 'kind' | 'data'>[]) {
  const isNotice = ({ kind }: Pick<OutboxRow, 'kind'>) =>
    kind === digestKinds.sourceDown || kind === digestKinds.sourceBack;
  const first = lost.find(isNotice);
  if (!first) return downToldAt;
  return first.kind === digestKinds.sourceBack ? (first.data as SourceNoticeData).sinceAt : null;
}
