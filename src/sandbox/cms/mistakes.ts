import { createHmac } from 'node:crypto';
import {
  type CanonicalStyle,
  canonicalRequestOf,
  documentedStyle,
  normalizeLikeJavaScript,
  normalizeStrictly,
  type ReceivedRequest,
} from './canonical.ts';

/** Ways to get auth-v2 wrong that have been seen in public ports, and in the making of this one. */
export type Mistake =
  | 'empty-line-for-empty-query'
  | 'base64-signature'
  | 'base64-signing-key'
  | 'raw-bytes-as-second-key'
  | 'encodeURIComponent'
  | 'host-without-port'
  | 'upper-case-hex';

export const mistakeInWords: Record<Mistake, string> = {
  'empty-line-for-empty-query': 'an empty line stands for the empty query; there must be none',
  'base64-signature': 'the signature is base64; it must be lower-case hex',
  'base64-signing-key': 'the second key is base64 text; it must be lower-case hex text',
  'raw-bytes-as-second-key': 'the second key is the raw bytes; it must be their lower-case hex text',
  encodeURIComponent: "the values keep ! ' ( ) *; these must be percent-encoded too",
  'host-without-port': 'the host is signed without the port that was sent',
  'upper-case-hex': 'the signature is upper-case hex; it must be lower-case',
};

/** What both sides know of the signature in question. */
export interface SignedWith {
  secretKey: string;
  prefix: string;
  signedHeaders: readonly string[];
}

type KeyForm = 'hex' | 'base64' | 'bytes';
type TextForm = 'hex' | 'base64' | 'HEX';

interface Recipe {
  style: CanonicalStyle;
  key: KeyForm;
  text: TextForm;
}

const sha256 = (key: string | Buffer, message: string) =>
  createHmac('sha256', key).update(message, 'utf8').digest();

const signatureBy = (
  request: ReceivedRequest,
  { secretKey, prefix, signedHeaders }: SignedWith,
  { style, key, text }: Recipe,
): string => {
  const first = sha256(Buffer.from(secretKey, 'utf8'), prefix);
  const second = sha256(
    key === 'bytes' ? first : first.toString(key),
    canonicalRequestOf(request, signedHeaders, style),
  );
  return text === 'HEX' ? second.toString('hex').toUpperCase() : second.toString(text);
};

/** The signature that the documentation asks for. */
export const expectedSignature = (request: ReceivedRequest, signed: SignedWith): string =>
  signatureBy(request, signed, { style: documentedStyle, key: 'hex', text: 'hex' });

/**
 * Which mistakes lead to the signature that was sent: the fewest that do, or none when it cannot be explained by them
 * (another secret, or a body or header that changed on the way).
 */
export const recogniseMistakes = (request: ReceivedRequest, signed: SignedWith, got: string): Mistake[] =>
  recipes.find(({ recipe }) => signatureBy(request, signed, recipe) === got)?.mistakes ?? [];

const recipes: { recipe: Recipe; mistakes: Mistake[] }[] = [];
for (const lineForEmptyQuery of [false, true])
  for (const hostWithoutPort of [false, true])
    for (const normalize of [normalizeStrictly, normalizeLikeJavaScript])
      for (const key of ['hex', 'base64', 'bytes'] as const)
        for (const text of ['hex', 'base64', 'HEX'] as const)
          recipes.push({
            recipe: { style: { normalize, lineForEmptyQuery, hostWithoutPort }, key, text },
            mistakes: [
              ...(lineForEmptyQuery ? (['empty-line-for-empty-query'] as const) : []),
              ...(hostWithoutPort ? (['host-without-port'] as const) : []),
              ...(normalize === normalizeLikeJavaScript ? (['encodeURIComponent'] as const) : []),
              ...(key === 'base64' ? (['base64-signing-key'] as const) : []),
              ...(key === 'bytes' ? (['raw-bytes-as-second-key'] as const) : []),
              ...(text === 'base64' ? (['base64-signature'] as const) : []),
              ...(text === 'HEX' ? (['upper-case-hex'] as const) : []),
            ],
          });
recipes.sort((a, b) => a.mistakes.length - b.mistakes.length);
