import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalize, sign } from '../../src/cms/signature.ts';
import { fixture } from './loopback.ts';

interface Vector {
  name: string;
  method: string;
  path: string;
  query: Record<string, string>;
  signedHeaders: Record<string, string>;
  body: string;
  accessKey: string;
  secretKey: string;
  epochSeconds: number;
  signingKey: string;
  canonicalRequest: string;
  authorization: string;
}

const vectors: Vector[] = JSON.parse(fixture('auth-v2.json'));

describe('an auth-v2 signature', () => {
  it.each(vectors)("is the vendor's: $name", ({ epochSeconds, ...vector }) => {
    expect(sign({ ...vector, at: epochSeconds * 1000 })).toEqual({
      authorization: vector.authorization,
      signingKey: vector.signingKey,
      canonicalRequest: vector.canonicalRequest,
    });
  });

  it('counts whole seconds, cut and not rounded', () => {
    const [{ epochSeconds, ...vector }] = vectors as [Vector];
    expect(sign({ ...vector, at: epochSeconds * 1000 + 999 }).authorization).toBe(vector.authorization);
  });
});

describe('normalize', () => {
  it('agrees with the rule applied byte by byte, for any text', () => {
    const byByte = (text: string): string =>
      [...Buffer.from(text, 'utf8')]
        .map((byte) => {
          const character = String.fromCharCode(byte);
          if (/[A-Za-z0-9._~-]/.test(character)) return character;
          return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
        })
        .join('');
    // 'binary' units are any UTF-16, lone surrogates included.
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ unit: 'binary' }), fc.string()), (text) => {
        expect(normalize(text)).toBe(byByte(text));
      }),
    );
  });

  it('can be undone by decoding, so that no two texts are signed alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeURIComponent(normalize(text))).toBe(text);
      }),
    );
  });
});
