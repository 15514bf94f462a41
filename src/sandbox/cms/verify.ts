import { timingSafeEqual } from 'node:crypto';
import { canonicalRequestOf, documentedStyle, type ReceivedRequest, valuesOf } from './canonical.ts';
import { expectedSignature, type Mistake, mistakeInWords, recogniseMistakes } from './mistakes.ts';

/** What a signature is checked against. */
export interface VerifyOptions {
  accessKey: string;
  secretKey: string;
  /** The server's own time, epoch milliseconds. */
  now: number;
  /** How far the signature's time may be from it, either way. */
  toleranceMs: number;
}

/** Why a request was let in or not, with what a developer needs to find the reason. Never the secret. */
export interface SignatureReport {
  accepted: boolean;
  /** One sentence. */
  why: string;
  /** Known mistakes that lead to exactly the signature that came; empty when none does. */
  mistakes: Mistake[];
  /** The parts of the header, as far as it could be read. */
  accessKey: string | null;
  timestamp: string | null;
  signedHeaders: string[];
  prefix: string | null;
  /** What the server made of the request, and what it should have been signed with; null when it did not come that far. */
  canonicalRequest: string | null;
  expected: string | null;
  got: string | null;
}

const header =
  /^(?<prefix>auth-v2\/(?<accessKey>[^/]+)\/(?<timestamp>[^/]+)\/(?<signedHeaders>[^/]+))\/(?<got>.+)$/;
const timestampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const base64Form = /^[A-Za-z0-9+/]{43}=$/;

/** Checks an auth-v2 signature; pure. */
export const verifySignature = (request: ReceivedRequest, options: VerifyOptions): SignatureReport => {
  const nothing: SignatureReport = {
    accepted: false,
    why: '',
    mistakes: [],
    accessKey: null,
    timestamp: null,
    signedHeaders: [],
    prefix: null,
    canonicalRequest: null,
    expected: null,
    got: null,
  };
  const sent = valuesOf(request, 'authorization');
  if (sent.length === 0) return { ...nothing, why: 'there is no Authorization header' };
  if (sent.length > 1) return { ...nothing, why: 'there is more than one Authorization header' };
  const { prefix, accessKey, timestamp, signedHeaders, got } =
    header.exec(sent[0]?.toString('utf8') ?? '')?.groups ?? {};
  if (!prefix || !accessKey || !timestamp || !signedHeaders || !got)
    return {
      ...nothing,
      why: 'the Authorization header is not auth-v2/{accessKey}/{timestamp}/{signedHeaders}/{signature}',
    };

  const names = signedHeaders.split(';');
  const read = { ...nothing, prefix, accessKey, timestamp, signedHeaders: names, got };
  const unreadable = problemOfHeaders(request, names);
  if (unreadable !== null) return { ...read, why: unreadable };

  const signed = { secretKey: options.secretKey, prefix, signedHeaders: names };
  const explained = {
    ...read,
    canonicalRequest: canonicalRequestOf(request, names, documentedStyle),
    expected: expectedSignature(request, signed),
  };
  if (accessKey !== options.accessKey) return { ...explained, why: 'the access key is not known' };
  const untimely = problemOfTime(timestamp, options);
  if (untimely !== null) return { ...explained, why: untimely };
  if (sameText(explained.expected, got))
    return { ...explained, accepted: true, why: 'the signature is right' };
  const mistakes = recogniseMistakes(request, signed, got);
  return { ...explained, mistakes, why: wrongSignature(got, mistakes) };
};

const problemOfHeaders = (request: ReceivedRequest, names: readonly string[]): string | null => {
  if (names.some((name) => name !== name.toLowerCase())) return 'signedHeaders are not all lower-case';
  if (names.some((name, place) => place > 0 && name <= (names[place - 1] ?? '')))
    return 'signedHeaders are not sorted, or name one twice';
  if (!names.includes('host')) return 'signedHeaders do not include host';
  for (const name of names) {
    const count = valuesOf(request, name).length;
    if (count === 0) return `the signed header ${name} was not sent`;
    if (count > 1) return `the signed header ${name} was sent more than once`;
  }
  return null;
};

const problemOfTime = (timestamp: string, { now, toleranceMs }: VerifyOptions): string | null => {
  const at = timestampForm.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  // Date.parse takes 30 February for 1 March; the server takes it for a mistake.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(timestamp.slice(0, -1)))
    return "the timestamp is not a time of the form yyyy-MM-dd'T'HH:mm:ss'Z'";
  const offMs = at - now;
  if (Math.abs(offMs) <= toleranceMs) return null;
  return `the timestamp is ${Math.round(Math.abs(offMs) / 1000)} s ${offMs < 0 ? 'behind' : 'ahead of'} this server's clock`;
};

const sameText = (expected: string, got: string): boolean => {
  const one = Buffer.from(expected, 'utf8');
  const other = Buffer.from(got, 'utf8');
  return one.length === other.length && timingSafeEqual(one, other);
};

const wrongSignature = (got: string, mistakes: readonly Mistake[]): string => {
  if (mistakes.length > 0)
    return `the signature is wrong: ${mistakes.map((one) => mistakeInWords[one]).join('; ')}`;
  if (base64Form.test(got)) return 'the signature is wrong, and looks like base64: it must be lower-case hex';
  return 'the signature is wrong: another secret key, or a header or the body is not what was signed';
};
