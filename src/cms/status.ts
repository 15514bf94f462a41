import { SourceError } from '../calls/source.ts';
import type { HttpAnswer } from './http.ts';
import { isSuccess } from './http.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Codes of statuses that say what is wrong. Any other 5xx is `unreachable`; any other status is `not-understood`. */
const ADDRESS_REFUSED: ReadonlySet<number> = new Set([403, 418]);
const OVERLOADED: ReadonlySet<number> = new Set([429, 503]);

/** What an answer's status means, if it is not success. `now`: epoch ms. */
export function statusError(answer: HttpAnswer, url: URL, now: number): SourceError | undefined {
  const { status } = answer;
  if (isSuccess(status)) return undefined;
  const where = `The contact centre at ${url.host}`;
  const facts = { status };

  if (status === 401) {
    return new SourceError(
      'credentials',
      `${where} rejects the signature (HTTP 401): check CMS_ACCESS_KEY and CMS_SECRET_KEY, and the clock of this machine.`,
      { facts },
    );
  }
  if (ADDRESS_REFUSED.has(status)) {
    return new SourceError(
      'address-not-allowed',
      `${where} does not let this address in (HTTP ${status}): have the address that this machine, or its proxy, calls from put on its allow-list.`,
      { facts },
    );
  }
  if (OVERLOADED.has(status)) {
    const retryAfterMs = parseRetryAfter(answer, now);
    return new SourceError(
      'overloaded',
      `${where} is overloaded (HTTP ${status}): ask less often, or later.`,
      {
        facts: retryAfterMs === undefined ? facts : { ...facts, retryAfterMs },
      },
    );
  }
  if (status === 407) {
    return new SourceError(
      'unreachable',
      `The proxy wants a name and password: set them in HTTPS_PROXY or HTTP_PROXY.`,
      {
        facts,
      },
    );
  }
  if (status === 408 || status >= 500) {
    return new SourceError(
      'unreachable',
      `${where}, or what stands before it, has failed (HTTP ${status}).`,
      { facts },
    );
  }
  return new SourceError(
    'not-understood',
    `${where} does not know the endpoint ${url.pathname} as it was asked (HTTP ${status}): check scheme, host, port and path in CMS_URL.`,
    { facts },
  );
}
