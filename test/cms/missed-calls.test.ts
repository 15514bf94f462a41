import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, fixture, readAll, recordingLog, SAMPLE_RESPONSE, testSource } from './loopback.ts';

const ORIGIN = 'https://cms.example.com:28443';
const PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';

interface Asked {
  vdn: number;
  offset: number;
  limit: number;
  beginTime: string;
  endTime: string;
}

const row = (number: number) => ({
  callId: `1668048253-${number}`,
  callerNo: '88880990',
  calleeNo: '31045665',
  waitBegin: '2022-11-17 00:13:43',
  callEnd: '2022-11-17 00:13:47',
});

/** A contact centre that answers each query, and the queries that it got. */
function contactCentre(answer: (asked: Asked, number: number) => object): Asked[] {
  const asked: Asked[] = [];
  nock(ORIGIN)
    .post(PATH)
    .reply(200, async (request: Request) => {
      const query: Asked = JSON.parse(await request.text());
      asked.push(query);
      return { returnCode: '0', ...answer(query, asked.length) };
    })
    .persist();
  return asked;
}

/** One that knows `total` calls and pages as documented. */
const paging = (total: number) =>
  contactCentre(({ offset, limit }) => ({
    total,
    missedCalls: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) =>
      row(offset + index),
    ),
  }));

const source = (options: object = {}) => testSource({ url: ORIGIN, ...options });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe('missed calls', () => {
  it('are asked for as in the documented sample, and its answer is read', async () => {
    let asked: unknown;
    nock(ORIGIN)
      .post(PATH)
      .reply(200, async (request: Request) => {
        asked = await request.json();
        return SAMPLE_RESPONSE;
      });
    const pages = await readAll(source({ pageSize: 3 }));
    expect(asked).toEqual(JSON.parse(fixture('query-missed-calls.request.json')));
    expect(pages).toMatchObject([{ total: 2, malformed: 0, repeated: 0 }]);
    expect(pages[0]?.rows.map(({ callId }) => callId)).toEqual(['1668048253-16797218', '1668050023-1859']);
  });

  it('come by the documented 5000 unless told otherwise', async () => {
    const asked = paging(12_000);
    const pages = await readAll(source());
    expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 5000],
      [5000, 5000],
      [10_000, 5000],
    ]);
    expect(pages.map(({ rows }) => rows.length)).toEqual([5000, 5000, 2000]);
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ callId }) => callId))).size).toBe(12_000);
  });

  it('are asked for with one frozen end, in UTC and whole seconds', async () => {
    const asked = paging(5);
    await readAll(source({ pageSize: 2 }), { ...DAY, endAt: DAY.endAt + 999 });
    expect(new Set(asked.map(({ beginTime, endTime }) => `${beginTime} ${endTime}`))).toEqual(
      new Set(['2022-11-17 00:13:43 2022-11-17 23:44:13']),
    );
  });

  it.each([
    [0, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [6, 2],
  ])('that are %i need %i queries with pages of 3', async (total, queries) => {
    const asked = paging(total);
    const pages = await readAll(source({ pageSize: 3 }));
    expect(asked).toHaveLength(queries);
    expect(pages).toHaveLength(queries);
  });

  it('are read page by page, no further than the reader goes', async () => {
    const asked = paging(100);
    for await (const { rows } of source({ pageSize: 10 }).pages(DAY)) {
      expect(rows).toHaveLength(10);
      break;
    }
    expect(asked).toHaveLength(1);
  });

  it('that shifted onto a further page come once, and are counted as repeated', async () => {
    const pagesOfIds = [
      [1, 2],
      [2, 3],
      [4, 4],
    ];
    contactCentre((_asked, number) => ({ total: 6, missedCalls: pagesOfIds[number - 1]?.map(row) }));
    const pages = await readAll(source({ pageSize: 2 }));
    expect(pages.map(({ rows }) => rows.map(({ callId }) => callId.split('-')[1]))).toEqual([
      ['1', '2'],
      ['3'],
      ['4'],
    ]);
    expect(pages.map(({ repeated, listedTwice }) => [repeated, listedTwice])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });

  it('have the total of each page, for those who must know whether it moved', async () => {
    contactCentre(({ offset }, number) => ({
      total: 3 + number,
      missedCalls: [row(offset), row(offset + 1)],
    }));
    const pages = await readAll(source({ pageSize: 2 }));
    expect(pages.map(({ total }) => total)).toEqual([4, 5, 6]);
  });

  it('that cannot be read cost neither their page nor the next, and are reported by count alone', async () => {
    const log = recordingLog();
    contactCentre(({ offset }) => ({
      total: 4,
      missedCalls: offset === 0 ? [{ ...row(1), callEnd: 'now' }, row(2)] : [row(3), row(4)],
    }));
    const pages = await readAll(source({ pageSize: 2, log }));
    expect(pages).toMatchObject([
      { malformed: 1, rows: [row(2)] },
      { malformed: 0, rows: [row(3), row(4)] },
    ]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        facts: { vdn: 159, page: 1, rows: 2, total: 4, malformed: 1 },
        message: expect.any(String),
      },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('88880990');
  });

  it('go on where a server gave fewer rows than it was asked for', async () => {
    const asked = contactCentre(({ offset }) => ({
      total: 5,
      missedCalls: [row(offset), row(offset + 1)].slice(0, 5 - offset),
    }));
    const pages = await readAll(source({ pageSize: 4 }));
    expect(pages.flatMap(({ rows }) => rows)).toHaveLength(5);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 2, 4]);
  });

  it('end where short pages bring nothing new, and a warning says that some were counted but not given', async () => {
    const log = recordingLog();
    const asked = contactCentre(() => ({ total: 10, missedCalls: [row(1)] }));
    expect((await readAll(source({ pageSize: 2, log }))).flatMap(({ rows }) => rows)).toHaveLength(1);
    expect(asked).toHaveLength(2);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', facts: { rows: 1, total: 10 } });
  });

  it('end at an empty page', async () => {
    contactCentre((_asked, number) => ({ total: 10, missedCalls: number === 1 ? [row(1), row(2)] : [] }));
    expect(await readAll(source({ pageSize: 2 }))).toHaveLength(2);
  });

  it('are not understood where every page is the first one again', async () => {
    const asked = contactCentre(() => ({ total: 400, missedCalls: [row(1), row(2)] }));
    await expect(readAll(source({ pageSize: 2 }))).rejects.toMatchObject({ code: 'not-understood' });
    expect(asked).toHaveLength(3);
  });

  it('are not understood where every page is the first one again, though a row of it can never be read', async () => {
    const asked = contactCentre(() => ({ total: 400, missedCalls: [row(1), { ...row(2), callEnd: 'now' }] }));
    await expect(readAll(source({ pageSize: 2 }))).rejects.toMatchObject({ code: 'not-understood' });
    expect(asked).toHaveLength(3);
  });

  it('are not understood where the total runs away from the pages', async () => {
    const asked = contactCentre(({ offset }) => ({ total: offset + 100, missedCalls: [row(offset)] }));
    await expect(readAll(source({ pageSize: 1 }))).rejects.toMatchObject({ code: 'not-understood' });
    // With pages of 1 the most that a range may hold is 200.
    expect(asked).toHaveLength(102);
  });

  it('are not understood where it counts more than any range can hold, before they are read', async () => {
    const asked = contactCentre(() => ({ total: 1_000_001, missedCalls: [row(1)] }));
    await expect(readAll(source())).rejects.toMatchObject({ code: 'not-understood' });
    expect(asked).toHaveLength(1);
  });

  it('that are refused say so at once, in one query', async () => {
    const asked = contactCentre(() => ({ returnCode: '0100002', returnDesc: 'invalid vdn' }));
    await expect(readAll(source())).rejects.toMatchObject({
      code: 'refused',
      facts: { returnCode: '0100002', returnDesc: 'invalid vdn' },
    });
    expect(asked).toHaveLength(1);
  });

  it('are no longer asked for when the reader has given up between two pages', async () => {
    const asked = paging(100);
    const reason = new Error('enough');
    const controller = new AbortController();
    const reading = async () => {
      for await (const _page of source({ pageSize: 10 }).pages({ ...DAY, signal: controller.signal })) {
        controller.abort(reason);
      }
    };
    await expect(reading()).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});
