import { answerText, failure } from './answer.ts';
import { type CallsEdition, callsAnswerText, callsFailure } from './calls-answer.ts';
import type { CallsOnRecord } from './calls-on-record.ts';
import { readCallsQuery } from './calls-query.ts';
import { type ReceivedRequest, valuesOf } from './canonical.ts';
import type { Interface } from './fault.ts';
import type { FaultOfKind } from './faults.ts';
import { readQuery } from './query.ts';
import type { Verdict } from './requests-on-record.ts';
import { recordedCalls, type Talks } from './talks.ts';
import { type SignatureReport, verifySignature } from './verify.ts';
import { startOfDay } from './wall-time.ts';

/** The documented addresses that the stand-in answers at, and what is asked of them. */
export const paths: Readonly<Record<string, Interface>> = {
  '/rest/cmsapp/v1/callin/queryMissedCalls': 'missed-calls',
  '/rest/cmsapp/v2/openapi/vdn/querycalls': 'calls',
};

/** What the endpoint works with. */
export interface Endpoint {
  accessKey: string;
  secretKey: string;
  toleranceMs: number;
  /** IANA zone of the answers' times. */
  timeZone: string;
  calls: CallsOnRecord;
  talks: Talks;
  callsEdition: CallsEdition;
}

/** An answer that is decided but not sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  verdict: Verdict;
  why: string;
  signature: SignatureReport | null;
}

const json = { 'Content-Type': 'application/json; charset=UTF-8' };

/** Answers one POST: the signature, then the content type, then JSON, then the fields. `now` is the stand-in's own time. */
export const answerRequest = (
  endpoint: Endpoint,
  asked: Interface,
  request: ReceivedRequest,
  met: FaultOfKind,
  now: number,
): Reply => {
  const status = met('status');
  if (status) {
    const retry = status.retryAfter === undefined ? {} : { 'Retry-After': String(status.retryAfter) };
    return {
      ...refusal(status.status, 'fault', 'asked for'),
      headers: { 'Content-Type': 'text/html; charset=UTF-8', ...retry },
      body: `<html><body><h1>${status.status}</h1></body></html>`,
    };
  }
  const { accessKey, secretKey, toleranceMs } = endpoint;
  const signature = verifySignature(request, { accessKey, secretKey, toleranceMs, now });
  // Like the real one, it does not tell the client what is wrong; its record of requests does.
  if (!signature.accepted) return { ...refusal(401, 'bad-signature', signature.why), signature };
  if (!isDocumentedType(request))
    return {
      ...refusal(415, 'bad-request', 'Content-Type must be application/json; charset=UTF-8'),
      signature,
    };
  const body = parseJson(request.body);
  if (body === undefined) return { ...refusal(400, 'bad-request', 'the body is not JSON'), signature };

  const { text, problem, found } =
    asked === 'calls' ? queryCalls(endpoint, body, met, now) : queryMissedCalls(endpoint, body, met, now);
  const answered = { status: 200, headers: json, signature, body: text };
  if (problem !== undefined) return { ...answered, verdict: 'bad-query', why: problem };
  const replaced = [met('return-code'), met('wrong-shape'), met('bad-json'), met('endless-pages')].find(
    Boolean,
  );
  return replaced
    ? { ...answered, verdict: 'fault', why: 'asked for' }
    : { ...answered, verdict: 'answered', why: `${found} calls match` };
};

/** What became of a query: how many calls match, or what is wrong with it. */
type Answer =
  | { text: string; problem: string; found?: never }
  | { text: string; problem?: never; found: number };

const queryMissedCalls = (
  { calls, timeZone }: Endpoint,
  body: unknown,
  met: FaultOfKind,
  now: number,
): Answer => {
  const read = readQuery(body);
  if ('problem' in read) return { text: failure('1', read.problem), problem: read.problem };
  const matching = calls.matching(read.query, met('late-rows')?.ms);
  return {
    text: answerText({ query: read.query, calls: matching, now, timeZone, met }),
    found: matching.length,
  };
};

const queryCalls = (
  { calls, talks, timeZone, callsEdition: edition }: Endpoint,
  body: unknown,
  met: FaultOfKind,
  now: number,
): Answer => {
  const read = readCallsQuery(body, startOfDay(now, timeZone));
  if ('problem' in read) {
    const problem = `Invalid param, parameter: '${read.problem}'`;
    return { text: callsFailure('0100002', problem), problem };
  }
  const { query } = read;
  const ended = calls.list(query.vdn).filter((call) => call.callEndAt <= now);
  const found = recordedCalls(query, talks.list(query.vdn), ended);
  return { text: callsAnswerText({ query, calls: found, edition, met }), found: found.length };
};

/** An HTTP refusal; the client learns its status, and nothing else. */
export const refusal = (status: number, verdict: Verdict, why: string): Reply => ({
  status,
  headers: json,
  body: JSON.stringify({ error: `HTTP ${status}` }),
  verdict,
  why,
  signature: null,
});

/** The body's JSON; undefined when it is none. Bytes that are not UTF-8 are no JSON. */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

const documentedType = /^application\/json\s*;\s*charset="?utf-8"?$/i;
const isDocumentedType = (request: ReceivedRequest): boolean =>
  documentedType.test(valuesOf(request, 'content-type')[0]?.toString('latin1') ?? '');
