import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import type { Log } from '../log.ts';
import { inRequest, newRequestId } from '../work/request.ts';
import { type Reach, unwatched } from '../work/seam.ts';
import { strangeIn } from './shapes.ts';

/** What Slack sends, by what somebody did. */
export const PAYLOADS = ['command', 'action', 'view', 'shortcut', 'event', 'other'] as const;
export type Payload = (typeof PAYLOADS)[number];

/** Told how long Slack waited for its ack, in ms; null: it got none. */
export type OnAcked = (payload: Payload, ms: number | null) => void;

export interface EntranceParts {
  log: Log;
  onAcked?: OnAcked | undefined;
  /** Told of the acknowledgements; nobody by default. */
  reach?: Reach;
}

/** Slack tells people that the app did not answer where the ack takes longer. */
export const ACK_WITHIN_MS = 3_000;

/** Bolt's app, at the door: all that Slack sends comes in here, over sockets and HTTP, and gets its request id and its ack. */
export class Entrance extends App {
  readonly #parts: EntranceParts;

  constructor(options: AppOptions, parts: EntranceParts) {
    super(options);
    this.#parts = parts;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    const { log, onAcked, reach = unwatched } = this.#parts;
    const payload = payloadOf(event.body);
    const startedAt = performance.now();
    let acked = false;

    const ack: ReceiverEvent['ack'] = async (answer) => {
      reach('before ack');
      await event.ack(answer);
      reach('after ack');
      const ms = performance.now() - startedAt;
      acked = true;
      onAcked?.(payload, ms);
      const facts = { payload, ms: Math.round(ms) };
      if (ms > ACK_WITHIN_MS) log.warn(facts, 'Slack waited too long for an ack');
    };
    return inRequest(newRequestId(), async () => {
      log.debug({ payload, delivery: event.customProperties?.deliveryId }, 'Slack has sent something');
      try {
        await this.#hear(event, ack);
        // Slack, and whoever did something, would wait for three seconds in vain.
        if (!acked) await ack();
      } catch (err) {
        log.error({ err, payload }, 'Slack sent something that the desk could not take');
        if (!acked) await ack();
      } finally {
        if (!acked) onAcked?.(payload, null);
      }
    });
  }

  /** What is not as Slack says is nobody's to read: Bolt would stumble over it, and so would the desk. */
  async #hear(event: ReceiverEvent, ack: ReceiverEvent['ack']): Promise<void> {
    const strange = strangeIn(event.body);
    if (strange.length === 0) return super.processEvent({ ...event, ack });
    this.#parts.log.warn(
      { payload: payloadOf(event.body), strange },
      'A payload is not as Slack says: nothing is done',
    );
  }
}

const BY_TYPE: Readonly<Record<string, Payload>> = {
  block_actions: 'action',
  view_submission: 'view',
  view_closed: 'view',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  event_callback: 'event',
};

function payloadOf(body: ReceiverEvent['body']): Payload {
  if (typeof body.command === 'string') return 'command';
  return BY_TYPE[String(body.type)] ?? 'other';
}
