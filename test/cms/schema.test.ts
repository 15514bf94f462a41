import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/calls/source.ts';
import { parseMissedCallsPage } from '../../src/cms/schema.ts';
import { SAMPLE_RESPONSE } from './loopback.ts';

const ROW = {
  callId: '1668050023-1859',
  callerNo: '88880990',
  calleeNo: '31045665',
  waitBegin: '2022-11-17 00:13:43',
  callEnd: '2022-11-17 00:13:47',
  mediaType: 5,
  subMediaType: null,
};
const answer = (...missedCalls: unknown[]) => ({ returnCode: '0', total: missedCalls.length, missedCalls });
const readRow = (change: object) => parseMissedCallsPage(answer({ ...ROW, ...change }), 0);
const errorOf = (value: unknown): SourceError => {
  try {
    parseMissedCallsPage(value, 0);
  } catch (error) {
    if (error instanceof SourceError) return error;
  }
  throw new Error('expected a SourceError');
};

describe('an answer of queryMissedCalls', () => {
  it('is read as documented', () => {
    const { total, rows, malformed } = parseMissedCallsPage(JSON.parse(SAMPLE_RESPONSE), 0);
    expect({ total, malformed }).toEqual({ total: 2, malformed: 0 });
    expect(rows[0]).toEqual({
      callId: '1668048253-16797218',
      callerNo: '1659960139858526939',
      calleeNo: '6300111010',
      waitBegin: '2022-11-17 23:44:13',
      callEnd: '2022-11-17 23:44:25',
      mediaType: 53,
      subMediaType: 1,
    });
    expect(rows[1]?.callId).toBe('1668050023-1859');
  });

  it('may give numbers as text, the returnCode as a number, and fields that nobody knows', () => {
    const page = {
      returnCode: 0,
      total: '1',
      limit: '5000',
      cloud: {},
      missedCalls: [{ ...ROW, mediaType: '53', queue: 7 }],
    };
    expect(parseMissedCallsPage(page, 0)).toEqual({
      total: 1,
      rows: [{ ...ROW, mediaType: 53 }],
      malformed: 0,
    });
  });

  it('may lack the list where there is nothing more to list', () => {
    expect(parseMissedCallsPage({ returnCode: '0', total: 0 }, 0).rows).toEqual([]);
    expect(parseMissedCallsPage({ returnCode: '0', total: 5000, missedCalls: null }, 5000).rows).toEqual([]);
  });

  it.each([
    ['no object', 'hello'],
    ['a list', []],
    ['null', null],
    ['no returnCode', { total: 0, missedCalls: [] }],
    ['no total', { returnCode: '0', missedCalls: [] }],
    ['a total below zero', { returnCode: '0', total: -1, missedCalls: [] }],
    ['a total that is no number', { returnCode: '0', total: 'many', missedCalls: [] }],
    ['calls counted but not listed', { returnCode: '0', total: 2 }],
    ['calls that are no list', { returnCode: '0', total: 1, missedCalls: { 0: ROW } }],
  ])('is not understood: %s', (_name, value) => {
    expect(errorOf(value)).toMatchObject({ code: 'not-understood' });
  });

  it('is a refusal with any other returnCode, whatever else is missing, and says why', () => {
    expect(errorOf({ returnCode: '0100002', returnDesc: 'vdn is\ninvalid' })).toMatchObject({
      code: 'refused',
      facts: { returnCode: '0100002', returnDesc: 'vdn is invalid' },
      message: expect.stringContaining('0100002: vdn is invalid'),
    });
    expect(errorOf({ returnCode: -1 }).facts.returnCode).toBe('-1');
  });

  it('keeps numbers out of the words of a refusal, and the words short', () => {
    const error = errorOf({ returnCode: '7', returnDesc: `caller 8613800138000 unknown ${'x'.repeat(500)}` });
    expect(error.message).not.toContain('8613800138000');
    expect(error.facts.returnDesc).not.toContain('8613800138000');
    expect(error.facts.returnDesc?.length).toBeLessThanOrEqual(200);
  });

  it('never repeats in an error what was in a field', () => {
    const error = errorOf({ returnCode: '0', total: '8613800138000x', missedCalls: '8613800138000' });
    expect(error.message).toMatch(/wrong: total, missedCalls/);
    expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain('8613800138000');
  });
});

describe('a row', () => {
  it.each([
    ['mediaType absent', { mediaType: undefined }, { mediaType: null }],
    ['mediaType null', { mediaType: null }, { mediaType: null }],
    ['mediaType empty', { mediaType: '' }, { mediaType: null }],
    ['mediaType no number', { mediaType: 'voice' }, { mediaType: null }],
    ['mediaType beyond any table', { mediaType: 999 }, { mediaType: 999 }],
    ['mediaType beyond what can be stored', { mediaType: 2 ** 31 }, { mediaType: null }],
    ['callerNo absent', { callerNo: undefined }, { callerNo: '' }],
    ['callerNo null', { callerNo: null }, { callerNo: '' }],
    ['callerNo as a number', { callerNo: 88880990 }, { callerNo: '88880990' }],
    ['a leap day', { waitBegin: '2024-02-29 23:59:59' }, { waitBegin: '2024-02-29 23:59:59' }],
    ['strings with spaces stay as they are', { callerNo: ' 1 ' }, { callerNo: ' 1 ' }],
  ])('is read: %s', (_name, change, expected) => {
    expect(readRow(change)).toMatchObject({ rows: [expected], malformed: 0 });
  });

  it.each([
    ['no callId', { callId: undefined }],
    ['an empty callId', { callId: ' ' }],
    ['a callId that lost digits as a number', { callId: 2 ** 60 }],
    ['no waitBegin', { waitBegin: null }],
    ['a waitBegin in another form', { waitBegin: '2022-11-17T00:13:43Z' }],
    ['a waitBegin that is a number', { waitBegin: 1668643423000 }],
    ['a day that does not exist', { waitBegin: '2022-02-30 00:00:00' }],
    ['a month that does not exist', { waitBegin: '2022-13-01 00:00:00' }],
    ['hour 24', { waitBegin: '2022-11-17 24:00:00' }],
    ['a leap second', { waitBegin: '2022-11-17 23:59:60' }],
    ['text after callEnd', { callEnd: '2022-11-17 00:13:47.0' }],
    ['an empty callEnd', { callEnd: '' }],
    ['NUL in callerNo', { callerNo: '888\u00000990' }],
    ['a lone surrogate in calleeNo', { calleeNo: '310\ud800' }],
    ['NUL in callId', { callId: '\u0000' }],
  ])('is skipped and counted, and its neighbours are not: %s', (_name, change) => {
    const { rows, malformed } = parseMissedCallsPage(
      answer(ROW, { ...ROW, ...change }, { ...ROW, callId: 'next' }),
      0,
    );
    expect(rows.map(({ callId }) => callId)).toEqual(['1668050023-1859', 'next']);
    expect(malformed).toBe(1);
  });

  it.each([null, 'text', 7, []])('is skipped where it is no object but %j', (row) => {
    expect(parseMissedCallsPage(answer(row, ROW), 0)).toMatchObject({ rows: [ROW], malformed: 1 });
  });
});
