import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWallTime, isWallTime } from '../../src/calls/times.ts';
import { wallTimeAt } from '../../src/calls/wall-time.ts';

const at = (iso: string) => Date.parse(iso);

describe('fromWallTime', () => {
  it('reads the documented times as UTC', () => {
    expect(fromWallTime('2022-11-17 23:44:13', 'UTC')).toBe(at('2022-11-17T23:44:13Z'));
  });

  it('reads them in the zone of a contact centre that answers in local time', () => {
    expect(fromWallTime('2022-11-17 23:44:13', 'America/Sao_Paulo')).toBe(at('2022-11-18T02:44:13Z'));
    expect(fromWallTime('2026-07-01 00:00:00', 'Asia/Kathmandu')).toBe(at('2026-06-30T18:15:00Z'));
  });

  it('takes a time that the clock skips for the instant of the skip', () => {
    expect(fromWallTime('2026-03-29 02:30:00', 'Europe/Berlin')).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('takes the first of two instants that have the same wall time', () => {
    expect(fromWallTime('2026-10-25 02:30:00', 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('takes the second of them where the first is too early', () => {
    const began = fromWallTime('2026-10-25 02:59:50', 'Europe/Berlin');
    expect(fromWallTime('2026-10-25 02:00:20', 'Europe/Berlin', began)).toBe(at('2026-10-25T01:00:20Z'));
  });

  it('keeps to the first where both are too early', () => {
    const notBefore = at('2026-11-01T00:00:00Z');
    expect(fromWallTime('2026-10-25 02:30:00', 'Europe/Berlin', notBefore)).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('undoes what the clock on the wall shows, at any second and in any zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const seconds = fc.integer({
      min: at('2020-01-01T00:00:00Z') / 1000,
      max: at('2030-01-01T00:00:00Z') / 1000,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), seconds, (zone, second) => {
        const instant = second * 1000;
        const shown = new Date(wallTimeAt(instant, zone)).toISOString().slice(0, 19).replace('T', ' ');
        // Told that it is not before that instant, it finds that very one, also in a repeated hour.
        expect(fromWallTime(shown, zone, instant)).toBe(instant);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['2026-03-29', '2026-03-29T02:30:00', '29.03.2026 02:30:00', '', ' 2026-03-29 02:30:00'])(
    'refuses another form (%j) without repeating it',
    (text) => {
      expect(() => fromWallTime(text, 'UTC')).toThrow(
        new RangeError('A time is not of the form yyyy-MM-dd HH:mm:ss'),
      );
    },
  );

  it('refuses a zone that there is not', () => {
    expect(() => fromWallTime('2026-03-29 02:30:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('isWallTime', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  const field = (max: number) => fc.integer({ min: 0, max }).map(two);

  it('knows every day that there is, and no other', () => {
    const years = fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0'));
    const texts = fc
      .tuple(years, field(14), field(33), field(25), field(61), field(61))
      .map(
        ([year, month, day, hour, minute, second]) => `${year}-${month}-${day} ${hour}:${minute}:${second}`,
      );
    fc.assert(
      fc.property(texts, (text) => {
        const iso = `${text.replace(' ', 'T')}Z`;
        const asDate = Date.parse(iso);
        // 30 February is 2 March to a Date.
        const isThere = !Number.isNaN(asDate) && new Date(asDate).toISOString() === iso.replace('Z', '.000Z');
        expect(isWallTime(text)).toBe(isThere);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['2026-03-29', '2026-03-29T02:30:00', '2026-3-29 02:30:00', '2026-03-29 02:30:00 ', ''])(
    'knows its form (%j is another)',
    (text) => {
      expect(isWallTime(text)).toBe(false);
    },
  );
});
