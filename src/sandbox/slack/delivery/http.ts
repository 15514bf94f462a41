import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Ack, Delivery, DeliveryKind, Retry } from './delivery.ts';
import { signatureOf } from './signature.ts';

export interface HttpParts {
  /** Where the app listens: `http://127.0.0.1:3000/slack/events`. */
  requestUrl: string | (() => string);
  signingSecret: string;
  /** The time that requests are stamped with: real time, since Bolt holds it against the real clock. */
  stamp: Clock;
  ackLimitMs: number;
}

export interface HttpDelivery extends Delivery {
  /** What Slack does when a request URL is entered; throws an Error when the app does not echo the challenge. */
  verifyUrl(): Promise<void>;
}

interface Posted {
  type: string;
  body: string;
  retry?: Retry | undefined;
}

/** Delivery by signed HTTP requests. */
export function openHttpDelivery(parts: HttpParts): HttpDelivery {
  let last: Posted | undefined;

  const post = async ({ type, body, retry }: Posted): Promise<Ack> => {
    const began = performance.now();
    const withinMs = () => Math.round(performance.now() - began);
    const timestamp = Math.floor(parts.stamp.now() / 1000);
    const requestUrl = typeof parts.requestUrl === 'string' ? parts.requestUrl : parts.requestUrl();
    try {
      const response = await fetch(requestUrl, {
        method: 'POST',
        headers: {
          'content-type': type,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': signatureOf(parts.signingSecret, timestamp, body),
          ...(retry
            ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }
            : {}),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(parts.ackLimitMs),
      });
      const text = await response.text();
      if (!response.ok)
        return { status: 'dispatch_failed', withinMs: withinMs(), why: `HTTP ${response.status}` };
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: 'acked', withinMs: withinMs(), body: text === '' || !isJson ? text : parseJson(text) };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return isLate
        ? { status: 'operation_timeout', withinMs: withinMs() }
        : { status: 'dispatch_failed', withinMs: withinMs(), why: 'the request URL could not be reached' };
    }
  };

  return {
    deliver(kind, payload, retry) {
      last = { ...encoded(kind, payload), retry };
      return post(last);
    },
    redeliver() {
      if (!last) throw new Error('Nothing has been delivered yet');
      return post({ ...last, retry: last.retry ?? { number: 1, reason: 'http_timeout' } });
    },
    async verifyUrl() {
      const challenge = randomBytes(20).toString('hex');
      const body = JSON.stringify({ token: 'sandbox', challenge, type: 'url_verification' });
      const ack = await post({ type: 'application/json', body });
      const echoed =
        ack.status === 'acked' ? (isObject(ack.body) ? ack.body.challenge : ack.body) : undefined;
      if (echoed !== challenge) throw new Error('The request URL did not answer with the challenge');
    },
    close: () => Promise.resolve(),
  };
}

/** Commands are forms, interactions are forms with one field, events are JSON. */
function encoded(kind: DeliveryKind, payload: JsonObject): Posted {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields =
    kind === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}
