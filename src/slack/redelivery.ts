import { createHash } from 'node:crypto';

/** How a delivery of Slack's is known again. Both receivers put one into Bolt's context. */
export interface DeliveryMark {
  /** The same for the same delivery only. */
  deliveryId: string;
  /** Whether Slack may have sent it before: in Socket Mode an envelope says nothing of that. */
  mayBeRepeat: boolean;
}

/** Socket Mode: an envelope that comes again has its id. */
export function markOfEnvelope(envelope: { envelope_id?: unknown }): Partial<DeliveryMark> {
  const { envelope_id: deliveryId } = envelope;
  return typeof deliveryId === 'string' ? { deliveryId, mayBeRepeat: true } : {};
}

/** HTTP: a request that comes again has the same body, and a header that says so. */
export function markOfRequest(request: {
  rawBody: Uint8Array;
  headers: Readonly<Record<string, unknown>>;
}): DeliveryMark {
  return {
    deliveryId: createHash('sha256').update(request.rawBody).digest('base64'),
    mayBeRepeat: request.headers['x-slack-retry-num'] !== undefined,
  };
}

/** Slack repeats within minutes. */
const REMEMBERED = 2000;

/** Remembers the last deliveries: what Slack sends once more is acked once more, and not done again. */
export function createRedeliveries(remembered = REMEMBERED) {
  const seen = new Set<string>();

  return {
    /** Whether this process has seen the delivery with this context already; remembers it. */
    isRepeat({ deliveryId, mayBeRepeat }: Readonly<Record<string, unknown>>): boolean {
      if (typeof deliveryId !== 'string') return false;
      if (seen.has(deliveryId)) return mayBeRepeat === true;
      seen.add(deliveryId);
      const [oldest] = seen;
      if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
      return false;
    },
  };
}
