import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../src/sandbox/cms/query.ts';
import { formatterFor, parseUtc } from '../../../src/sandbox/cms/wall-time.ts';

const good = { vdn: 159, offset: 0, limit: 3 };

describe('a query', () => {
  it('needs no times', () => {
    expect(readQuery(good)).toEqual({ query: { ...good, beginAt: null, endAt: null } });
  });

  it('reads its times as UTC', () => {
    const times = { beginTime: '2022-11-17 00:13:43', endTime: '2022-11-17 23:44:13' };
    expect(readQuery({ ...good, ...times })).toEqual({
      query: {
        ...good,
        beginAt: Date.UTC(2022, 10, 17, 0, 13, 43),
        endAt: Date.UTC(2022, 10, 17, 23, 44, 13),
      },
    });
  });

  it('takes the ends of what is allowed', () => {
    expect(readQuery({ vdn: 1, offset: 0, limit: 1 })).toHaveProperty('query');
    expect(readQuery({ vdn: 5000, offset: 1_000_000, limit: 5000 })).toHaveProperty('query');
    const moment = '2026-11-20 12:00:00';
    expect(readQuery({ ...good, beginTime: moment, endTime: moment })).toHaveProperty('query');
  });

  it.each<[string, unknown]>([
    ['vdn', { ...good, vdn: 0 }],
    ['vdn', { ...good, vdn: 5001 }],
    ['vdn', { ...good, vdn: 1.5 }],
    ['vdn', { ...good, vdn: '159' }],
    ['vdn', { offset: 0, limit: 3 }],
    ['offset', { ...good, offset: -1 }],
    ['offset', { vdn: 159, limit: 3 }],
    ['limit', { ...good, limit: 0 }],
    ['limit', { ...good, limit: 5001 }],
    ['limit', { vdn: 159, offset: 0 }],
    ['beginTime', { ...good, beginTime: '2022-11-17' }],
    ['beginTime', { ...good, beginTime: '2022-11-17T00:13:43Z' }],
    ['beginTime', { ...good, beginTime: '2022-02-30 00:00:00' }],
    ['beginTime', { ...good, beginTime: 1668643200000 }],
    ['endTime', { ...good, endTime: '2022-11-17 24:00:00' }],
    ['endTime', { ...good, endTime: '' }],
    ['endTime', { ...good, beginTime: '2022-11-17 00:00:01', endTime: '2022-11-17 00:00:00' }],
    ['begintime', { ...good, begintime: '2022-11-17 00:00:00' }],
    ['object', [good]],
    ['object', null],
    ['object', 'vdn'],
  ])('that is wrong is refused by the name of what is: %s in %j', (name, body) => {
    expect(readQuery(body)).toEqual({ problem: expect.stringContaining(name) });
  });
});

describe('times', () => {
  it('are written in the zone that is asked for, and read as UTC', () => {
    const at = Date.UTC(2026, 10, 20, 20, 5, 9);
    expect(formatterFor('UTC')(at)).toBe('2026-11-20 20:05:09');
    expect(formatterFor('Asia/Shanghai')(at)).toBe('2026-11-21 04:05:09');
    expect(formatterFor('America/Sao_Paulo')(Date.UTC(2026, 10, 20, 3))).toBe('2026-11-20 00:00:00');
    expect(parseUtc('2026-11-20 20:05:09')).toBe(at);
  });

  it('refuse a zone that does not exist', () => {
    expect(() => formatterFor('Mars/Olympus')).toThrow(RangeError);
  });
});
