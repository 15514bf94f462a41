import { type Clock, systemClock } from '../../../clock.ts';
import type { JsonObject } from '../json.ts';
import type { Ack, Delivery, DeliveryKind } from './delivery.ts';

/** What was sent to the app, and how it took it. */
export interface DeliveryOnRecord {
  kind: DeliveryKind;
  payload: JsonObject;
  /** When it was sent, by the clock of the workspace. */
  at: number;
  /** The same in real time, epoch ms. */
  sentAt: number;
  /** Absent while Slack waits for it. */
  ack?: Ack;
  /** Real time, epoch ms. */
  ackedAt?: number;
}

/** Writes down every delivery; what is sent once more is not one. */
export function keepRecord(delivery: Delivery, record: DeliveryOnRecord[], clock: Clock): Delivery {
  return {
    ...delivery,
    async deliver(kind, payload, retry) {
      const sent: DeliveryOnRecord = { kind, payload, at: clock.now(), sentAt: systemClock.now() };
      if (!retry) record.push(sent);
      const ack = await delivery.deliver(kind, payload, retry);
      sent.ack = ack;
      sent.ackedAt = systemClock.now();
      return ack;
    },
  };
}
