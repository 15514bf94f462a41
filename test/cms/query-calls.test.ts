import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ReachQuery } from '../../src/calls/reached.ts';
import { createReachSource } from '../../src/cms/query-calls.ts';
import { silentLog } from '../../src/log.ts';
import { startContactCentre } from '../../src/sandbox/cms/server.ts';
import { KEYS, NOW, recordingLog, rejection } from './loopback.ts';

const ORIGIN = 'https://cms.example.com:28443';
const PATH = '/rest/cmsapp/v2/openapi/vdn/querycalls';
const HOUR = 3_600_000;
const MISSED = NOW - 2 * HOUR;

interface Asked {
  isCallIn: string;
  beginDate: string;
  callerNo?: string;
  calleeNo?: string;
  offset: number;
}

const nothing = { resultCode: '0100000', resultDesc: { data: [] } };
const row = (more: object) => ({ callId: '1-1', callerNo: '5550100', calleeNo: '02079460101', ...more });
const calledOut = row({ callBegin: MISSED + HOUR, ackBegin: String(MISSED + HOUR + 5_000), callEnd: NOW });
const found = (...data: object[]) => ({ resultCode: '0100000', resultDesc: { data, totalCount: 1 } });

/** A contact centre that answers each query, and the queries that it got. */
function contactCentre(answer: (asked: Asked) => object): Asked[] {
  const asked: Asked[] = [];
  nock(ORIGIN)
    .post(PATH)
    .reply(200, async (request: Request) => {
      const query: Asked = JSON.parse(await request.text());
      asked.push(query);
      return answer(query);
    })
    .persist();
  return asked;
}

const mrGreen: ReachQuery = {
  vdn: 159,
  callerKey: 'tel:+442079460101',
  callerNo: '442079460101',
  country: 'GB',
  afterAt: MISSED,
};

function source(log = silentLog) {
  const created = createReachSource({
    ...KEYS,
    url: ORIGIN,
    ccId: 1,
    timeoutMs: 5_000,
    retryDelayMs: 1,
    clock: { now: () => NOW },
    log,
  });
  onTestFinished(() => created.close());
  return created;
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe('whether a caller was reached', () => {
  it('is asked as documented: dates and direction as text, the number as filter', async () => {
    const asked = contactCentre(() => nothing);
    expect(await source().reached(mrGreen)).toBeNull();
    expect(asked[0]).toEqual({
      ccId: 1,
      vdn: 159,
      isCallIn: 'false',
      beginDate: String(MISSED),
      endDate: String(NOW),
      calleeNo: '442079460101',
      limit: 100,
      offset: 0,
    });
  });

  it('is asked of calls to the number in each way to write it, and of calls from it as it came', async () => {
    const asked = contactCentre(() => nothing);
    await source().reached(mrGreen);
    expect(asked.map(({ isCallIn, callerNo, calleeNo }) => [isCallIn, callerNo ?? calleeNo])).toEqual([
      ['false', '442079460101'],
      ['true', '442079460101'],
      ['false', '02079460101'],
    ]);
  });

  it('is known by the first call that proves it, and nothing more is asked', async () => {
    const later = { ...calledOut, callId: '1-2', ackBegin: MISSED + 1.5 * HOUR };
    const asked = contactCentre(({ calleeNo }) => (calleeNo ? found(later, calledOut) : nothing));
    expect(await source().reached(mrGreen)).toEqual({
      callId: '1-1',
      direction: 'outbound',
      at: MISSED + HOUR + 5_000,
      talkMs: HOUR - 5_000,
    });
    expect(asked).toHaveLength(1);
  });

  it('is known by a call that was answered', async () => {
    const answered = row({
      callerNo: '442079460101',
      calleeNo: '5550100',
      ackBegin: NOW - 60_000,
      callEnd: NOW,
    });
    contactCentre(({ isCallIn }) => (isCallIn === 'true' ? found(answered) : nothing));
    expect(await source().reached(mrGreen)).toMatchObject({ direction: 'inbound', talkMs: 60_000 });
  });

  it.each<[string, object]>([
    ['within resultDesc', found(calledOut)],
    ['as resultDesc', { resultCode: '0100000', resultDesc: [calledOut] }],
    ['as resultDatas', { resultCode: '0100000', resultDesc: 'success', resultDatas: [calledOut] }],
  ])('is read from rows %s', async (_, answer) => {
    contactCentre(() => answer);
    expect(await source().reached(mrGreen)).toMatchObject({ callId: '1-1' });
  });

  it.each<[string, object]>([
    ['no rows at all', { resultCode: '0100000' }],
    ['rows of null', { resultCode: '0100000', resultDesc: { data: null } }],
    [
      'only calls of others, where the filter is not heeded',
      found(row({ calleeNo: '442079460199', callBegin: NOW })),
    ],
  ])('is not known from %s', async (_, answer) => {
    contactCentre(() => answer);
    expect(await source().reached(mrGreen)).toBeNull();
  });

  it('is read past rows that cannot be read, and past fields and times that nobody knows', async () => {
    const log = recordingLog();
    contactCentre(() =>
      found(
        { callId: '' },
        { callerNo: 7 },
        { ...calledOut, waitBegin: 'soon', skillName: 'x', calleeNo: 442079460101 },
      ),
    );
    expect(await source(log).reached(mrGreen)).toMatchObject({ callId: '1-1' });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
    expect(JSON.stringify(log.lines)).not.toContain('2079460101');
  });

  it('is looked for on further pages, but not for ever', async () => {
    const strangers = Array.from({ length: 100 }, (_, n) =>
      row({ callId: `2-${n}`, calleeNo: '5550101', callBegin: NOW }),
    );
    const asked = contactCentre(({ calleeNo, offset }) =>
      calleeNo === '442079460101'
        ? found(...(offset === 100 ? [calledOut] : strangers))
        : found(...strangers),
    );
    expect(await source().reached(mrGreen)).toMatchObject({ callId: '1-1' });
    expect(asked.map(({ offset }) => offset)).toEqual([0, 100]);
    await source().reached({ ...mrGreen, callerKey: 'tel:+442079460105' });
    expect(asked.slice(2).map(({ offset }) => offset)).toEqual([0, 100, 0, 100, 200, 0, 100, 200]);
  });

  it('is asked for no earlier than any zone’s yesterday', async () => {
    const asked = contactCentre(() => nothing);
    await source().reached({ ...mrGreen, afterAt: NOW - 40 * HOUR });
    expect(Number(asked[0]?.beginDate)).toBe(source().knownFrom(NOW));
    expect(source().knownFrom(NOW)).toBe(NOW - 24 * HOUR + 300_000);
  });

  it('is never asked of social ids, of mail addresses, or of nobody', async () => {
    for (const [callerKey, callerNo] of [
      ['social:2:1000000000000000001', '1000000000000000001'],
      ['id:50:a@example.com', 'a@example.com'],
      ['num:', ''],
    ] as const)
      expect(await source().reached({ ...mrGreen, callerKey, callerNo })).toBeNull();
  });

  it('is not known when the query is refused, and the reason repeats no number', async () => {
    contactCentre(() => ({ resultCode: '0100002', resultDesc: "Invalid param 'calleeNo' 442079460101" }));
    await rejection(source().reached(mrGreen), 'refused', /0100002: Invalid param 'calleeNo' …/);
  });

  it.each([
    ['a wrong shape', { resultCode: '0100000', resultDesc: { data: 'many' } }],
    ['no result code', { returnCode: '0' }],
  ])('is not known from %s', async (_, answer) => {
    contactCentre(() => answer);
    await rejection(source().reached(mrGreen), 'not-understood', /documented shape/);
  });

  it('is given up when nobody waits for it any more', async () => {
    contactCentre(() => nothing);
    const reason = new Error('The digest goes out');
    const asking = source().reached({ ...mrGreen, signal: AbortSignal.abort(reason) });
    await expect(asking).rejects.toBe(reason);
  });
});

describe('whether a caller was reached, asked of the stand-in', () => {
  async function standIn(callsEdition: 'newer' | 'older', clock = { now: () => NOW }) {
    nock.enableNetConnect('127.0.0.1');
    const centre = await startContactCentre({ clock, ...KEYS, seed: null, callsEdition });
    const asking = createReachSource({
      ...KEYS,
      url: centre.url,
      ccId: 1,
      timeoutMs: 5_000,
      clock,
      log: silentLog,
    });
    onTestFinished(async () => {
      await asking.close();
      await centre.close();
    });
    return { centre, asking };
  }

  it.each(['newer', 'older'] as const)('is known from a call out, in the %s edition', async (edition) => {
    const { centre, asking } = await standIn(edition);
    expect(await asking.reached(mrGreen)).toBeNull();
    centre.talks.callOut({ vdn: 159, calleeNo: '02079460101' });
    expect(await asking.reached(mrGreen)).toMatchObject({
      direction: 'outbound',
      talkMs: edition === 'newer' ? 60_000 : null,
    });
    expect(centre.requests.map(({ verdict }) => verdict)).not.toContain('bad-query');
  });

  it('is known from a call that was answered, not from one that was missed again', async () => {
    const { centre, asking } = await standIn('newer');
    centre.calls.ring({ vdn: 159, callerNo: '442079460101' });
    expect(await asking.reached(mrGreen)).toBeNull();
    centre.talks.answer({ vdn: 159, callerNo: '442079460101', talkMs: 1_000 });
    expect(await asking.reached(mrGreen)).toMatchObject({ direction: 'inbound', talkMs: 1_000 });
  });

  it('is not known where nobody answered, or only a voice mail did', async () => {
    const { centre, asking } = await standIn('newer');
    centre.talks.callOut({ vdn: 159, calleeNo: '442079460101', talkMs: 0 });
    centre.talks.callOut({ vdn: 159, calleeNo: '442079460101', talkMs: 9_000 });
    expect(await asking.reached(mrGreen)).toBeNull();
  });

  it('is asked for in its window wherever it is, at any time of day', async () => {
    const time = { at: NOW };
    const { centre, asking } = await standIn('newer', { now: () => time.at });
    for (let hour = 0; hour < 24; hour += 1) {
      time.at = NOW + hour * HOUR;
      await asking.reached({ ...mrGreen, afterAt: time.at - 40 * HOUR });
    }
    expect(new Set(centre.requests.map(({ verdict }) => verdict))).toEqual(new Set(['answered']));
  });
});
