import { describe, expect, it } from 'vitest';
import { overdueUntil } from '../../src/callbacks/overdue.ts';
import { addOpenMs, type BusinessHours } from '../../src/calls/business-hours.ts';
import { DAY, HOUR, MINUTE, NOON } from './made-up-calls.ts';

const nineToFive = [{ from: 9 * 60, to: 17 * 60 }];
/** Monday to Friday, in London. */
const hours: BusinessHours = {
  timeZone: 'Europe/London',
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  holidays: [],
};
const FRIDAY_CLOSING = NOON - 3 * DAY + 5 * HOUR;

describe('who should have been called back by now', () => {
  it('is nobody where nobody has said when', () => {
    expect(overdueUntil({ targetMs: null, hours }, NOON)).toBeNull();
  });

  it('is who has waited for so long, where it is always open', () => {
    expect(overdueUntil({ targetMs: HOUR, hours: null }, NOON)).toBe(NOON - HOUR);
  });

  it('counts open time only', () => {
    expect(overdueUntil({ targetMs: 2 * HOUR, hours }, NOON)).toBe(NOON - 2 * HOUR);
    // Of four hours three were this morning, the first one on Friday.
    expect(overdueUntil({ targetMs: 4 * HOUR, hours }, NOON)).toBe(FRIDAY_CLOSING - HOUR);
  });

  it('is everybody up to the border, and nobody after it', () => {
    for (const targetMs of [15 * MINUTE, HOUR, 3 * HOUR, 20 * HOUR])
      for (const now of [NOON, NOON + 7 * HOUR, NOON + 5 * DAY]) {
        const border = overdueUntil({ targetMs, hours }, now) ?? 0;
        expect(addOpenMs(hours, border, targetMs)).toBeLessThanOrEqual(now);
        expect(addOpenMs(hours, border + 1, targetMs)).toBeGreaterThan(now);
      }
  });

  it('is nobody where it never opens', () => {
    expect(
      overdueUntil({ targetMs: HOUR, hours: { ...hours, week: [[], [], [], [], [], [], []] } }, NOON),
    ).toBeNull();
  });
});
