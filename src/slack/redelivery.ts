import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPoll, type Poll } from '../work/poll.ts';

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

/** An event that comes again has its own id, in whatever envelope or request it comes. */
export function markOfEvent({ event_id: deliveryId }: { event_id?: unknown }): Partial<DeliveryMark> {
  return typeof deliveryId === 'string' ? { deliveryId, mayBeRepeat: true } : {};
}

/** What Slack has delivered, to whichever desk on this database. */
export interface Deliveries {
  /** Writes down that it has come; false when that was known already. Of two at once, one hears true. */
  remember(id: string, now: number): Promise<boolean>;
  /** Forgets what came before; how many that was. */
  removeOlderThan(at: number): Promise<number>;
}

export interface Redeliveries {
  /** Whether Slack has delivered what this context is about already; from now on it has. */
  isRepeat(mark: Readonly<Record<string, unknown>>): Promise<boolean>;
  /** Forgets them after a while. */
  forgetting: Poll;
}

/** Slack's last repetition comes six minutes after the first delivery (Events API: at once, after one minute, after five). */
const KEPT_MS = 60 * 60_000;
const FORGET_EVERY_MS = 10 * 60_000;

/** What Slack delivers once more is acked once more, and not done again, by this desk or another one, after a restart too. */
export function createRedeliveries(deliveries: Deliveries, clock: Clock, log: Log): Redeliveries {
  return {
    async isRepeat({ deliveryId, mayBeRepeat }) {
      if (typeof deliveryId !== 'string') return false;
      try {
        const isNew = await deliveries.remember(deliveryId, clock.now());
        return !isNew && mayBeRepeat === true;
      } catch (err) {
        // Somebody waits for the first delivery, and a second one is rare; what it does once more is harmless
        // (test/scenarios/redeliveries.test.ts). So it is done.
        log.warn(
          { err },
          'Whether Slack has delivered this before cannot be known: the database does not say',
        );
        return false;
      }
    },

    forgetting: createPoll({
      name: 'deliveries',
      everyMs: FORGET_EVERY_MS,
      log,
      async look() {
        await deliveries.removeOlderThan(clock.now() - KEPT_MS);
        return undefined;
      },
    }),
  };
}
