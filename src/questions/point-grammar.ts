import type { Cursor } from '../grammar/cursor.ts';
import { takeTime } from '../grammar/time-of-day.ts';
import type { DaySpec, Point } from './question.ts';

const WEEKDAYS: readonly (readonly string[])[] = [
  ['monday', 'mon'],
  ['tuesday', 'tue', 'tues'],
  ['wednesday', 'wed'],
  ['thursday', 'thu', 'thur', 'thurs'],
  ['friday', 'fri'],
  ['saturday', 'sat'],
  ['sunday', 'sun'],
];
/** The words that begin a day, in full. */
export const DAY_WORDS = ['today', 'yesterday', ...WEEKDAYS.flatMap(([name = '']) => [name])];

const DATE_EXAMPLE = '2026-11-20';
const DATE_SIGNS = ['-', '/'];
// A year before is a slip of the finger: no contact centre keeps calls of then.
const EARLIEST_YEAR = 2000;

/** A day with or without a time, or a time alone; undefined where none stands. Faults: date-invalid, time-invalid. */
export function takePoint(cursor: Cursor, options: { isEnd: boolean }): Point | undefined {
  const start = cursor.position;
  const day = takeDay(cursor);
  if (day !== undefined) takeBetweenDayAndTime(cursor);
  const time = takeTime(cursor, { midnightAs24: options.isEnd });
  if (day === undefined && time === undefined) return undefined;
  const timeMs = time ? ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 : null;
  return { day: day ?? null, timeMs, span: cursor.spanFrom(start) };
}

/** `monday`, `mon`: 1, up to 7. */
export function takeWeekday(cursor: Cursor): number | undefined {
  const index = WEEKDAYS.findIndex((words) => cursor.isWord(words));
  if (index < 0) return undefined;
  cursor.next();
  return index + 1;
}

function takeDay(cursor: Cursor): DaySpec | undefined {
  if (cursor.takeWord('today')) return { kind: 'today' };
  if (cursor.takeWord('yesterday')) return { kind: 'yesterday' };
  const weekday = takeWeekday(cursor);
  if (weekday !== undefined) return { kind: 'weekday', weekday, beforeToday: false };
  return takeDate(cursor);
}

/** `2026-11-20`, also `2026/11/20`. Anything else of digits and dashes is refused here, as no other rule wants it. */
function takeDate(cursor: Cursor): DaySpec | undefined {
  const start = cursor.position;
  const looksLikeOne =
    cursor.peek()?.kind === 'number' &&
    cursor.isSign(DATE_SIGNS, 1) &&
    cursor.peek(1)?.glued &&
    cursor.peek(2)?.glued;
  if (!looksLikeOne) return undefined;
  const chunk = cursor.chunk();
  const [year = '', month = '', day = ''] = [
    cursor.takeNumber(),
    takeDatePart(cursor),
    takeDatePart(cursor),
  ].map((token) => token?.text ?? '');
  const wellFormed = /^\d{4}$/.test(year) && /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day);
  const spec = { kind: 'date', year: Number(year), month: Number(month), day: Number(day) } as const;
  if (!wellFormed || !isDate(spec)) {
    // Of a range, its own half only.
    const span = wellFormed ? cursor.spanFrom(start) : chunk;
    throw cursor.fault('date-invalid', span, { expected: [DATE_EXAMPLE] });
  }
  return spec;
}

function takeDatePart(cursor: Cursor) {
  if (!cursor.isSign(DATE_SIGNS) || !cursor.peek()?.glued || !cursor.peek(1)?.glued) return undefined;
  cursor.next();
  return cursor.takeNumber();
}

function isDate({ year, month, day }: { year: number; month: number; day: number }): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= EARLIEST_YEAR && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `2026-11-20 at 9:00`, and `2026-11-20T09:00` as machines write it. */
function takeBetweenDayAndTime(cursor: Cursor): void {
  if (!cursor.isWord(['at', 't'])) return;
  const afterIt = cursor.peek(1)?.kind === 'number' && cursor.isSign([':'], 2);
  if (afterIt || cursor.isWord(['am', 'pm'], 2)) cursor.next();
}
