import { SourceError, type SourceErrorCode } from '../calls/source.ts';

interface Explanation {
  code: SourceErrorCode;
  /** Completes "The contact centre at host:port …". */
  says: string;
}

const unreachable = (says: string): Explanation => ({ code: 'unreachable', says });
const notUnderstood = (says: string): Explanation => ({ code: 'not-understood', says });

const NO_NAME = unreachable(
  'has a name that DNS does not resolve: check the host in CMS_URL and the DNS here.',
);
const REFUSED = unreachable(
  'refuses the connection: check host and port in CMS_URL, and that it is running.',
);
const NO_ROUTE = unreachable(
  'cannot be reached by the network here: check CMS_URL, the routes and the firewall.',
);
const TOO_SLOW = unreachable('did not answer in time: check the network to it, or raise CMS_TIMEOUT_MS.');
const DROPPED = unreachable('dropped the connection.');
const UNKNOWN_CA = unreachable(
  'has a certificate from a CA that is not trusted here: put that CA (or a self-signed certificate itself) into a PEM file and name it in CMS_CA_FILE.',
);
const EXPIRED = unreachable(
  'has a certificate that is not valid today: have it renewed, or set the clock of this machine.',
);
const OTHER_NAME = unreachable(
  'has a certificate for another name: use the name from the certificate in CMS_URL.',
);
const PROXY = unreachable(
  'is behind a proxy that opens no way to it: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
);
const TLS = unreachable('fails the TLS handshake: check that CMS_URL has the right scheme and port.');
const NOT_HTTP = notUnderstood('does not speak HTTP as it should: check scheme, host and port in CMS_URL.');

/** By the code that Node, OpenSSL or undici gives; by the error's name where it has no code. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  EAI_FAIL: NO_NAME,
  EAI_NODATA: NO_NAME,
  EAI_NONAME: NO_NAME,
  ECONNREFUSED: REFUSED,
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  ETIMEDOUT: TOO_SLOW,
  UND_ERR_CONNECT_TIMEOUT: TOO_SLOW,
  UND_ERR_HEADERS_TIMEOUT: TOO_SLOW,
  UND_ERR_BODY_TIMEOUT: TOO_SLOW,
  TimeoutError: TOO_SLOW,
  ECONNRESET: DROPPED,
  EPIPE: DROPPED,
  UND_ERR_SOCKET: DROPPED,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: DROPPED,
  HPE_INVALID_EOF_STATE: DROPPED,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CA,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CA,
  CERT_SIGNATURE_FAILURE: UNKNOWN_CA,
  CERT_UNTRUSTED: UNKNOWN_CA,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: EXPIRED,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_NAME,
  EPROTO: TLS,
  // How undici reports a proxy that refuses to tunnel, that asks for a password, that hangs up, whose certificate is wrong.
  UND_ERR_ABORTED: PROXY,
  UND_ERR_INVALID_ARG: PROXY,
  UND_ERR_PRX_CONN: PROXY,
  UND_ERR_PRX_TLS: PROXY,
  UND_ERR_HEADERS_OVERFLOW: NOT_HTTP,
  HTTPParserError: NOT_HTTP,
};

/** Explained by what will not change by asking again. */
const LASTING: ReadonlySet<Explanation> = new Set([UNKNOWN_CA, EXPIRED, OTHER_NAME, TLS, NOT_HTTP]);

/** A failure to get any answer, as a sentence for the operator of the desk. */
export function networkError(error: unknown, url: URL): SourceError {
  const code = errorCode(error);
  const { code: sourceCode, says } = explain(code);
  return new SourceError(sourceCode, `The contact centre at ${url.host} ${says}${code ? ` (${code})` : ''}`, {
    // Not the error itself: a parser's carries what was received, callers' numbers included.
    cause: new NetworkFailure(code),
  });
}

/** Whether a failure to get any answer may have passed when asked again. */
export function networkMayRecover(error: SourceError): boolean {
  return error.cause instanceof NetworkFailure && !LASTING.has(explain(error.cause.code));
}

/** The cause of a SourceError that comes from the network, without anything that was sent or received. */
class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly code: string;

  constructor(code: string) {
    super(code || 'no code');
    this.code = code;
  }
}

function explain(code: string): Explanation {
  const known = EXPLANATIONS[code];
  if (known) return known;
  if (code.startsWith('HPE_')) return NOT_HTTP;
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return TLS;
  return unreachable('could not be asked.');
}

/** The code of an error, or of what caused it; "" where there is none. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name in EXPLANATIONS ? error.name : errorCode(error.cause);
}
