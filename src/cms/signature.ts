import { createHmac } from 'node:crypto';

/** What auth-v2 signs. Everything here must go on the wire byte for byte as it was signed. */
export interface Signable {
  method: string;
  /** As sent, without the query. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** Headers to sign; `host` is always one of them, with the port exactly as it is sent. */
  signedHeaders: Readonly<Record<string, string>>;
  /** The serialised body; "" when there is none. */
  body: string;
}

export interface SigningKeys {
  accessKey: string;
  secretKey: string;
}

export interface Signature {
  /** The value of the Authorization header. */
  authorization: string;
  /** Lower-case hex; its text, not its bytes, is the key of the second HMAC. */
  signingKey: string;
  canonicalRequest: string;
}

/** Signs one request in the C2 scheme, version auth-v2. `at`: epoch ms; the signature counts whole seconds. */
export function sign(request: Signable & SigningKeys & { at: number }): Signature {
  const headers = Object.entries(request.signedHeaders).map(([name, value]) => ({
    name: name.toLowerCase(),
    value,
  }));
  const headerNames = headers.map(({ name }) => name).toSorted();
  const signedHeaders = headerNames.join(';');
  const prefix = `auth-v2/${request.accessKey}/${timestamp(request.at)}/${signedHeaders}`;
  const signingKey = hmacHex(request.secretKey, prefix);

  const query = Object.entries(request.query)
    .map(([name, value]) => `${normalize(name)}=${normalize(value)}`)
    .toSorted();
  const canonicalRequest = [
    request.method.toUpperCase(),
    request.path,
    // No parameters: no line at all, not an empty one.
    ...(query.length > 0 ? [query.join('&')] : []),
    signedHeaders,
    ...headers.map(({ name, value }) => `${normalize(name)}:${normalize(value)}`).toSorted(),
    normalize(request.body),
  ].join('\n');

  return {
    authorization: `${prefix}/${hmacHex(signingKey, canonicalRequest)}`,
    signingKey,
    canonicalRequest,
  };
}

/** UTF-8 bytes as `%XX`, except A–Z a–z 0–9 `-` `.` `_` `~`. A lone surrogate counts as U+FFFD, which is also what is sent for it. */
export function normalize(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(LEFT_ALONE, (character) =>
    `%${character.charCodeAt(0).toString(16)}`.toUpperCase(),
  );
}

/** What encodeURIComponent leaves as it is, but auth-v2 does not. */
const LEFT_ALONE = /[!'()*]/g;

function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 'yyyy-MM-ddTHH:mm:ss'.length)}Z`;
}

function hmacHex(key: string, message: string): string {
  return createHmac('sha256', key).update(message, 'utf8').digest('hex');
}
