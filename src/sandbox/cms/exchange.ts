import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { splitTarget } from './canonical.ts';
import { answerRequest, type Endpoint, parseJson, paths, type Reply, refusal } from './endpoint.ts';
import type { Fault } from './fault.ts';
import { byKind, type Faults } from './faults.ts';
import { headersOf, readBody } from './read-body.ts';
import type { RequestsOnRecord } from './requests-on-record.ts';
import { send, sendWithFaults } from './sending.ts';

/** What an exchange works with. */
export interface ExchangeContext {
  endpoint: Endpoint;
  faults: Faults;
  requests: RequestsOnRecord;
  clock: Clock;
  log: Log;
  /** Aborts when the stand-in closes. */
  closing: AbortSignal;
}

/** How a request fared; `status` is null when no answer begins. */
type Outcome = Pick<Reply, 'verdict' | 'why' | 'signature'> & {
  status: number | null;
  body: unknown;
  met: readonly Fault[];
};

/**
 * One request of a client and its answer. What it meets is decided, and on record, before anything is sent. Rejects when the client goes before
 * it has its answer.
 */
export const exchange = async (
  context: ExchangeContext,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { endpoint, faults, requests, clock, log, closing } = context;
  const { method = '', url: target = '' } = message;
  const { path } = splitTarget(target);
  const record = ({ body, verdict, why, status, signature, met }: Outcome) => {
    const kinds = met.map((fault) => fault.kind);
    requests.add({ at: clock.now(), method, path, body, verdict, why, status, signature, faults: kinds });
    log.debug({ method, path, status, verdict, faults: kinds }, 'the contact centre stand-in was asked');
  };

  const asked = Object.hasOwn(paths, path) ? paths[path] : undefined;
  if (!asked || method !== 'POST') {
    const misplaced = asked ? wrongMethod : refusal(404, 'bad-request', 'there is no such path');
    record({ ...misplaced, body: null, met: [] });
    return send(response, misplaced, clock.now());
  }
  if (faults.takeDropBeforeReading()) {
    record({ ...droppedOutcome, body: null, met: [{ kind: 'drop', when: 'before-reading' }] });
    message.socket.destroy();
    return;
  }

  const bytes = await readBody(message);
  const body = bytes && parseJson(bytes);
  const all = faults.take(vdnOf(body), asked);
  const met = byKind(all);
  const now = clock.now() + (met('clock-off')?.seconds ?? 0) * 1000;
  const reply = bytes
    ? answerRequest(endpoint, asked, { method, target, headers: headersOf(message), body: bytes }, met, now)
    : refusal(413, 'bad-request', 'the body is too large');
  const outcome = { ...reply, body: body ?? bytes?.toString('utf8') ?? null, met: all };
  record(met('drop') ? { ...outcome, ...droppedOutcome, signature: reply.signature } : outcome);
  await sendWithFaults(response, reply, now, { met, closing });
};

const droppedOutcome = {
  verdict: 'fault',
  why: 'the connection is dropped',
  status: null,
  signature: null,
} as const;

const wrongMethod: Reply = (() => {
  const reply = refusal(405, 'bad-request', 'only POST is answered');
  return { ...reply, headers: { ...reply.headers, Allow: 'POST' } };
})();

const vdnOf = (body: unknown): number | null => {
  if (typeof body !== 'object' || body === null || !('vdn' in body)) return null;
  return typeof body.vdn === 'number' ? body.vdn : null;
};
