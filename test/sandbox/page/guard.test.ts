import { describe, expect, it } from 'vitest';
import { whyNotOurs } from '../../../src/sandbox/page/guard.ts';

const json = { 'content-type': 'application/json' };
const host = '127.0.0.1:4000';

describe('who may ask the page’s server', () => {
  it.each([
    ['GET', { host }],
    ['GET', { host: 'localhost:4000' }],
    ['GET', { host: '[::1]:4000' }],
    ['POST', { host, ...json, origin: `http://${host}` }],
    ['POST', { host, ...json }],
  ])('lets the page itself in: %s %j', (method, headers) => {
    expect(whyNotOurs({ method, headers })).toBeNull();
  });

  it.each([
    ['a name of its own that points here', 'GET', { host: 'desk.example.com:4000' }],
    ['a name that begins like ours', 'GET', { host: '127.0.0.1.example.com' }],
    ['no host at all', 'GET', {}],
    ['another site', 'POST', { host, ...json, origin: 'https://example.com' }],
    ['another port of this machine', 'GET', { host, origin: 'http://127.0.0.1:3000' }],
    ['a sandboxed frame', 'POST', { host, ...json, origin: 'null' }],
    ['a plain form', 'POST', { host, 'content-type': 'text/plain', origin: `http://${host}` }],
  ])('keeps out %s', (_, method, headers) => {
    expect(whyNotOurs({ method, headers })).toEqual(expect.any(String));
  });
});
