import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeChangeDigest, encodeChangeDigest } from '../../../src/slack/messages/change-digest.ts';

const hour = fc.integer({ min: 0, max: 23 });
const anyValue = fc.record({
  subscriptionNumber: fc.integer({ min: 1, max: 1_000_000 }),
  schedule: fc.record({
    every: fc.oneof(
      fc.record({
        minutes: fc.constantFrom(15 as const, 30 as const, 60 as const, 120 as const, 240 as const),
      }),
      fc.record({ dailyAt: fc.record({ hour, minute: fc.integer({ min: 0, max: 59 }) }) }),
    ),
    weekdays: fc.boolean(),
    hours: fc.option(fc.record({ from: hour, to: fc.integer({ min: 0, max: 24 }) }), { nil: null }),
    allClear: fc.boolean(),
  }),
});

describe('the value of "Change it"', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeChangeDigest(encodeChangeDigest(value))).toEqual(value);
      }),
    );
  });

  it('says number, rhythm, weekdays, hours and all-clear', () => {
    const schedule = {
      every: { dailyAt: { hour: 9, minute: 5 } },
      weekdays: true,
      hours: { from: 9, to: 18 },
      allClear: false,
    };
    expect(encodeChangeDigest({ subscriptionNumber: 7, schedule })).toBe('1.7.d0905.1.9-18.0');
  });

  it.each([
    ['another version', '2.7.m60.0.-.0'],
    ['no number', '1.0.m60.0.-.0'],
    ['an interval that is not offered', '1.7.m20.0.-.0'],
    ['a time that no clock shows', '1.7.d2400.0.-.0'],
    ['hours that no day has', '1.7.m60.0.9-25.0'],
    ['something behind it', '1.7.m60.0.-.0.1'],
    ['no text', null],
  ])('is refused with %s', (_, text) => expect(decodeChangeDigest(text)).toBeUndefined());
});
