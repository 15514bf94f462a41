import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCallsQuery } from '../../../src/sandbox/cms/calls-query.ts';
import type { ContactCentre } from '../../../src/sandbox/cms/server.ts';
import { startOfDay } from '../../../src/sandbox/cms/wall-time.ts';
import { ask, noonAt, send, startAtNoon } from './signer.ts';

const path = '/rest/cmsapp/v2/openapi/vdn/querycalls';
const hour = 3_600_000;
const midnight = noonAt - 12 * hour;
const good = {
  ccId: 1,
  vdn: 7,
  isCallIn: 'false',
  beginDate: String(noonAt - hour),
  endDate: String(noonAt),
  limit: 100,
  offset: 0,
};

describe('a query for calls', () => {
  it('is read', () => {
    expect(readCallsQuery({ ...good, calleeNo: '442079460101' }, midnight)).toEqual({
      query: {
        vdn: 7,
        isCallIn: false,
        beginAt: noonAt - hour,
        endAt: noonAt,
        callerNo: null,
        calleeNo: '442079460101',
        limit: 100,
        offset: 0,
      },
    });
  });

  it('may go back to yesterday 00:00, and needs neither limit nor offset', () => {
    const { limit: _, offset: __, ...short } = good;
    const yesterday = String(midnight - 24 * hour);
    expect(readCallsQuery({ ...short, beginDate: yesterday }, midnight)).toHaveProperty('query.limit', 100);
  });

  it.each<[string, unknown]>([
    ['ccId', { ...good, ccId: 0 }],
    ['ccId', { ...good, ccId: 65_536 }],
    ['ccId', { ...good, ccId: '1' }],
    ['vdn', { ...good, vdn: 5001 }],
    ['vdn', { ...good, vdn: '7' }],
    ['isCallIn', { ...good, isCallIn: true }],
    ['isCallIn', { ...good, isCallIn: 'TRUE' }],
    ['isCallIn', { ...good, isCallIn: undefined }],
    ['beginDate', { ...good, beginDate: noonAt }],
    ['beginDate', { ...good, beginDate: '2026-11-20 11:00:00' }],
    ['beginDate', { ...good, beginDate: String(midnight - 24 * hour - 1) }],
    ['endDate', { ...good, endDate: String(noonAt - 2 * hour) }],
    ['endDate', { ...good, endDate: String(midnight + 24 * hour) }],
    ['endDate', { ...good, endDate: undefined }],
    ['limit', { ...good, limit: 101 }],
    ['limit', { ...good, limit: '100' }],
    ['offset', { ...good, offset: -1 }],
    ['callerNo', { ...good, callerNo: '+442079460101' }],
    ['calleeNo', { ...good, calleeNo: 442079460101 }],
    ['agentId', { ...good, agentId: 5 }],
    ['body', [good]],
  ])('that is wrong is refused by the name of what is: %s in %j', (name, body) => {
    expect(readCallsQuery(body, midnight)).toEqual({ problem: name });
  });

  it('counts days in the zone of the server', () => {
    expect(startOfDay(noonAt, 'UTC')).toBe(midnight);
    expect(startOfDay(noonAt, 'Asia/Shanghai')).toBe(midnight - 8 * hour);
    expect(startOfDay(noonAt + 4 * hour, 'Asia/Shanghai')).toBe(midnight + 16 * hour);
  });
});

describe('the stand-in contact centre, asked for calls', () => {
  let centre: ContactCentre;
  beforeEach(async () => {
    ({ centre } = await startAtNoon({ seed: null }));
  });
  afterEach(() => centre.close());

  const query = async (more: object = {}) => {
    const answer = await ask(centre, { ...good, ...more }, { path });
    expect(answer.status).toBe(200);
    return JSON.parse(answer.text);
  };

  it('answers with the calls that its people made, newest first', async () => {
    centre.talks.callOut({ vdn: 7, calleeNo: '442079460101', talkMs: 30_000 });
    centre.talks.callOut({ vdn: 7, calleeNo: '442079460102', talkMs: 0, beganAt: noonAt - 60_000 });
    const { resultCode, resultDesc } = await query();
    expect(resultCode).toBe('0100000');
    expect(resultDesc.totalCount).toBe(2);
    expect(resultDesc.data).toMatchObject([
      { calleeNo: '442079460101', ackBegin: noonAt - 30_000, callEnd: noonAt },
      { calleeNo: '442079460102', ackBegin: 0, callBegin: noonAt - 60_000 },
    ]);
    expect((await query({ vdn: 8 })).resultDesc.data).toEqual([]);
  });

  it('answers with the calls that came in, answered or missed', async () => {
    centre.calls.ring({ vdn: 7, callerNo: '442079460101' });
    centre.talks.answer({ vdn: 7, callerNo: '442079460102', talkMs: 5_000 });
    const { data } = (await query({ isCallIn: 'true' })).resultDesc;
    expect(data.map((row: Record<string, unknown>) => [row.callerNo, row.ackBegin])).toEqual([
      ['442079460102', noonAt - 5_000],
      ['442079460101', 0],
    ]);
    expect((await query()).resultDesc.data).toEqual([]);
  });

  it('heeds filters, window and pages', async () => {
    for (const calleeNo of ['442079460101', '442079460102', '442079460101'])
      centre.talks.callOut({ vdn: 7, calleeNo });
    const dataOf = async (more: object) => (await query(more)).resultDesc.data;
    expect(await dataOf({ calleeNo: '442079460101' })).toHaveLength(2);
    expect(await dataOf({ calleeNo: '2079460101' })).toEqual([]);
    expect(await dataOf({ endDate: String(noonAt - 10 * 60_000) })).toEqual([]);
    expect(await dataOf({ limit: 2 })).toHaveLength(2);
    expect(await dataOf({ limit: 2, offset: 2 })).toHaveLength(1);
  });

  it('refuses an invalid parameter by its code', async () => {
    expect(await query({ beginDate: '0' })).toEqual({
      resultCode: '0100002',
      resultDesc: "Invalid param, parameter: 'beginDate'",
    });
    expect(centre.requests.at(-1)).toMatchObject({ verdict: 'bad-query', path });
  });

  it('wants it signed', async () => {
    const answer = await ask(centre, good, { path, secretKey: 'another' });
    expect(answer.status).toBe(401);
  });

  it('has an older edition, with the rows elsewhere and fewer times', async () => {
    const older = (await startAtNoon({ seed: null, callsEdition: 'older' })).centre;
    try {
      older.talks.callOut({ vdn: 7, calleeNo: '442079460101' });
      const { resultDatas } = JSON.parse((await ask(older, good, { path })).text);
      expect(resultDatas).toHaveLength(1);
      expect(resultDatas[0]).not.toHaveProperty('ackBegin');
    } finally {
      await older.close();
    }
  });

  it('meets faults of its own', async () => {
    centre.faults.add({ kind: 'return-code', returnCode: '0100001' }, { of: 'calls' });
    expect(await query()).toMatchObject({ resultCode: '0100001' });
    expect((await ask(centre, { vdn: 7, offset: 0, limit: 5 })).json?.returnCode).toBe('0');
  });

  it('is told of calls by its remote control, and forgets them with the others', async () => {
    const post = (what: string, body: object) =>
      send(centre.port, `/_sandbox/${what}`, 'POST', JSON.stringify(body), {
        Host: `127.0.0.1:${centre.port}`,
        'Content-Type': 'application/json',
      });
    await post('call-out', { vdn: 7, calleeNo: '442079460101', talkMs: 20_000 });
    await post('answer', { vdn: 7, callerNo: '442079460102' });
    expect((await query()).resultDesc.data).toHaveLength(1);
    expect((await query({ isCallIn: 'true' })).resultDesc.data).toHaveLength(1);
    expect((await post('clear', { calls: 7 })).json).toMatchObject({ calls: 2 });
    expect((await query()).resultDesc.data).toEqual([]);
    expect((await post('call-out', { vdn: 7 })).status).toBe(400);
  });
});
