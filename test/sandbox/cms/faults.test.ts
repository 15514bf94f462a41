import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/sandbox/cms/fault.ts';
import type { ContactCentre } from '../../../src/sandbox/cms/server.ts';
import { ask, noonAt, startAtNoon } from './signer.ts';

let centre: ContactCentre;
let time: { at: number };
beforeEach(async () => {
  ({ centre, time } = await startAtNoon({ seed: null }));
});
afterEach(() => centre.close());

const all = { vdn: 7, offset: 0, limit: 100 };
const query = (more: object = {}) => ask(centre, { ...all, ...more }, { at: time.at });
const idsOf = (answer: Awaited<ReturnType<typeof query>>) =>
  answer.json?.missedCalls.map((row) => row?.callId) ?? [];

describe('faults on demand', () => {
  it.each([401, 403, 418, 500, 503])('answer HTTP %i', async (status) => {
    centre.faults.add({ kind: 'status', status }, { next: 1 });
    expect((await query()).status).toBe(status);
    expect(centre.requests[0]).toMatchObject({ verdict: 'fault', faults: ['status'], status });
    expect((await query()).status).toBe(200);
  });

  it('answer HTTP 429 with Retry-After, in seconds or as a date', async () => {
    centre.faults.add({ kind: 'status', status: 429, retryAfter: 7 }, { next: 1 });
    centre.faults.add(
      { kind: 'status', status: 503, retryAfter: 'Fri, 20 Nov 2026 12:01:00 GMT' },
      { next: 1 },
    );
    expect((await query()).headers['retry-after']).toBe('7');
    expect((await query()).headers['retry-after']).toBe('Fri, 20 Nov 2026 12:01:00 GMT');
  });

  it('last for the next so many requests, or until they are cleared', async () => {
    centre.faults.add({ kind: 'status', status: 503 }, { next: 2 });
    expect([(await query()).status, (await query()).status, (await query()).status]).toEqual([503, 503, 200]);
    const id = centre.faults.add({ kind: 'status', status: 500 });
    for (let count = 0; count < 3; count += 1) expect((await query()).status).toBe(500);
    expect(centre.faults.clear(id)).toBe(1);
    expect((await query()).status).toBe(200);
  });

  it('come one after the other where they take the answer’s place, and together where they do not', async () => {
    centre.faults.add({ kind: 'status', status: 500 }, { next: 1 });
    centre.faults.add({ kind: 'return-code', returnCode: '9' }, { next: 1 });
    centre.faults.add({ kind: 'clock-off', seconds: 60 }, { next: 2 });
    const first = await query();
    const second = await query();
    const third = await query();
    expect([first.status, second.json?.returnCode, third.json?.returnCode]).toEqual([500, '9', '0']);
    expect([first, second, third].map((answer) => Date.parse(String(answer.headers.date)) - noonAt)).toEqual([
      60_000, 60_000, 0,
    ]);
  });

  it('concern one VDN alone when they name it', async () => {
    centre.faults.add({ kind: 'status', status: 503 }, { vdn: 8, next: 1 });
    expect((await query()).status).toBe(200);
    expect((await query({ vdn: 8 })).status).toBe(503);
    expect((await query({ vdn: 8 })).status).toBe(200);
  });

  it('answer slowly: all of it, or the body', async () => {
    for (const part of ['all', 'body'] as const) {
      centre.faults.add({ kind: 'slow', ms: 150, part }, { next: 1 });
      const begunAt = performance.now();
      expect((await query()).status).toBe(200);
      expect(performance.now() - begunAt).toBeGreaterThan(140);
    }
  });

  it.each(['before-reading', 'after-reading', 'within-the-answer'] as const)(
    'drop the connection %s',
    async (when) => {
      centre.calls.ring({ vdn: 7 });
      centre.faults.add({ kind: 'drop', when }, { next: 1 });
      await expect(query()).rejects.toThrow(/hang up|ECONNRESET|aborted/);
      expect(centre.requests[0]).toMatchObject({ verdict: 'fault', status: null, faults: ['drop'] });
      expect(centre.requests[0]?.body).toEqual(when === 'before-reading' ? null : all);
      expect((await query()).status).toBe(200);
    },
  );

  it('cannot drop before reading for one VDN', () => {
    expect(() => centre.faults.add({ kind: 'drop', when: 'before-reading' }, { vdn: 7 })).toThrow(/VDN/);
  });

  it('answer what is no JSON, or of another shape', async () => {
    centre.faults.add({ kind: 'bad-json' }, { next: 1 });
    centre.faults.add({ kind: 'bad-json', body: '<html></html>' }, { next: 1 });
    centre.faults.add({ kind: 'wrong-shape' }, { next: 1 });
    const [cut, html, shape] = [await query(), await query(), await query()];
    expect([cut.status, cut.json, html.status, html.text]).toEqual([200, undefined, 200, '<html></html>']);
    expect(cut.text).toMatch(/^\{"returnCode":"0"/);
    expect(shape.json?.missedCalls).not.toBeInstanceOf(Array);
  });

  it('answer a returnCode', async () => {
    centre.faults.add({ kind: 'return-code', returnCode: '100020', returnDesc: 'no license' }, { next: 1 });
    expect((await query()).json).toMatchObject({ returnCode: '100020', returnDesc: 'no license' });
  });

  it('put malformed rows among the good ones, pages and total included', async () => {
    const good = centre.calls.burst({ vdn: 7, count: 4 }).map((call) => call.callId);
    centre.faults.add({ kind: 'malformed-rows', rows: 9 });
    const pages = [
      await query({ limit: 5 }),
      await query({ limit: 5, offset: 5 }),
      await query({ limit: 5, offset: 10 }),
    ];
    expect(pages.map((page) => page.json?.total)).toEqual([13, 13, 13]);
    const rows = pages.flatMap((page) => page.json?.missedCalls ?? []);
    expect(rows).toHaveLength(13);
    expect(rows.map((row) => row?.callId).filter((id) => good.includes(String(id)))).toEqual(good.reverse());
    expect(rows.slice(0, 2).map((row) => row.waitBegin)).toEqual([
      expect.stringMatching(/^2026/),
      'half past nine',
    ]);
  });

  it('let rows appear late', async () => {
    centre.calls.ring({ vdn: 7 });
    centre.faults.add({ kind: 'late-rows', ms: 60_000 });
    expect((await query()).json?.total).toBe(0);
    time.at += 60_000;
    expect((await query()).json?.total).toBe(1);
  });

  it('move the total from page to page, the rows staying', async () => {
    centre.calls.burst({ vdn: 7, count: 6 });
    centre.faults.add({ kind: 'moving-total', by: 2 });
    const pages = [
      await query({ limit: 2 }),
      await query({ limit: 2, offset: 2 }),
      await query({ limit: 2, offset: 4 }),
    ];
    expect(pages.map((page) => page.json?.total)).toEqual([6, 8, 10]);
    expect(new Set(pages.flatMap(idsOf)).size).toBe(6);
  });

  it('shift the rows between pages: some come twice, or some are skipped', async () => {
    const ids = centre.calls
      .burst({ vdn: 7, count: 6 })
      .map((call) => call.callId)
      .reverse();
    centre.faults.add({ kind: 'shifting-rows', by: 1 }, { next: 2 });
    const twice = [await query({ limit: 3 }), await query({ limit: 3, offset: 3 })];
    expect(twice.map(idsOf)).toEqual([ids.slice(0, 3), ids.slice(2, 5)]);
    expect(twice.map((page) => page.json?.total)).toEqual([6, 7]);
    centre.faults.add({ kind: 'shifting-rows', by: -1 }, { next: 2 });
    const skipped = [await query({ limit: 3 }), await query({ limit: 3, offset: 3 })];
    expect(skipped.map(idsOf)).toEqual([ids.slice(0, 3), ids.slice(4)]);
  });

  it('answer in local time', async () => {
    centre.calls.ring({ vdn: 7, waitMs: 0 });
    centre.faults.add({ kind: 'local-time', timeZone: 'America/Sao_Paulo' });
    expect((await query()).json?.missedCalls[0]?.waitBegin).toBe('2026-11-20 09:00:00');
  });

  it('set the server’s clock off: its Date, and what it takes for a fresh signature', async () => {
    centre.faults.add({ kind: 'clock-off', seconds: 1200 });
    const answer = await query();
    expect([answer.status, answer.headers.date]).toEqual([401, new Date(noonAt + 1_200_000).toUTCString()]);
    expect((await ask(centre, all, { at: noonAt + 1_200_000 })).status).toBe(200);
  });

  it('never end', async () => {
    const window = { beginTime: '2026-11-20 11:00:00', endTime: '2026-11-20 12:00:00' };
    centre.faults.add({ kind: 'endless-pages' });
    const pages = [];
    for (const offset of [0, 100, 1_000_000]) pages.push(await query({ offset, ...window }));
    expect(pages.map((page) => page.json?.missedCalls.length)).toEqual([100, 100, 100]);
    expect(new Set(pages.flatMap(idsOf)).size).toBe(300);
    expect(pages[2]?.json?.missedCalls[0]?.waitBegin).toBe('2026-11-20 11:00:00');
  });

  it('answer with loose types', async () => {
    centre.calls.ring({ vdn: 7, mediaType: 53, subMediaType: 2 });
    centre.calls.ring({ vdn: 7, mediaType: null });
    centre.faults.add({ kind: 'loose-types' });
    const page = (await query()).json;
    expect(page?.total).toBe('2');
    expect(page?.missedCalls.map((row) => row.mediaType)).toEqual(expect.arrayContaining(['53', null]));
  });

  it('must be ones that there are', () => {
    const unknown = JSON.parse('{"kind":"flood"}') as Fault;
    expect(() => centre.faults.add(unknown)).toThrow();
    expect(() => centre.faults.add({ kind: 'status', status: 200 })).toThrow();
    expect(() => centre.faults.add({ kind: 'local-time', timeZone: 'Mars/Olympus' })).toThrow();
    expect(centre.faults.active()).toEqual([]);
  });
});
