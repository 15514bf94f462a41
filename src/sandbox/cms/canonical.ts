/**
 * auth-v2's canonical form, written from the vendor's description and on purpose not shared with the desk's signer: one
 * mistake must not be made twice.
 */

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** The request target: path and, after `?`, the query, as sent. */
  target: string;
  /** Every header line in order, names as sent, values as the bytes that were sent. */
  headers: readonly ReceivedHeader[];
  body: Buffer;
}

export interface ReceivedHeader {
  name: string;
  value: Buffer;
}

export type Normalize = (bytes: Buffer) => string;

/** How to write a canonical request; the known wrong ways are told from the right one by these. */
export interface CanonicalStyle {
  normalize: Normalize;
  /** Whether a request without query parameters gets an empty line for them. Documented: no. */
  lineForEmptyQuery: boolean;
  /** Whether the port is left out of the host. Documented: no. */
  hostWithoutPort: boolean;
}

const unreserved = /[A-Za-z0-9\-._~]/;
const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const tableFor = (kept: RegExp): string[] =>
  Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    return kept.test(character) ? character : percent(byte);
  });
const normalizeWith =
  (table: readonly string[]): Normalize =>
  (bytes) => {
    let text = '';
    for (const byte of bytes) text += table[byte];
    return text;
  };

/** The documented one: letters, digits and `-._~` stay, every other byte becomes `%XX`. */
export const normalizeStrictly: Normalize = normalizeWith(tableFor(unreserved));
/** What JavaScript's encodeURIComponent makes of the same bytes: `!'()*` stay too. */
export const normalizeLikeJavaScript: Normalize = normalizeWith(tableFor(/[A-Za-z0-9\-._~!'()*]/));

export const documentedStyle: CanonicalStyle = {
  normalize: normalizeStrictly,
  lineForEmptyQuery: false,
  hostWithoutPort: false,
};

/** Path and query of a request target. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
};

/** The values of a header, by its lower-case name. */
export const valuesOf = (request: ReceivedRequest, name: string): Buffer[] =>
  request.headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);

/** The canonical request; `signedHeaders` must all be among the request's headers. */
export const canonicalRequestOf = (
  request: ReceivedRequest,
  signedHeaders: readonly string[],
  { normalize, lineForEmptyQuery, hostWithoutPort }: CanonicalStyle,
): string => {
  const { path, query } = splitTarget(request.target);
  const text = (value: string) => normalize(Buffer.from(value, 'utf8'));
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `${text(name)}=${text(value)}`);
  const headers = signedHeaders.map((name) => {
    const value = valuesOf(request, name)[0] ?? Buffer.alloc(0);
    return `${text(name)}:${name === 'host' && hostWithoutPort ? text(withoutPort(value)) : normalize(value)}`;
  });
  return [
    request.method.toUpperCase(),
    path,
    ...(parameters.length > 0 || lineForEmptyQuery ? [parameters.sort().join('&')] : []),
    signedHeaders.join(';'),
    headers.sort().join('\n'),
    normalize(request.body),
  ].join('\n');
};

const withoutPort = (host: Buffer) => host.toString('latin1').replace(/:\d+$/, '');
