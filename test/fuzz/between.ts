import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { systemClock } from '../../src/clock.ts';
import { signatureOf } from '../../src/sandbox/slack/delivery/signature.ts';
import { isObject, type JsonObject, parseJson } from '../../src/sandbox/slack/json.ts';
import type { Choices } from './choices.ts';
import { type Fault, faultsOfContent } from './judge.ts';
import { mutated, torn } from './mutated.ts';

/** Between Slack and the desk: what comes of Slack goes on as it is, after some that Slack would never have sent. */
export interface Between {
  /** Where Slack thinks the desk is. */
  url: string;
  /** How many requests the desk has had. */
  readonly inputs: number;
  /** From now on nothing goes on to the desk, which is about to stop. Resolves when what is under way has been answered. */
  shut(): Promise<void>;
  close(): Promise<void>;
}

export interface BetweenParts {
  /** Where the desk is. */
  deskUrl(): string;
  signingSecret: string;
  /** How many others go before each. */
  others: number;
  choices(): Choices;
  /** Told of what went wrong, with what was sent. */
  onFault(fault: Fault, sent: string): void;
  onSent(body: string): void;
}

/** Slack's limit; and everything that it sends is acked in that time, whatever is in it. */
const ACK_MS = 3_000;
const FORM = 'application/x-www-form-urlencoded';

export async function standBetween(parts: BetweenParts): Promise<Between> {
  let inputs = 0;
  let isShut = false;
  const underWay = new Set<Promise<void>>();

  async function post(type: string, body: string, secret = parts.signingSecret) {
    inputs += 1;
    parts.onSent(body);
    const timestamp = Math.floor(systemClock.now() / 1000);
    const answer = await fetch(parts.deskUrl(), {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signatureOf(secret, timestamp, body),
      },
      body,
      signal: AbortSignal.timeout(ACK_MS),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: await answer.text(),
    };
  }

  /** What the desk makes of it must be an answer, in time, and not its own mistake. */
  async function expectAnswer(type: string, body: string): Promise<void> {
    try {
      const answer = await post(type, body);
      if (answer.status >= 500) parts.onFault(`The desk answered ${answer.status}: ${answer.body}`, body);
      for (const fault of faultsOfContent('An answer', parseJson(answer.body))) parts.onFault(fault, body);
    } catch (error) {
      parts.onFault(`The desk gave no answer: ${String(error)}`, body);
    }
  }

  async function expectRefusal(type: string, body: string): Promise<void> {
    const { status } = await post(type, body, 'not-the-secret');
    if (status !== 401) parts.onFault(`The desk answered ${status} to somebody who is not Slack`, body);
  }

  async function passOn(type: string, body: string) {
    const choices = parts.choices();
    for (let left = parts.others; left > 0 && !isShut; left -= 1) {
      const payload = payloadOf(type, body);
      const spoilt = choices.percent(95) && payload;
      const sent = spoilt ? encoded(type, body, mutated(spoilt, choices)) : torn(body, choices);
      if (choices.percent(2)) await expectRefusal(type, sent);
      else await expectAnswer(type, sent);
    }
    return await post(type, body);
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (isShut) return void response.writeHead(503).end();
    const answer = await passOn(request.headers['content-type'] ?? '', body);
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  const server = createServer((request, response) => {
    const taken: Promise<void> = take(request, response).finally(() => underWay.delete(taken));
    underWay.add(taken);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    get inputs() {
      return inputs;
    },
    async shut() {
      isShut = true;
      await Promise.all(underWay);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What Slack says, out of the request's body: interactions are JSON in a form, commands a form, events JSON. */
function payloadOf(type: string, body: string): JsonObject | undefined {
  if (!type.startsWith(FORM)) return objectIn(body);
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined ? form : objectIn(form.payload);
}

function encoded(type: string, original: string, payload: JsonObject): string {
  if (!type.startsWith(FORM)) return JSON.stringify(payload);
  const isInteraction = new URLSearchParams(original).has('payload');
  const fields = isInteraction
    ? { payload: JSON.stringify(payload) }
    : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, inForm(value)]));
  return new URLSearchParams(fields).toString();
}

const inForm = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function objectIn(json: string): JsonObject | undefined {
  const value = parseJson(json);
  return isObject(value) ? value : undefined;
}
