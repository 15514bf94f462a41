import { describe, expect, it } from 'vitest';
import { dueWindow, recordAfterDue, recordAfterRange, type SyncRules } from '../../src/sync/record.ts';
import { HOUR_MS, MINUTE_MS } from './scripted-centre.ts';

const DAY_MS = 24 * HOUR_MS;
const NINE = Date.UTC(2026, 10, 23, 9);
const rules: SyncRules = {
  overlapMs: 2 * HOUR_MS,
  lookBackMs: DAY_MS,
  lookBackEveryMs: HOUR_MS,
  retentionMs: 90 * DAY_MS,
};
/** Known from seven to nine; somebody looked back at nine. */
const record = { knownFromAt: NINE - 2 * HOUR_MS, lastEndAt: NINE, lookedBackAt: NINE };

describe('after months offline', () => {
  const now = NINE + 400 * DAY_MS;
  const window = dueWindow(record, now, NINE, rules);

  it('a due sync asks for what would be kept, although more was needed', () => {
    expect(window).toEqual({ beginAt: now - 90 * DAY_MS, endAt: now });
  });

  it('the record begins anew behind the hole', () => {
    expect(recordAfterDue(record, window, rules)).toEqual({
      knownFromAt: now - 90 * DAY_MS,
      lastEndAt: now,
      lookedBackAt: now,
    });
  });
});

describe('a complete question', () => {
  const recordAfterAsking = (beginAt: number, endAt: number, now = endAt) =>
    recordAfterRange(record, { beginAt, endAt }, now, rules);
  const MONDAY_NOON = NINE + 3 * HOUR_MS;

  it('that touches the record lets it begin earlier', () => {
    const beginAt = NINE - 20 * HOUR_MS;
    expect(recordAfterAsking(beginAt, NINE - HOUR_MS, MONDAY_NOON)).toEqual({
      ...record,
      knownFromAt: beginAt,
    });
  });

  it('about long ago does not fill what lies between', () => {
    expect(recordAfterAsking(NINE - 20 * DAY_MS, NINE - 10 * DAY_MS, MONDAY_NOON)).toEqual(record);
  });

  it('behind the last end changes nothing', () => {
    expect(recordAfterAsking(NINE + MINUTE_MS, MONDAY_NOON)).toEqual(record);
  });

  it('that reaches as far back as is looked back counts as having looked back', () => {
    const beginAt = NINE - DAY_MS;
    expect(recordAfterAsking(beginAt, MONDAY_NOON)).toEqual({
      knownFromAt: beginAt,
      lastEndAt: MONDAY_NOON,
      lookedBackAt: MONDAY_NOON,
    });
  });

  it('that reaches back a day, but not a day before somebody last looked back, does not', () => {
    expect(recordAfterAsking(MONDAY_NOON - DAY_MS, MONDAY_NOON)?.lookedBackAt).toBe(NINE);
  });

  it('whose range is past does not, however far back it goes: rows may have appeared since for what it left out', () => {
    expect(recordAfterAsking(NINE - 3 * DAY_MS, NINE - HOUR_MS, MONDAY_NOON)?.lookedBackAt).toBe(NINE);
  });
});
