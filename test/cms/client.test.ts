import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceError, type SourceErrorCode } from '../../src/calls/source.ts';
import { sign } from '../../src/cms/signature.ts';
import { DAY, KEYS, NOW, readAll, recordingLog, SAMPLE_RESPONSE, testSource } from './loopback.ts';

const ORIGIN = 'https://cms.example.com:28443';
const PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';

interface Answer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

const OK: Answer = { status: 200, body: SAMPLE_RESPONSE };
const at = (ms: number) => ({ Date: new Date(ms).toUTCString() });

/** Answers in turn, the last one for good; gives the Authorization headers that came. */
function contactCentre(first: Answer, ...further: Answer[]): string[] {
  const came: string[] = [];
  const answers = [first, ...further];
  nock(ORIGIN)
    .post(PATH)
    .reply(async (request: Request) => {
      const answer = answers[Math.min(came.length, answers.length - 1)] ?? first;
      came.push(request.headers.get('authorization') ?? '');
      return [answer.status, answer.body ?? '', answer.headers ?? {}];
    })
    .persist();
  return came;
}

const signedAt = (authorization: string | undefined) => authorization?.split('/')[2];
async function errorOf(reading: Promise<unknown>): Promise<SourceError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw new Error(`expected a SourceError, not ${error}`);
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe('an answer that is not success', () => {
  it.each<[number, SourceErrorCode, number, RegExp]>([
    [401, 'credentials', 1, /CMS_ACCESS_KEY and CMS_SECRET_KEY/],
    [403, 'address-not-allowed', 1, /allow-list/],
    [418, 'address-not-allowed', 1, /allow-list/],
    [429, 'overloaded', 3, /overloaded/],
    [503, 'overloaded', 3, /overloaded/],
    [500, 'unreachable', 1, /HTTP 500/],
    [501, 'unreachable', 1, /HTTP 501/],
    [502, 'unreachable', 3, /HTTP 502/],
    [504, 'unreachable', 3, /HTTP 504/],
    [408, 'unreachable', 3, /HTTP 408/],
    [400, 'not-understood', 1, /CMS_URL/],
    [404, 'not-understood', 1, /CMS_URL/],
    [405, 'not-understood', 1, /CMS_URL/],
    [302, 'not-understood', 1, /CMS_URL/],
    [204, 'not-understood', 1, /CMS_URL/],
  ])('%i is %s after %i tries, with the remedy', async (status, code, tries, remedy) => {
    const came = contactCentre({
      status,
      ...(status === 302 ? { headers: { location: 'https://elsewhere.example' } } : {}),
    });
    const error = await errorOf(readAll(testSource({ url: ORIGIN })));
    expect(error).toMatchObject({ code, message: expect.stringMatching(remedy) });
    if (status !== 204) expect(error.facts.status).toBe(status);
    expect(came).toHaveLength(tries);
  });

  it('that is not JSON is not understood, and is not quoted', async () => {
    const came = contactCentre({ status: 200, body: '{"callerNo":"8613800138000",}' });
    const error = await errorOf(readAll(testSource({ url: ORIGIN })));
    expect(error.code).toBe('not-understood');
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('8613800138000');
    expect(came).toHaveLength(1);
  });

  it('carries neither of the keys', async () => {
    contactCentre({ status: 401, headers: at(NOW) });
    const error = await errorOf(readAll(testSource({ url: ORIGIN })));
    const everything = JSON.stringify([error.message, error.stack, error.facts, String(error.cause)]);
    expect(everything).not.toContain(KEYS.secretKey);
    expect(everything).not.toContain(KEYS.accessKey);
  });
});

describe('trying again', () => {
  it.each([429, 502, 503, 504])('%i may pass, and each try is signed anew', async (status) => {
    let now = NOW;
    const clock = { now: () => (now += 1000) };
    const came = contactCentre({ status }, { status }, OK);
    expect(await readAll(testSource({ url: ORIGIN, clock }))).toHaveLength(1);
    expect(came).toHaveLength(3);
    expect(new Set(came.map(signedAt)).size).toBe(3);
  });

  it('ends after as many tries as were allowed, with what the last one said', async () => {
    const came = contactCentre({ status: 503 }, { status: 502 });
    const error = await errorOf(readAll(testSource({ url: ORIGIN, retries: 1 })));
    expect(error).toMatchObject({ code: 'unreachable', facts: { status: 502 } });
    expect(came).toHaveLength(2);
  });

  it('waits as long as Retry-After says', async () => {
    const log = recordingLog();
    contactCentre({ status: 429, headers: { 'Retry-After': '1' } }, OK);
    const before = performance.now();
    await readAll(testSource({ url: ORIGIN, log }));
    expect(performance.now() - before).toBeGreaterThan(990);
    expect(log.lines.find(({ level }) => level === 'info')).toMatchObject({
      facts: { code: 'overloaded', status: 429, try: 1 },
    });
  });

  it('does not happen where Retry-After is longer than anybody waits; the error says how long', async () => {
    const came = contactCentre(
      { status: 503, headers: { ...at(NOW), 'Retry-After': new Date(NOW + 3_600_000).toUTCString() } },
      OK,
    );
    const error = await errorOf(readAll(testSource({ url: ORIGIN })));
    expect(error).toMatchObject({ code: 'overloaded', facts: { status: 503, retryAfterMs: 3_600_000 } });
    expect(came).toHaveLength(1);
  });

  it('waits longer each time, and never quite as long as others do', async () => {
    const log = recordingLog();
    contactCentre({ status: 503 });
    await errorOf(readAll(testSource({ url: ORIGIN, log, retries: 3, retryDelayMs: 20 })));
    const waits = log.lines.flatMap(({ facts }) => ('waitMs' in facts ? [Number(facts.waitMs)] : []));
    expect(waits).toHaveLength(3);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(20 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(40 * 2 ** index);
    }
    expect(waits).not.toEqual([20, 40, 80]);
  });

  it.each([
    ['as Retry-After says', { 'Retry-After': '20' }, 1],
    ['of its own accord', {}, 20_000],
  ])('ends at once when the reader gives up while it waits %s', async (_name, headers, retryDelayMs) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    // The log line comes right before the wait.
    const log = { ...recordingLog(), info: () => setImmediate(() => controller.abort(reason)) };
    const came = contactCentre({ status: 429, headers }, OK);
    const before = performance.now();
    const query = { ...DAY, signal: controller.signal };
    await expect(readAll(testSource({ url: ORIGIN, log, retryDelayMs }), query)).rejects.toBe(reason);
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(came).toHaveLength(1);
  });
});

describe('a clock that is off', () => {
  it("is found by a 401's Date: the request is signed once more with the server's time, with a warning", async () => {
    const log = recordingLog();
    const came = contactCentre({ status: 401, headers: at(NOW + 600_000) }, OK);
    expect(await readAll(testSource({ url: ORIGIN, log }))).toHaveLength(1);
    expect(came.map(signedAt)).toEqual(['2026-11-23T09:00:00Z', '2026-11-23T09:10:00Z']);
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { facts: { differenceSeconds: 600 } },
    ]);
  });

  it('is remembered, so that later requests are right at once', async () => {
    const came = contactCentre({ status: 401, headers: at(NOW - 7_200_000) }, OK);
    const source = testSource({ url: ORIGIN });
    await readAll(source);
    await readAll(source);
    expect(came.map(signedAt)).toEqual([
      '2026-11-23T09:00:00Z',
      '2026-11-23T07:00:00Z',
      '2026-11-23T07:00:00Z',
    ]);
  });

  it('is not blamed where it differs by no more than a minute', async () => {
    const came = contactCentre({ status: 401, headers: at(NOW + 60_000) }, OK);
    expect((await errorOf(readAll(testSource({ url: ORIGIN })))).code).toBe('credentials');
    expect(came).toHaveLength(1);
  });

  it("is not believed where the server's time does not help either", async () => {
    const came = contactCentre({ status: 401, headers: at(NOW + 600_000) });
    const source = testSource({ url: ORIGIN });
    expect((await errorOf(readAll(source))).code).toBe('credentials');
    await errorOf(readAll(source));
    expect(came.map(signedAt)).toEqual([
      '2026-11-23T09:00:00Z',
      '2026-11-23T09:10:00Z',
      '2026-11-23T09:00:00Z',
      '2026-11-23T09:10:00Z',
    ]);
  });
});

describe('the endpoint', () => {
  it.each([
    ['https://cms.example.com:28443', 'https://cms.example.com:28443', '', 'cms.example.com:28443'],
    ['https://cms.example.com:28443/', 'https://cms.example.com:28443', '', 'cms.example.com:28443'],
    ['https://cms.example.com/base/', 'https://cms.example.com', '/base', 'cms.example.com'],
    ['https://cms.example.com:443/a/b', 'https://cms.example.com', '/a/b', 'cms.example.com'],
    ['http://CMS.example.com:80', 'http://cms.example.com', '', 'cms.example.com'],
  ])('of CMS_URL %s is signed with path and host as they are sent', async (url, origin, base, host) => {
    let sent = { host: '', authorization: '', body: '' };
    nock(origin)
      .post(base + PATH)
      .reply(200, async (request: Request) => {
        const header = (name: string) => request.headers.get(name) ?? '';
        sent = { host: header('host'), authorization: header('authorization'), body: await request.text() };
        return SAMPLE_RESPONSE;
      });
    await readAll(testSource({ url }));
    const signable = {
      method: 'POST',
      path: base + PATH,
      query: {},
      signedHeaders: { host },
      body: sent.body,
    };
    expect(sent.host).toBe(host);
    expect(sent.authorization).toBe(sign({ ...signable, ...KEYS, at: NOW }).authorization);
  });
});
