import type { Cursor } from '../grammar/cursor.ts';
import { takeDuration, takeUnit } from '../grammar/duration.ts';
import { nearest } from '../grammar/nearest.ts';
import { atTime } from '../grammar/time-of-day.ts';
import { DAY_WORDS, takePoint, takeWeekday } from './point-grammar.ts';
import type { Point, RangeSpec } from './question.ts';

/** The words that begin a range. */
export const RANGE_WORDS = [...DAY_WORDS, 'last', 'this', 'since', 'from'];

const AFTER_LAST = ['2h', '30m', '7 days', 'week', 'month', 'monday'];
const AFTER_SINCE = ['9:00', 'yesterday', '2026-11-20', '2026-11-20 09:00'];
const AFTER_TO = ['18:00', 'today', '2026-11-20', '2026-11-20 18:00'];
const END_WORDS = ['to', 'until', 'till'];

/** A range of time; undefined where none begins. Faults: missing, unexpected, date-, time- and duration-invalid. */
export function takeRange(cursor: Cursor): RangeSpec | undefined {
  if (cursor.takeWord('last', 'past')) return takeAfterLast(cursor);
  if (cursor.takeWord('this')) return takeAfterThis(cursor);
  if (cursor.takeWord('since', 'from')) {
    const from = takePoint(cursor, { isEnd: false });
    if (from === undefined) throw unexpected(cursor, AFTER_SINCE, DAY_WORDS);
    return { kind: 'between', from, to: takeEnd(cursor) ?? null };
  }
  const timeAlone = atTime(cursor);
  const from = takePoint(cursor, { isEnd: false });
  if (from === undefined) return undefined;
  const to = takeEnd(cursor);
  if (to !== undefined) return { kind: 'between', from, to };
  if (from.timeMs === null) return { kind: 'between', from, to: from };
  // A time without an end says too little: since then, or that minute?
  const since = `since ${cursor.typed(from.span)}`;
  const facts = { expected: ['to 18:00', since], nearest: since };
  throw timeAlone ? cursor.fault('unexpected', from.span, facts) : cursor.faultHere(facts);
}

function takeAfterLast(cursor: Cursor): RangeSpec {
  const start = cursor.position;
  if (cursor.takeWord('week')) return { kind: 'week', which: 'last' };
  if (cursor.takeWord('month')) return { kind: 'month', which: 'last' };
  const unit = takeUnit(cursor);
  if (unit) return { kind: 'last', days: unit.days, ms: unit.ms };
  const weekday = takeWeekday(cursor);
  if (weekday !== undefined) {
    const day: Point = {
      day: { kind: 'weekday', weekday, beforeToday: true },
      timeMs: null,
      span: cursor.spanFrom(start),
    };
    return { kind: 'between', from: day, to: day };
  }
  if (cursor.peek()?.kind !== 'number') {
    throw unexpected(cursor, AFTER_LAST, ['week', 'month', 'hour', 'day', ...DAY_WORDS]);
  }
  const { days, ms } = takeDuration(cursor, { examples: AFTER_LAST, units: ['m', 'h', ' days'] });
  return { kind: 'last', days, ms };
}

function takeAfterThis(cursor: Cursor): RangeSpec {
  if (cursor.takeWord('week')) return { kind: 'week', which: 'this' };
  if (cursor.takeWord('month')) return { kind: 'month', which: 'this' };
  throw unexpected(cursor, ['week', 'month'], ['week', 'month']);
}

/** `to 18:00`, `..2022-11-19`, `- 2022-11-19`; undefined where no end begins. */
function takeEnd(cursor: Cursor): Point | undefined {
  if (!cursor.takeWord(...END_WORDS) && !cursor.takeSign('..', '-')) return undefined;
  const to = takePoint(cursor, { isEnd: true });
  if (to === undefined) throw unexpected(cursor, AFTER_TO, DAY_WORDS);
  return to;
}

function unexpected(cursor: Cursor, expected: string[], words: readonly string[]) {
  const meant = nearest(cursor.typed(cursor.chunk()), words);
  return cursor.faultHere({ expected, ...(meant !== undefined && { nearest: meant }) });
}
