import { createHash } from 'node:crypto';

/** A key that tokens are encrypted with in the database. */
export interface TokenKey {
  /** Names the key beside what it encrypted; says nothing of the key itself. */
  id: string;
  /** 32 bytes, for AES-256. */
  bytes: Buffer;
}

const KEY_BYTES = 32;

/**
 * Reads TOKEN_KEY: one or several keys in base64 with commas between. The first one encrypts, all of them decrypt. `problem`
 * is a sentence's end, and never quotes what was given.
 */
export function parseTokenKeys(text: string): { keys: TokenKey[]; problem?: string } {
  const keys: TokenKey[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    const bytes = Buffer.from(part, 'base64');
    if (bytes.length !== KEY_BYTES || bytes.toString('base64').replace(/=+$/, '') !== part.replace(/=+$/, ''))
      return fail('must be 32 random bytes in base64, as `openssl rand -base64 32` prints them');
    if (new Set(bytes).size < KEY_BYTES / 4)
      return fail('is no random key: make one with `openssl rand -base64 32`');
    const id = createHash('sha256')
      .update('missed-call-desk token key')
      .update(bytes)
      .digest('base64url')
      .slice(0, 8);
    if (keys.some((key) => key.id === id)) return fail('has the same key twice');
    keys.push({ id, bytes });
  }
  return { keys };
}

const fail = (problem: string) => ({ keys: [], problem });
