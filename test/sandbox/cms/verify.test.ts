import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '../../../src/sandbox/cms/canonical.ts';
import { verifySignature } from '../../../src/sandbox/cms/verify.ts';
import { accessKey, authorization, noonAt, path, secretKey, type ToSign, type Wrong } from './signer.ts';

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
  canonicalRequest: string;
  authorization: string;
}
const vectors: Vector[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/auth-v2.json'), 'utf8'),
);

const options = { accessKey, secretKey, now: noonAt, toleranceMs: 15 * 60_000 };
const host = 'cms.example.com:28443';
// The punctuation tells encodeURIComponent from the documented normal form.
const body = '{"vdn":159,"note":"(it\'s) *new*!"}';

const received = (
  headers: Record<string, string>,
  more: { method?: string; target?: string; body?: string } = {},
): ReceivedRequest => ({
  method: more.method ?? 'POST',
  target: more.target ?? path,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value: Buffer.from(value, 'utf8') })),
  body: Buffer.from(more.body ?? body, 'utf8'),
});
const verify = (header: string, headers: Record<string, string> = { Host: host }, sentBody = body) =>
  verifySignature(received({ ...headers, Authorization: header }, { body: sentBody }), options);
const signed = (more: Partial<ToSign> = {}) => authorization({ at: noonAt, host, body, ...more });

describe('the check of signatures', () => {
  it.each(vectors)('accepts the vendor’s vector: $name', (vector) => {
    const query = new URLSearchParams(vector.query).toString();
    const report = verifySignature(
      received(
        { ...vector.signedHeaders, authorization: vector.authorization },
        { method: vector.method, target: query ? `${vector.path}?${query}` : vector.path, body: vector.body },
      ),
      { ...options, ...vector, now: vector.epochSeconds * 1000 },
    );
    expect(report).toMatchObject({ accepted: true, canonicalRequest: vector.canonicalRequest });
  });

  it.each(vectors)('refuses it with another secret, another body or another host: $name', (vector) => {
    const now = vector.epochSeconds * 1000;
    const query = new URLSearchParams(vector.query).toString();
    const more = { method: vector.method, target: query ? `${vector.path}?${query}` : vector.path };
    const headers = { ...vector.signedHeaders, authorization: vector.authorization };
    const sent = received(headers, { ...more, body: vector.body });
    const keys = { ...options, ...vector, now };
    const moved = sent.headers.map((one) =>
      one.name.toLowerCase() === 'host' ? { ...one, value: Buffer.from('other.example.com') } : one,
    );
    expect(verifySignature(sent, { ...keys, secretKey: 'other' }).accepted).toBe(false);
    expect(verifySignature({ ...sent, body: Buffer.from(`${vector.body} `) }, keys).accepted).toBe(false);
    expect(verifySignature({ ...sent, headers: moved }, keys).accepted).toBe(false);
  });

  it('accepts what the tests sign on their own', () => {
    expect(verify(signed())).toMatchObject({ accepted: true, mistakes: [] });
  });

  it.each<[string, Wrong, string[], RegExp]>([
    [
      'an empty line for an empty query',
      { lineForEmptyQuery: true },
      ['empty-line-for-empty-query'],
      /empty line/,
    ],
    ['a base64 signature', { text: 'base64' }, ['base64-signature'], /base64/],
    ['a base64 signing key', { key: 'base64' }, ['base64-signing-key'], /base64/],
    ['raw bytes as the second key', { key: 'bytes' }, ['raw-bytes-as-second-key'], /raw bytes/],
    ['encodeURIComponent alone', { plainPunctuation: true }, ['encodeURIComponent'], /percent-encoded/],
    ['a host without its port', { hostWithoutPort: true }, ['host-without-port'], /port/],
    ['upper-case hex', { text: 'upper' }, ['upper-case-hex'], /lower-case/],
    [
      'several of them',
      { lineForEmptyQuery: true, key: 'bytes', text: 'base64' },
      ['empty-line-for-empty-query', 'raw-bytes-as-second-key', 'base64-signature'],
      /;/,
    ],
  ])('refuses %s, and says so', (_, wrong, mistakes, why) => {
    const report = verify(signed({ wrong }));
    expect(report).toMatchObject({ accepted: false, mistakes });
    expect(report.why).toMatch(why);
  });

  it('says that a signature looks like base64 even when it cannot be explained', () => {
    const report = verify(signed({ secretKey: 'other', wrong: { text: 'base64' } }));
    expect(report).toMatchObject({ accepted: false, mistakes: [] });
    expect(report.why).toMatch(/looks like base64/);
  });

  it('checks the body as it was received, not as it could be parsed', () => {
    expect(verify(signed(), { Host: host }, body.replace(',', ', ')).accepted).toBe(false);
  });

  it.each([
    ['no header at all', () => ({ Host: host })],
    ['another scheme', () => ({ Host: host, Authorization: 'Bearer abc' })],
    ['a part that is missing', () => ({ Host: host, Authorization: signed().replace('/host/', '/') })],
    ['another version', () => ({ Host: host, Authorization: signed().replace('auth-v2', 'auth-v1') })],
    ['no host among the signed', () => ({ Host: host, Authorization: signed().replace('/host/', '/date/') })],
    ['upper-case names', () => ({ Host: host, Authorization: signed().replace('/host/', '/Host/') })],
    [
      'names out of order',
      () => ({ Host: host, Date: 'x', Authorization: signed().replace('/host/', '/host;date/') }),
    ],
    ['a name twice', () => ({ Host: host, Authorization: signed().replace('/host/', '/host;host/') })],
    [
      'a signed header that was not sent',
      () => ({ Host: host, Authorization: signed().replace('/host/', '/content-type;host/') }),
    ],
    ['an unknown access key', () => ({ Host: host, Authorization: signed({ accessKey: 'OTHER' }) })],
    [
      'milliseconds in the timestamp',
      () => ({ Host: host, Authorization: signed().replace('00Z/', '00.000Z/') }),
    ],
    [
      'a day that does not exist',
      () => ({ Host: host, Authorization: signed().replace('2026-11-20', '2026-11-31') }),
    ],
  ])('refuses %s, with its reason', (_, headers) => {
    const report = verifySignature(received(headers()), options);
    expect(report.accepted).toBe(false);
    expect(report.why).not.toMatch(/^the signature is wrong|right/);
  });

  it('refuses a signed header that came twice', () => {
    const request = received({ Host: host, Authorization: signed() });
    const twice = { ...request, headers: [...request.headers, { name: 'HOST', value: Buffer.from(host) }] };
    expect(verifySignature(twice, options)).toMatchObject({ accepted: false });
  });

  it('takes timestamps within the tolerance, its ends included, and says how far others are off', () => {
    const at = (offMs: number) => verify(signed({ at: noonAt + offMs }));
    expect(at(-900_000).accepted).toBe(true);
    expect(at(900_000).accepted).toBe(true);
    expect(at(-901_000)).toMatchObject({ accepted: false, why: expect.stringContaining('901 s behind') });
    expect(at(901_000)).toMatchObject({ accepted: false, why: expect.stringContaining('901 s ahead') });
  });

  it('never shows the secret or the signing key', () => {
    const reports = [verify(signed()), verify(signed({ wrong: { key: 'bytes' } }))];
    expect(JSON.stringify(reports)).not.toContain(secretKey);
    expect(Object.keys(reports[0] ?? {})).not.toContain('signingKey');
  });
});
