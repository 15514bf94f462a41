import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfDay, wallTimeAt, weekdayOf } from '../../src/calls/wall-time.ts';
import { Cursor } from '../../src/grammar/cursor.ts';
import { takeQuestion } from '../../src/questions/grammar.ts';
import { rangeOf } from '../../src/questions/range.ts';
import { clockChanges, timeZones } from '../calls/clock-changes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const utc = (text: string) => Date.parse(`${text}Z`);
// A Monday, 14:03 in Shanghai.
const NOW = utc('2026-11-23T06:03:00');

function parsed(text: string, now: number, timeZone: string, keepFromAt?: number) {
  const question = takeQuestion(new Cursor(text), { known: [], media: new Map() });
  if (question === 'help') throw new Error('No question');
  return rangeOf(question, now, timeZone, keepFromAt);
}

function range(text: string, { now = NOW, timeZone = 'Asia/Shanghai' } = {}) {
  const result = parsed(text, now, timeZone);
  if (!result.ok) throw new Error(`${text} in ${timeZone}: ${result.error.code}`);
  return result.value;
}

/** As the clock in Shanghai shows it. */
const shown = (text: string) => {
  const { fromAt, toAt } = range(text);
  const show = (at: number) =>
    new Date(wallTimeAt(at, 'Asia/Shanghai')).toISOString().slice(0, 16).replace('T', ' ');
  return [show(fromAt), show(toAt)];
};

function error(text: string, { now = NOW, timeZone = 'Asia/Shanghai' } = {}) {
  const result = parsed(text, now, timeZone);
  if (result.ok) throw new Error(`${text} is a range`);
  return result.error;
}

describe('a range', () => {
  it.each([
    ['', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['today', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['yesterday', '2026-11-22 00:00', '2026-11-23 00:00'],
    ['last 2h', '2026-11-23 12:03', '2026-11-23 14:03'],
    ['last hour', '2026-11-23 13:03', '2026-11-23 14:03'],
    ['last 7 days', '2026-11-16 14:03', '2026-11-23 14:03'],
    ['last 31 days', '2026-10-23 14:03', '2026-11-23 14:03'],
    ['this week', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['last week', '2026-11-16 00:00', '2026-11-23 00:00'],
    ['this month', '2026-11-01 00:00', '2026-11-23 14:03'],
    ['last month', '2026-10-01 00:00', '2026-11-01 00:00'],
    ['since 9:00', '2026-11-23 09:00', '2026-11-23 14:03'],
    ['since yesterday 18:00', '2026-11-22 18:00', '2026-11-23 14:03'],
    ['since 2026-11-20', '2026-11-20 00:00', '2026-11-23 14:03'],
    ['since friday', '2026-11-20 00:00', '2026-11-23 14:03'],
    ['2022-11-17', '2022-11-17 00:00', '2022-11-18 00:00'],
    ['2026-11-23', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['2022-11-17..2022-11-19', '2022-11-17 00:00', '2022-11-20 00:00'],
    ['from 2026-11-20 09:00 to 18:00', '2026-11-20 09:00', '2026-11-20 18:00'],
    ['from 2026-11-20 22:00 to 2026-11-21 06:00', '2026-11-20 22:00', '2026-11-21 06:00'],
    ['from 2026-11-20 to 2026-11-21', '2026-11-20 00:00', '2026-11-22 00:00'],
    ['from 9:00 to 18:00', '2026-11-23 09:00', '2026-11-23 14:03'],
    ['yesterday 18:00 to 24:00', '2026-11-22 18:00', '2026-11-23 00:00'],
    ['sunday', '2026-11-22 00:00', '2026-11-23 00:00'],
    ['monday', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['last monday', '2026-11-16 00:00', '2026-11-17 00:00'],
    ['wednesday..friday', '2026-11-18 00:00', '2026-11-21 00:00'],
    ['monday..friday', '2026-11-23 00:00', '2026-11-23 14:03'],
    ['2026-10-01..2026-10-31', '2026-10-01 00:00', '2026-11-01 00:00'],
  ])('"%s" is from %s to %s', (text, from, to) => {
    expect(shown(text)).toEqual([from, to]);
  });

  it.each([
    ['last 32 days', 'range-too-long'],
    ['since 2026-10-01', 'range-too-long'],
    ['2022-01-01..2022-02-01', 'range-too-long'],
    ['2026-11-24', 'range-in-future'],
    ['since 14:04', 'range-in-future'],
    ['from 2026-12-01 to 2026-12-02', 'range-in-future'],
    ['2022-11-19..2022-11-17', 'range-inverted'],
    ['from 18:00 to 9:00', 'range-inverted'],
    ['from 9:00 to 9:00', 'range-inverted'],
  ])('"%s" is refused: %s, with a hint', (text, code) => {
    const refused = error(`159 ${text}`);
    expect(refused).toMatchObject({ code, found: text, span: { start: 4, end: 4 + text.length } });
    expect(refused.expected.length).toBeGreaterThan(0);
  });

  it('that is the wrong way round is offered the right way round', () => {
    expect(error('2022-11-19..2022-11-17').nearest).toBe('2022-11-17..2022-11-19');
    expect(error('from 2022-11-19 09:00 to 2022-11-17 18:00').nearest).toBe(
      'from 2022-11-17 18:00 to 2022-11-19 09:00',
    );
  });

  it('that begins later today is offered since yesterday', () => {
    expect(error('since 14:30').nearest).toBe('since yesterday 14:30');
  });

  it('that begins before what is kept is refused, for nothing can be said of it', () => {
    const refusedFrom = (keepFromAt?: number) => parsed('159 2022-11-17', NOW, 'UTC', keepFromAt);
    const dayBegins = Date.UTC(2022, 10, 17);
    expect(refusedFrom()).toMatchObject({ ok: true });
    expect(refusedFrom(dayBegins)).toMatchObject({ ok: true });
    expect(refusedFrom(dayBegins + 1)).toMatchObject({
      ok: false,
      error: { code: 'range-too-old', found: '2022-11-17' },
    });
  });

  it('is never empty, not even at the stroke of midnight', () => {
    const midnight = utc('2026-11-22T16:00:00');
    expect(range('today', { now: midnight })).toEqual({ fromAt: midnight, toAt: midnight + 1 });
    expect(range('since 0:00', { now: midnight })).toEqual({ fromAt: midnight, toAt: midnight + 1 });
  });
});

describe('a day on which the clocks change', () => {
  const hoursOf = (text: string, timeZone: string) => {
    const { fromAt, toAt } = range(text, { timeZone });
    return (toAt - fromAt) / HOUR;
  };

  it.each([
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2025-10-05', 'Australia/Lord_Howe', 23.5],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-03-29', 'Antarctica/Troll', 22],
    ['2017-10-15', 'America/Sao_Paulo', 23],
    ['2018-02-17', 'America/Sao_Paulo', 25],
    ['2026-03-08', 'America/Havana', 23],
    ['2025-11-02', 'America/Havana', 25],
    ['2026-04-04', 'America/Santiago', 25],
  ])('%s in %s has %s hours', (day, timeZone, hours) => {
    expect(hoursOf(day, timeZone)).toBe(hours);
  });

  it('makes no 31 days too long', () => {
    expect(hoursOf('2026-10-01..2026-10-31', 'Europe/Berlin')).toBe(31 * 24 + 1);
    expect(hoursOf('2026-03-15..2026-04-14', 'Europe/Berlin')).toBe(31 * 24 - 1);
    const now = utc('2026-04-10T12:00:00');
    const { fromAt, toAt } = range('last 744h', { now, timeZone: 'Europe/Berlin' });
    expect(toAt - fromAt).toBe(744 * HOUR);
  });

  it('keeps the time of day of "last 7 days" and the length of "last 168h"', () => {
    const at = { now: utc('2026-10-26T12:00:00'), timeZone: 'Europe/Berlin' };
    expect(range('last 7 days', at).fromAt).toBe(utc('2026-10-19T11:00:00'));
    expect(range('last 168h', at).fromAt).toBe(utc('2026-10-19T12:00:00'));
  });

  it('has both passes of a time that is shown twice', () => {
    const { fromAt, toAt } = range('2026-10-25 02:30 to 02:45', { timeZone: 'Europe/Berlin' });
    expect([fromAt, toAt]).toEqual([utc('2026-10-25T00:30:00'), utc('2026-10-25T01:45:00')]);
  });

  it('begins a range at the next valid instant, and refuses one that it skipped whole', () => {
    const { fromAt } = range('2026-03-29 02:30 to 04:00', { timeZone: 'Europe/Berlin' });
    expect(fromAt).toBe(utc('2026-03-29T01:00:00'));
    expect(error('2026-03-29 02:10 to 02:50', { timeZone: 'Europe/Berlin' })).toMatchObject({
      code: 'range-skipped',
    });
    expect(error('2011-12-30', { timeZone: 'Pacific/Apia' }).code).toBe('range-skipped');
  });
});

/** Antarctica/Casey moved by three hours at once. */
const LARGEST_CHANGE = 3 * HOUR;

describe('in every zone, around every change of its clocks', () => {
  const changes = clockChanges(timeZones, Date.UTC(2015, 0, 1), Date.UTC(2028, 0, 1));
  const quiet = timeZones.map((timeZone) => ({ timeZone, at: NOW }));
  const moment = fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...changes) },
        { weight: 1, arbitrary: fc.constantFrom(...quiet) },
      ),
      fc.oneof(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.constantFrom(-HOUR, -1, 0, 1, HOUR / 2, HOUR)),
    )
    .map(([{ timeZone, at }, offset]) => ({ timeZone, now: at + offset }));
  const dayText = (wall: number) => new Date(wall).toISOString().slice(0, 10);
  const check = (property: (at: { timeZone: string; now: number }) => void) =>
    fc.assert(fc.property(moment, property), { numRuns: 600 });

  it('today begins with the day and ends now', () => {
    check((at) => {
      const { fromAt, toAt } = range('today', at);
      const today = startOfDay(wallTimeAt(at.now, at.timeZone));
      expect(toAt).toBe(Math.max(at.now, fromAt + 1));
      expect(startOfDay(wallTimeAt(fromAt, at.timeZone))).toBe(today);
      expect(startOfDay(wallTimeAt(fromAt - 1, at.timeZone))).toBeLessThan(today);
    });
  });

  it('days follow each other without a hole and without an overlap', () => {
    check((at) => {
      const now = at.now + 10 * DAY;
      const first = startOfDay(wallTimeAt(at.now, at.timeZone));
      for (const day of [first - DAY, first, first + DAY]) {
        const one = range(dayText(day), { ...at, now });
        const next = range(dayText(day + DAY), { ...at, now });
        expect(one.toAt).toBe(next.fromAt);
        expect(one.toAt - one.fromAt).toBeGreaterThanOrEqual(DAY - LARGEST_CHANGE);
        expect(one.toAt - one.fromAt).toBeLessThanOrEqual(DAY + LARGEST_CHANGE);
      }
    });
  });

  it('yesterday ends where today begins, a week has its seven days, months touch', () => {
    check((at) => {
      expect(range('yesterday', at).toAt).toBe(range('today', at).fromAt);
      const week = range('last week', at);
      expect(week.toAt).toBe(range('this week', at).fromAt);
      const monday = startOfDay(wallTimeAt(week.fromAt, at.timeZone));
      expect(weekdayOf(monday)).toBe(1);
      expect(range(dayText(monday), at).fromAt).toBe(week.fromAt);
      expect(range(`${dayText(monday)}..${dayText(monday + 6 * DAY)}`, at)).toEqual(week);
      expect(range('last month', at).toAt).toBe(range('this month', at).fromAt);
    });
  });

  it('the last hours are exact, and the last days only as much longer or shorter as the clocks were moved', () => {
    check((at) => {
      const hours = range('last 5h', at);
      expect(hours).toEqual({ fromAt: at.now - 5 * HOUR, toAt: at.now });
      const days = range('last 3 days', at);
      expect(days.toAt).toBe(at.now);
      expect(Math.abs(days.toAt - days.fromAt - 3 * DAY)).toBeLessThanOrEqual(LARGEST_CHANGE);
    });
  });

  it('a range is never empty, never inverted, never beyond now', () => {
    const text = fc.constantFrom(
      'today',
      'yesterday',
      'monday',
      'last friday',
      'since 2:30',
      'from 1:15 to 2:45',
      'last 31 days',
      'this month',
    );
    fc.assert(
      fc.property(moment, text, (at, words) => {
        const result = parsed(words, at.now, at.timeZone);
        if (!result.ok) {
          expect(['range-in-future', 'range-skipped']).toContain(result.error.code);
          return;
        }
        expect(result.value.toAt).toBeGreaterThan(result.value.fromAt);
        expect(result.value.toAt).toBeLessThanOrEqual(Math.max(at.now, result.value.fromAt + 1));
      }),
      { numRuns: 1000 },
    );
  });
});
