import { answerText, failure } from './answer.ts';
import type { CallsOnRecord } from './calls-on-record.ts';
import { type ReceivedRequest, valuesOf } from './canonical.ts';
import type { FaultOfKind } from './faults.ts';
import { readQuery } from './query.ts';
import type { Verdict } from './requests-on-record.ts';
import { type SignatureReport, verifySignature } from './verify.ts';

/** The one documented address that the stand-in answers at. */
export const queryMissedCallsPath = '/rest/cmsapp/v1/callin/queryMissedCalls';

/** What the endpoint works with. */
export interface Endpoint {
  accessKey: string;
  secretKey: string;
  toleranceMs: number;
  /** IANA zone of the answers' times. */
  timeZone: string;
  calls: CallsOnRecord;
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

/** Answers one POST to queryMissedCalls: the signature, then the content type, then JSON, then the fields. `now` is the stand-in's own time. */
export const queryMissedCalls = (
  endpoint: Endpoint,
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
  const { calls, timeZone, ...keys } = endpoint;
  const signature = verifySignature(request, { ...keys, now });
  // Like the real one, it does not tell the client what is wrong; its record of requests does.
  if (!signature.accepted) return { ...refusal(401, 'bad-signature', signature.why), signature };
  if (!isDocumentedType(request))
    return {
      ...refusal(415, 'bad-request', 'Content-Type must be application/json; charset=UTF-8'),
      signature,
    };
  const body = parseJson(request.body);
  if (body === undefined) return { ...refusal(400, 'bad-request', 'the body is not JSON'), signature };

  const read = readQuery(body);
  const answered = { status: 200, headers: json, signature };
  if ('problem' in read)
    return { ...answered, body: failure('1', read.problem), verdict: 'bad-query', why: read.problem };
  const matching = calls.matching(read.query, met('late-rows')?.ms);
  const text = answerText({ query: read.query, calls: matching, now, timeZone, met });
  const replaced = [met('return-code'), met('wrong-shape'), met('bad-json'), met('endless-pages')].find(
    Boolean,
  );
  return replaced
    ? { ...answered, body: text, verdict: 'fault', why: 'asked for' }
    : { ...answered, body: text, verdict: 'answered', why: `${matching.length} calls match` };
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
