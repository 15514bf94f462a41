import { type Signable, type SigningKeys, sign } from './signature.ts';

/**
 * Gives a request its right to be answered. auth-v2 is the one that exists; a signing proxy or a bearer token would be
 * others. Asked anew for every try, since a signature ages.
 */
export interface Authorizer {
  /** Headers to add. `at`: the contact centre's time as far as it is known (epoch ms). */
  authorize(request: Signable, at: number, signal?: AbortSignal): Promise<Record<string, string>>;
}

/** Throws TypeError, naming the setting, where a key cannot be used. */
export function authV2({ accessKey, secretKey }: SigningKeys): Authorizer {
  if (!HEADER_SAFE.test(accessKey)) {
    throw new TypeError('CMS_ACCESS_KEY must be printable ASCII without spaces or slashes.');
  }
  if (secretKey === '') throw new TypeError('CMS_SECRET_KEY must not be empty.');
  return {
    async authorize(request, at) {
      return { authorization: sign({ ...request, accessKey, secretKey, at }).authorization };
    },
  };
}

/** The key stands in a header, between slashes. */
const HEADER_SAFE = /^[\x21-\x2e\x30-\x7e]+$/;
