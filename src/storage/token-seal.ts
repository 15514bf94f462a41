import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key of AES-256; `id` stands beside what it has encrypted. */
export interface SealKey {
  id: string;
  bytes: Buffer;
}

/** `unknown-key`: it was encrypted with one that is not given. `broken`: not by a desk, or it belongs elsewhere. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: 'unknown-key' | 'broken';

  constructor(code: SealError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Encrypts secrets for the database. */
export interface Seal {
  /** `place`: what it belongs to; moved anywhere else, it cannot be opened. */
  close(secret: string, place: string): string;
  /** Throws SealError. */
  open(sealed: string, place: string): string;
  /** Whether it is encrypted with the first key. */
  isCurrent(sealed: string): boolean;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: 96 bits, here random. A key encrypts a token per installation, far from the 2^32 that are allowed. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** `v1.KEY-ID.IV.TEXT-AND-TAG`, the last two in base64url. The first key encrypts, all of them decrypt. */
export function createSeal(keys: readonly SealKey[]): Seal {
  const [first] = keys;
  if (!first) throw new Error('A seal needs a key');

  return {
    close(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, first.bytes, iv, { authTagLength: TAG_BYTES }).setAAD(aad(place));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, first.id, iv.toString('base64url'), text.toString('base64url')].join('.');
    },

    open(sealed, place) {
      const [version, id, iv, text, ...more] = sealed.split('.');
      if (version !== VERSION || iv === undefined || text === undefined || more.length > 0) throw broken();
      const key = keys.find((one) => one.id === id);
      if (!key) {
        throw new SealError(
          'unknown-key',
          'A token is encrypted with a key that TOKEN_KEY does not have. Put the former key behind the new one, with a comma between.',
        );
      }
      const bytes = Buffer.from(text, 'base64url');
      try {
        const decipher = createDecipheriv(CIPHER, key.bytes, Buffer.from(iv, 'base64url'), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(aad(place))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        // What the library says of it adds nothing.
        throw broken();
      }
    },

    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${first.id}.`),
  };
}

const aad = (place: string) => Buffer.from(`missed-call-desk ${place}`, 'utf8');
const broken = () =>
  new SealError(
    'broken',
    'A token in the database is not what a desk has written there. Install the app in that workspace again.',
  );
