import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactCentre } from '../../../src/sandbox/cms/server.ts';
import { ask, dayOf, noonAt, path, secretKey, send, startAtNoon, type Wrong } from './signer.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures', name), 'utf8'));

let centre: ContactCentre;
let time: { at: number };
beforeEach(async () => {
  ({ centre, time } = await startAtNoon());
});
afterEach(() => centre.close());

const idsOf = (answer: { json: { missedCalls: Record<string, unknown>[] } | undefined }) =>
  answer.json?.missedCalls.map((row) => row.callId);

describe('the stand-in contact centre', () => {
  it('answers the documented request with the documented rows', async () => {
    const answer = await ask(centre, fixture('query-missed-calls.request.json'));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(answer.json).toEqual(fixture('query-missed-calls.response.json'));
  });

  it('has both ends of the window in it', async () => {
    const sample = fixture('query-missed-calls.request.json');
    const later = await ask(centre, { ...sample, beginTime: '2022-11-17 00:13:44' });
    const sooner = await ask(centre, { ...sample, endTime: '2022-11-17 23:44:12' });
    expect(idsOf(later)).toEqual(['1668048253-16797218']);
    expect(idsOf(sooner)).toEqual(['1668050023-1859']);
  });

  it('pages through everything once, newest first, with the same total', async () => {
    time.at = Date.parse('2026-11-21T01:00:00Z');
    const pages = [];
    for (const offset of [0, 5000, 10_000])
      pages.push(await ask(centre, dayOf(162, '2026-11-20', offset), { at: time.at }));
    expect(pages.map((page) => page.json?.total)).toEqual([12_000, 12_000, 12_000]);
    expect(pages.map((page) => page.json?.missedCalls.length)).toEqual([5000, 5000, 2000]);
    const rows = pages.flatMap((page) => page.json?.missedCalls ?? []);
    expect(new Set(rows.map((row) => row.callId)).size).toBe(12_000);
    const waits = rows.map((row) => String(row.waitBegin));
    expect(waits).toEqual(waits.toSorted().reverse());
  });

  it('answers a page behind the end with no rows and the total', async () => {
    centre.calls.burst({ vdn: 7, count: 3 });
    const answer = await ask(centre, { vdn: 7, offset: 5, limit: 5 });
    expect(answer.json).toMatchObject({ returnCode: '0', total: 3, missedCalls: [] });
  });

  it('leaves absent codes out of its rows', async () => {
    centre.calls.ring({ vdn: 7, callerNo: '', mediaType: null });
    const answer = await ask(centre, { vdn: 7, offset: 0, limit: 5 });
    expect(Object.keys(answer.json?.missedCalls[0] ?? {})).toEqual([
      'callId',
      'callerNo',
      'calleeNo',
      'waitBegin',
      'callEnd',
    ]);
  });

  it('answers in its own zone while bounds stay UTC', async () => {
    const shanghai = (await startAtNoon({ timeZone: 'Asia/Shanghai' })).centre;
    try {
      const answer = await ask(shanghai, fixture('query-missed-calls.request.json'));
      expect(answer.json?.missedCalls.map((row) => row.waitBegin)).toEqual([
        '2022-11-18 07:44:13',
        '2022-11-17 08:13:43',
      ]);
    } finally {
      await shanghai.close();
    }
  });

  it('tells its own time in the Date header', async () => {
    expect((await ask(centre, { vdn: 7, offset: 0, limit: 1 })).headers.date).toBe(
      new Date(noonAt).toUTCString(),
    );
  });

  it.each<[string, Wrong, string]>([
    ['an empty line for an empty query', { lineForEmptyQuery: true }, 'empty-line-for-empty-query'],
    ['base64', { text: 'base64' }, 'base64-signature'],
    ['raw bytes as the second key', { key: 'bytes' }, 'raw-bytes-as-second-key'],
  ])('answers 401 to %s, and keeps the reason for the developer alone', async (_, wrong, mistake) => {
    const answer = await ask(centre, { vdn: 7, offset: 0, limit: 1 }, { wrong });
    expect(answer.status).toBe(401);
    expect(answer.text).toBe('{"error":"HTTP 401"}');
    expect(centre.requests).toMatchObject([
      { verdict: 'bad-signature', status: 401, signature: { mistakes: [mistake] } },
    ]);
  });

  it('answers 401 to a timestamp that is more than a quarter of an hour off, with its Date', async () => {
    const answer = await ask(centre, { vdn: 7, offset: 0, limit: 1 }, { at: noonAt - 901_000 });
    expect(answer.status).toBe(401);
    expect(answer.headers.date).toBe(new Date(noonAt).toUTCString());
  });

  it('refuses a query in the contact centre’s own way: HTTP 200 and a returnCode', async () => {
    const answer = await ask(centre, { vdn: 0, offset: 0, limit: 1 });
    expect(answer.status).toBe(200);
    expect(answer.json?.returnCode).not.toBe('0');
    expect(answer.json?.returnDesc).toMatch(/vdn/);
    expect(centre.requests).toMatchObject([{ verdict: 'bad-query', body: { vdn: 0 } }]);
  });

  it('answers 400 to what is no JSON, 415 to another type, 413 to a flood', async () => {
    expect((await ask(centre, '{"vdn":')).status).toBe(400);
    const plain = { 'Content-Type': 'text/plain' };
    expect((await ask(centre, { vdn: 7, offset: 0, limit: 1 }, { headers: plain })).status).toBe(415);
    expect((await ask(centre, ' '.repeat(1_000_001))).status).toBe(413);
  });

  it('answers POST at the documented path, and nothing else', async () => {
    const get = await ask(centre, '', { method: 'GET' });
    expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
    expect((await ask(centre, '{}', { path: '/rest/cmsapp/v1/callin/other' })).status).toBe(404);
    expect((await ask(centre, '{}', { path: `${path}/` })).status).toBe(404);
  });

  it('keeps the last 200 requests, with the signature’s parts and never the secret', async () => {
    for (let count = 0; count < 201; count += 1) await ask(centre, { vdn: 7, offset: count, limit: 1 });
    expect(centre.requests).toHaveLength(200);
    expect(centre.requests[0]?.body).toEqual({ vdn: 7, offset: 1, limit: 1 });
    const signature = centre.requests[0]?.signature;
    expect(signature?.got).toBe(signature?.expected);
    expect(signature?.prefix).toMatch(/^auth-v2\/AKTEST0001\/2026-11-20T12:00:00Z\/host$/);
    expect(signature?.canonicalRequest?.split('\n').slice(0, 3)).toEqual(['POST', path, 'host']);
    expect(JSON.stringify(centre.requests)).not.toContain(secretKey);
  });

  it('counts a query string among what is signed', async () => {
    const answer = await ask(centre, { vdn: 7, offset: 0, limit: 1 }, { path: `${path}?a=1` });
    expect(answer.status).toBe(401);
    expect(centre.requests.at(-1)?.signature?.canonicalRequest?.split('\n')[2]).toBe('a=1');
  });

  it('refuses to start in a zone that does not exist, or on a port that is taken', async () => {
    await expect(startAtNoon({ timeZone: 'Mars/Olympus' })).rejects.toThrow(RangeError);
    const { startContactCentre } = await import('../../../src/sandbox/cms/server.ts');
    const options = { port: centre.port, clock: { now: () => noonAt }, accessKey: 'a', secretKey: 'b' };
    await expect(startContactCentre(options)).rejects.toThrow(/EADDRINUSE/);
  });

  it('closes at once, also with an answer in hand', async () => {
    centre.faults.add({ kind: 'slow', ms: 600_000 });
    const asked = ask(centre, { vdn: 7, offset: 0, limit: 1 }).catch((error: Error) => error);
    await expect.poll(() => centre.requests.length).toBe(1);
    await centre.close();
    expect(await asked).toBeInstanceOf(Error);
    await expect(send(centre.port, path, 'POST', '', {})).rejects.toThrow();
  });
});
