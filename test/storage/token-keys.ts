import { createHash } from 'node:crypto';

const keyOf = (name: string) => createHash('sha256').update(name).digest('base64');

/** Keys as TOKEN_KEY takes them; of no desk that runs anywhere. */
export const NEW_KEY = keyOf('the key of the tests');
export const OLD_KEY = keyOf('the key of the tests before it');
