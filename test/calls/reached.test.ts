import { describe, expect, it } from 'vitest';
import { numberWritings } from '../../src/calls/number-writings.ts';
import {
  type Direction,
  isAskable,
  LEAST_TALK,
  proofIn,
  type ReachQuery,
  type RecordedCall,
} from '../../src/calls/reached.ts';

const MISSED = Date.UTC(2026, 10, 23, 9);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NOW = MISSED + 60 * MINUTE;

const mrGreen = { callerKey: 'tel:+442079460101', country: 'GB', afterAt: MISSED };
const times = { waitBegin: undefined, ackBegin: undefined, callBegin: undefined, callEnd: undefined };
const call = (more: Partial<RecordedCall>): RecordedCall => ({
  callId: '1-1',
  callerNo: '5550100',
  calleeNo: '442079460101',
  ...times,
  ...more,
});
const proves = (
  direction: Direction,
  more: Partial<RecordedCall>,
  who: Pick<ReachQuery, 'callerKey' | 'country' | 'afterAt'> = mrGreen,
) => proofIn(call(more), direction, who, NOW, LEAST_TALK);
const rang = (more: Partial<RecordedCall>) =>
  proves('inbound', { callerNo: '442079460101', calleeNo: '5550100', ...more });

describe('a call out to somebody who was missed', () => {
  const began = { callBegin: MISSED + MINUTE };

  it('is proof when they talked long enough', () => {
    const answered = { ...began, ackBegin: MISSED + 2 * MINUTE };
    expect(proves('outbound', { ...answered, callEnd: MISSED + 2 * MINUTE + 10 * SECOND })).toEqual({
      callId: '1-1',
      direction: 'outbound',
      at: MISSED + 2 * MINUTE,
      talkMs: 10 * SECOND,
    });
    expect(proves('outbound', { ...answered, callEnd: MISSED + 2 * MINUTE + 9 * SECOND })).toBeNull();
  });

  it('is proof while they talk, once that has been long enough', () => {
    expect(proves('outbound', { ackBegin: NOW - MINUTE, callEnd: 0 })).toMatchObject({ talkMs: MINUTE });
    expect(proves('outbound', { ackBegin: NOW - SECOND })).toBeNull();
  });

  it('is proof where the times do not tell how long they talked, but not where it was too short for that', () => {
    expect(proves('outbound', began)).toEqual({
      callId: '1-1',
      direction: 'outbound',
      at: MISSED + MINUTE,
      talkMs: null,
    });
    expect(proves('outbound', { waitBegin: MISSED + MINUTE })).not.toBeNull();
    expect(proves('outbound', { ...began, callEnd: MISSED + 2 * MINUTE })).not.toBeNull();
    expect(proves('outbound', { ...began, callEnd: MISSED + MINUTE + 9 * SECOND })).toBeNull();
  });

  it('is none where nobody answered, or nobody can say when it was', () => {
    expect(proves('outbound', { ...began, ackBegin: 0, callEnd: NOW })).toBeNull();
    expect(proves('outbound', {})).toBeNull();
  });

  it('is none before they were missed', () => {
    expect(proves('outbound', { ackBegin: MISSED - MINUTE, callEnd: MISSED + MINUTE })).toBeNull();
    expect(proves('outbound', { callBegin: MISSED })).toBeNull();
  });

  it('is theirs however the number is written, and nobody else’s', () => {
    for (const calleeNo of ['02079460101', '+44 20 7946 0101', '00442079460101', '2079460101'])
      expect(proves('outbound', { ...began, calleeNo })).not.toBeNull();
    for (const calleeNo of ['442079460102', '', '5550100'])
      expect(proves('outbound', { ...began, calleeNo })).toBeNull();
    const unknownCountry = { callerKey: 'num:88880990', country: null, afterAt: MISSED };
    expect(proves('outbound', { ...began, calleeNo: '8888-0990' }, unknownCountry)).not.toBeNull();
  });
});

describe('a call of somebody who was missed before', () => {
  it('is proof when it was answered, for however short a time', () => {
    const answered = { waitBegin: MISSED + MINUTE, ackBegin: MISSED + 2 * MINUTE };
    expect(rang({ ...answered, callEnd: MISSED + 2 * MINUTE + 1 })).toMatchObject({
      direction: 'inbound',
      talkMs: 1,
    });
  });

  it('is none where it was missed again, or does not say', () => {
    const waited = { waitBegin: MISSED + MINUTE, callBegin: MISSED + MINUTE, callEnd: MISSED + 2 * MINUTE };
    expect(rang(waited)).toBeNull();
    expect(rang({ ...waited, ackBegin: 0 })).toBeNull();
  });

  it('is none when it was answered before', () => {
    expect(rang({ ackBegin: MISSED, callEnd: NOW })).toBeNull();
  });
});

it('only telephone numbers are asked for', () => {
  expect(['tel:+442079460101', 'num:88880990'].map(isAskable)).toEqual([true, true]);
  expect(['social:2:1000000000000000001', 'id:50:a@example.com'].map(isAskable)).toEqual([false, false]);
});

it.each([
  ['442079460101', 'GB', ['442079460101', '02079460101']],
  ['02079460101', 'GB', ['02079460101', '442079460101']],
  ['+44 20 7946 0101', null, ['442079460101']],
  ['0044 2079460101', 'US', ['00442079460101', '442079460101']],
  ['12025550100', 'US', ['12025550100', '2025550100']],
  ['88880990', null, ['88880990']],
  ['anonymous', 'GB', []],
])('%s may have been written down in %s as %j', (callerNo, country, writings) => {
  expect(numberWritings(callerNo, country)).toEqual(writings);
});
