import type { IncomingMessage } from 'node:http';
import { ZodError, z } from 'zod';
import type { CallsOnRecord } from './calls-on-record.ts';
import { parseJson } from './endpoint.ts';
import { faultOptionsSchema, faultSchema } from './fault.ts';
import type { Faults } from './faults.ts';
import { readBody } from './read-body.ts';
import type { RequestsOnRecord } from './requests-on-record.ts';
import { burstSchema, repeatCallerSchema, ringSchema } from './rings.ts';
import { answerSchema, callOutSchema, type Talks } from './talks.ts';

/** What the control works on. */
export interface Controlled {
  calls: CallsOnRecord;
  talks: Talks;
  faults: Faults;
  requests: RequestsOnRecord;
}

export interface ControlReply {
  status: number;
  body: unknown;
}

const vdn = z.int().min(1).max(5000);
const removeSchema = z.strictObject({ vdn, callId: z.string() });
const faultRequestSchema = faultOptionsSchema.extend({ fault: faultSchema });
const clearSchema = z.strictObject({
  faults: z.union([z.literal(true), z.int()]).optional(),
  calls: z.union([z.literal(true), vdn]).optional(),
  requests: z.literal(true).optional(),
});

/** Everything that can be asked for, by method and path. */
const routes: Record<string, (on: Controlled, body: unknown, query: URLSearchParams) => unknown> = {
  'POST /_sandbox/ring': ({ calls }, body) => calls.ring(ringSchema.parse(body)),
  'POST /_sandbox/burst': ({ calls }, body) => calls.burst(burstSchema.parse(body)),
  'POST /_sandbox/repeat-caller': ({ calls }, body) => calls.repeatCaller(repeatCallerSchema.parse(body)),
  'POST /_sandbox/call-out': ({ talks }, body) => talks.callOut(callOutSchema.parse(body)),
  'POST /_sandbox/answer': ({ talks }, body) => talks.answer(answerSchema.parse(body)),
  'POST /_sandbox/remove': ({ calls }, body) => {
    const call = removeSchema.parse(body);
    return { removed: calls.remove(call.vdn, call.callId) };
  },
  'POST /_sandbox/fault': ({ faults }, body) => {
    const { fault, ...options } = faultRequestSchema.parse(body);
    return { id: faults.add(fault, options) };
  },
  'POST /_sandbox/clear': ({ calls, talks, faults, requests }, body) => {
    const what = clearSchema.parse(body);
    const clearCalls = (vdn?: number) => calls.clear(vdn) + talks.clear(vdn);
    return {
      faults: what.faults === undefined ? 0 : faults.clear(what.faults === true ? undefined : what.faults),
      calls: what.calls === undefined ? 0 : clearCalls(what.calls === true ? undefined : what.calls),
      requests: what.requests ? requests.clear() : 0,
    };
  },
  'GET /_sandbox/requests': ({ requests }) => requests.list(),
  'GET /_sandbox/faults': ({ faults }) => faults.active(),
  'GET /_sandbox/calls': ({ calls }, _, query) => calls.list(vdn.parse(Number(query.get('vdn')))),
};

/**
 * The stand-in's remote control, for one that runs alone. JSON in (Content-Type: application/json) and out:
 *
 * - `POST /_sandbox/ring` {vdn, callerNo?, calleeNo?, waitBeginAt?, waitMs?, mediaType?, subMediaType?, appearsAfterMs?, callId?} → the call
 * - `POST /_sandbox/burst` and `/_sandbox/repeat-caller` {vdn, count, everyMs?, lastWaitBeginAt?, …as above} → the calls
 * - `POST /_sandbox/call-out` {vdn, calleeNo, callerNo?, talkMs?, beganAt?} and `/_sandbox/answer` {vdn, callerNo, calleeNo?, talkMs?, beganAt?} → the call
 * - `POST /_sandbox/remove` {vdn, callId} → {removed}
 * - `POST /_sandbox/fault` {fault: {kind, …}, next?, vdn?, of?} → {id}; the kinds are in fault.ts
 * - `POST /_sandbox/clear` {faults?: true | id, calls?: true | vdn, requests?: true} → how many of each
 * - `GET /_sandbox/requests`, `/_sandbox/faults`, `/_sandbox/calls?vdn=N`
 *
 * 400 with {error} for what is not as described, 404 for another path. Only this machine may ask, and no web page that is open on it: anything
 * else is 403.
 */
export const control = async (on: Controlled, message: IncomingMessage): Promise<ControlReply> => {
  const stranger = whyNotOurs(message);
  if (stranger !== null) return { status: 403, body: { error: stranger } };
  const url = new URL(message.url ?? '', 'http://127.0.0.1');
  const route = routes[`${message.method} ${url.pathname}`];
  if (!route) return { status: 404, body: { error: 'there is no such control' } };
  const bytes = await readBody(message);
  const body = message.method === 'GET' ? null : bytes && parseJson(bytes);
  if (body === undefined) return { status: 400, body: { error: 'the body is not JSON' } };
  try {
    return { status: 200, body: route(on, body, url.searchParams) };
  } catch (error) {
    if (error instanceof ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
};

const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;
const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Loopback alone is not enough: a page in this machine's browser can reach it. The host's name keeps out those that point a name of their own here,
 * the content type and the missing Origin those that just post.
 */
const whyNotOurs = ({ socket, headers, method }: IncomingMessage): string | null => {
  if (!loopbackAddress.test(socket.remoteAddress ?? '')) return 'only this machine may ask';
  if (!loopbackHost.test(headers.host ?? '')) return 'the Host header must be a loopback one';
  if (headers.origin !== undefined) return 'no web page may ask';
  if (method !== 'GET' && !headers['content-type']?.startsWith('application/json'))
    return 'Content-Type must be application/json';
  return null;
};
