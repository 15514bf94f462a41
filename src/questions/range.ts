import {
  DAY_MS,
  firstInstantOf,
  lastInstantOf,
  startOfDay,
  type WallTime,
  wallTimeAt,
  weekdayOf,
} from '../calls/wall-time.ts';
import type { GrammarError, GrammarErrorCode, Parsed, Span } from '../grammar/errors.ts';
import type { DaySpec, Point, Question, RangeSpec } from './question.ts';

/** A question goes back no further than this at once. */
const LONGEST_RANGE_DAYS = 31;

/** Epoch ms; from inclusive, to exclusive; never empty. */
export interface Range {
  fromAt: number;
  toAt: number;
}

/**
 * The instants of a question's range, at `now` and by the clocks of `timeZone` (IANA). It ends at `now` at the latest.
 * A day is 00:00 to 00:00 on that clock, however long; where the clock skips a time the next valid instant counts, where it
 * repeats one, a range begins with the first and ends with the last. Weeks begin on Monday.
 * `keepFromAt`: calls that are older are not kept, so nothing can be said of them.
 * Errors: range-too-long, range-in-future, range-inverted, range-skipped, range-too-old.
 */
export function rangeOf(
  question: Pick<Question, 'range' | 'rangeSpan' | 'text'>,
  now: number,
  timeZone: string,
  keepFromAt = Number.NEGATIVE_INFINITY,
): Parsed<Range> {
  const { range: spec, rangeSpan, text } = question;
  const fault = (code: GrammarErrorCode, span: Span, expected: string[], nearest?: string): Parsed<never> => {
    const found = text.slice(span.start, span.end);
    const error: GrammarError = { code, span, found, expected };
    return { ok: false, error: nearest === undefined ? error : { ...error, nearest } };
  };

  const bounds = boundsOf(spec, now, timeZone);
  const { fromAt, toAt } = bounds;
  if (bounds.toWall <= bounds.fromWall) {
    return fault('range-inverted', rangeSpan, ['from 9:00 to 18:00'], turnedRound(spec, text));
  }
  if (fromAt > now) {
    return fault('range-in-future', rangeSpan, ['today', 'yesterday', 'last 2h'], dayBefore(spec, text));
  }
  if (toAt <= fromAt) return fault('range-skipped', rangeSpan, ['today', 'yesterday']);
  const range = { fromAt, toAt: Math.max(Math.min(toAt, now), fromAt + 1) };
  if (isTooLong(range, timeZone)) {
    return fault('range-too-long', rangeSpan, [`last ${LONGEST_RANGE_DAYS} days`, 'last week', 'last month']);
  }
  if (fromAt < keepFromAt)
    return fault('range-too-old', rangeSpan, ['this month', `last ${LONGEST_RANGE_DAYS} days`]);
  return { ok: true, value: range };
}

/** Where a range begins and ends: as shown by the clock, to tell what is wrong with it, and as instants. */
interface Bounds extends Range {
  fromWall: WallTime;
  toWall: WallTime;
}

function boundsOf(spec: RangeSpec, now: number, timeZone: string): Bounds {
  const nowWall = wallTimeAt(now, timeZone);
  const today = startOfDay(nowWall);
  const days = (fromWall: WallTime, toWall: WallTime): Bounds => ({
    fromWall,
    toWall,
    fromAt: firstInstantOf(fromWall, timeZone),
    // Where midnight is shown twice the next day begins with the first one.
    toAt: firstInstantOf(toWall, timeZone),
  });
  switch (spec.kind) {
    case 'last': {
      const fromAt =
        (spec.days === 0 ? now : firstInstantOf(nowWall - spec.days * DAY_MS, timeZone)) - spec.ms;
      return { fromAt, toAt: now, fromWall: nowWall - spec.days * DAY_MS - spec.ms, toWall: nowWall };
    }
    case 'week': {
      const monday = today - (weekdayOf(today) - 1) * DAY_MS;
      const from = spec.which === 'this' ? monday : monday - 7 * DAY_MS;
      return days(from, from + 7 * DAY_MS);
    }
    case 'month': {
      const back = spec.which === 'this' ? 0 : 1;
      return days(startOfMonth(today, -back), startOfMonth(today, 1 - back));
    }
    case 'between':
      return between(spec.from, spec.to, { now, nowWall, today, timeZone });
  }
}

interface Moment {
  now: number;
  nowWall: WallTime;
  today: WallTime;
  timeZone: string;
}

function between(from: Point, to: Point | null, { now, nowWall, today, timeZone }: Moment): Bounds {
  const fromDay = from.day ? dayOf(from.day, today) : today;
  const fromWall = fromDay + (from.timeMs ?? 0);
  const begin = { fromWall, fromAt: firstInstantOf(fromWall, timeZone) };
  // Whether that lies ahead is another question than whether it is the wrong way round.
  if (to === null) {
    return { ...begin, toWall: Math.max(nowWall, fromWall + 1), toAt: Math.max(now, begin.fromAt + 1) };
  }
  const toDay = to.day ? endDayOf(to.day, from.day, fromDay, today) : fromDay;
  if (to.timeMs === null) {
    const toWall = toDay + DAY_MS;
    return { ...begin, toWall, toAt: firstInstantOf(toWall, timeZone) };
  }
  const toWall = toDay + to.timeMs;
  return { ...begin, toWall, toAt: lastInstantOf(toWall, timeZone) };
}

function dayOf(day: DaySpec, today: WallTime): WallTime {
  switch (day.kind) {
    case 'today':
      return today;
    case 'yesterday':
      return today - DAY_MS;
    case 'weekday': {
      const daysAgo = (weekdayOf(today) - day.weekday + 7) % 7;
      return today - (daysAgo === 0 && day.beforeToday ? 7 : daysAgo) * DAY_MS;
    }
    case 'date':
      return Date.UTC(day.year, day.month - 1, day.day);
  }
}

/** In `monday..friday` the Friday is the one after that Monday, not the latest. */
function endDayOf(day: DaySpec, from: DaySpec | null, fromDay: WallTime, today: WallTime): WallTime {
  if (day.kind !== 'weekday' || from?.kind !== 'weekday') return dayOf(day, today);
  return fromDay + ((day.weekday - weekdayOf(fromDay) + 7) % 7) * DAY_MS;
}

function startOfMonth(wall: WallTime, monthsOn: number): WallTime {
  const date = new Date(wall);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsOn, 1);
}

/** By the calendar or by the clock, whichever is kinder: 31 days may have an hour more. */
function isTooLong({ fromAt, toAt }: Range, timeZone: string): boolean {
  const most = LONGEST_RANGE_DAYS * DAY_MS;
  return toAt - fromAt > most && wallTimeAt(toAt, timeZone) - wallTimeAt(fromAt, timeZone) > most;
}

/** `since 14:30`, asked at 14:03, as `since yesterday 14:30`. */
function dayBefore(spec: RangeSpec, text: string): string | undefined {
  if (spec.kind !== 'between' || spec.to !== null || spec.from.day !== null) return undefined;
  return `since yesterday ${text.slice(spec.from.span.start, spec.from.span.end)}`;
}

/** `2022-11-19..2022-11-17` as `2022-11-17..2022-11-19`. */
function turnedRound(spec: RangeSpec, text: string): string | undefined {
  if (spec.kind !== 'between' || spec.to === null) return undefined;
  const { from, to } = spec;
  if (from.day?.kind !== 'date' || to.day?.kind !== 'date') return undefined;
  const typed = ({ span }: Point) => text.slice(span.start, span.end);
  return from.timeMs === null && to.timeMs === null
    ? `${typed(to)}..${typed(from)}`
    : `from ${typed(to)} to ${typed(from)}`;
}
