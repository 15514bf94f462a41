import type { JsonObject } from '../json.ts';

/** What Slack sends to an app, by the names of Socket Mode. */
export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api';

/** How the app took it. `withinMs` is real time. */
export type Ack =
  | { status: 'acked'; withinMs: number; body: unknown }
  /** No answer within Slack's 3 seconds. */
  | { status: 'operation_timeout'; withinMs: number }
  /** Nothing to deliver to, or an answer that is no acknowledgement. */
  | { status: 'dispatch_failed'; withinMs: number; why: string };

export interface Retry {
  /** 1, 2 or 3. */
  number: number;
  reason: string;
}

/** The way from Slack to the app. */
export interface Delivery {
  deliver(kind: DeliveryKind, payload: JsonObject, retry?: Retry): Promise<Ack>;
  /** Sends once more what was sent last, as Slack does when it doubts that it arrived. */
  redeliver(): Promise<Ack>;
  close(): Promise<void>;
}

/** Slack's limit for an acknowledgement. */
export const ACK_LIMIT_MS = 3_000;
