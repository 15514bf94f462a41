import { HOUR_MS, MINUTE_MS } from '../calls/wall-time.ts';
import type { Cursor } from '../grammar/cursor.ts';
import { takeDuration, takeUnit } from '../grammar/duration.ts';
import type { Span } from '../grammar/errors.ts';
import { nearest } from '../grammar/nearest.ts';
import { atTime, takeTime } from '../grammar/time-of-day.ts';
import { INTERVALS, type Schedule } from './schedule.ts';

/** The words that begin a part of a schedule. */
export const SCHEDULE_WORDS = ['hourly', 'every', 'daily', 'weekdays', 'all-clear'];

/** One part of a schedule, and what it sets. */
export interface SchedulePart {
  part: 'schedule' | 'weekdays' | 'hours' | 'all-clear';
  schedule: Partial<Schedule>;
}

const AFTER_EVERY = ['15m', '30m', 'hour', '2h', '4h', 'day 09:00'];
const AFTER_DAILY = ['09:00'];
const HOURS_EXAMPLE = '9-18';

/**
 * `hourly`, `every 15m|30m|1h|2h|4h`, `every hour`, `daily 09:00`, `every day at 9`, `weekdays`, `9-18`, `all-clear`;
 * undefined where none of them begins. Faults: missing, unexpected, interval-unknown, time-invalid, hours-invalid.
 */
export function takeSchedulePart(cursor: Cursor): SchedulePart | undefined {
  if (cursor.takeWord('hourly')) return { part: 'schedule', schedule: { every: { minutes: 60 } } };
  if (cursor.takeWord('every')) return { part: 'schedule', schedule: { every: takeEvery(cursor) } };
  if (cursor.takeWord('daily')) return { part: 'schedule', schedule: { every: takeDailyAt(cursor) } };
  if (cursor.takeWord('weekdays', 'weekday')) return { part: 'weekdays', schedule: { weekdays: true } };
  if (takeAllClear(cursor)) return { part: 'all-clear', schedule: { allClear: true } };
  const hours = takeHours(cursor);
  return hours && { part: 'hours', schedule: { hours } };
}

function takeEvery(cursor: Cursor): Schedule['every'] {
  const one = takeUnit(cursor);
  if (one?.days === 1) return takeDailyAt(cursor);
  if (one === undefined && cursor.peek()?.kind !== 'number') {
    const meant = nearest(cursor.typed(cursor.chunk()), ['hour', 'day']);
    throw cursor.faultHere({ expected: AFTER_EVERY, ...(meant !== undefined && { nearest: meant }) });
  }
  const { days, ms, span } = one ?? takeDuration(cursor, { examples: AFTER_EVERY, units: ['m', 'h'] });
  const minutes = INTERVALS.find((interval) => days === 0 && interval * MINUTE_MS === ms);
  if (minutes === undefined) throw unknownInterval(cursor, ms, span);
  return { minutes };
}

function unknownInterval(cursor: Cursor, ms: number, span: Span) {
  const distance = (interval: number) => Math.abs(interval * MINUTE_MS - ms);
  const closest = [...INTERVALS].sort((a, b) => distance(a) - distance(b))[0] ?? 60;
  const closestMs = closest * MINUTE_MS;
  return cursor.fault('interval-unknown', span, {
    expected: AFTER_EVERY,
    nearest: closestMs < HOUR_MS ? `${closest}m` : `${closestMs / HOUR_MS}h`,
  });
}

/** `09:00`, `9`, `at 9`, `at 9pm`. */
function takeDailyAt(cursor: Cursor): Schedule['every'] {
  cursor.takeWord('at');
  const token = cursor.peek();
  // "daily 9-18" says when to be silent, not when to speak.
  const hourAlone = token?.kind === 'number' && !atTime(cursor) && !atHours(cursor);
  if (hourAlone && Number(token.text) > 23) {
    throw cursor.fault('time-invalid', cursor.chunk(), { expected: AFTER_DAILY });
  }
  const time = hourAlone ? { hour: Number(cursor.next()?.text), minute: 0 } : takeTime(cursor);
  if (time === undefined) throw cursor.faultHere({ expected: AFTER_DAILY });
  return { dailyAt: { hour: time.hour, minute: time.minute } };
}

/** `all-clear`, `all clear`, `allclear`. */
function takeAllClear(cursor: Cursor): boolean {
  if (cursor.takeWord('allclear')) return true;
  if (!cursor.isWord(['all'])) return false;
  const ahead = cursor.isSign(['-'], 1) ? 2 : 1;
  if (!cursor.isWord(['clear'], ahead)) return false;
  cursor.skip(ahead + 1);
  return true;
}

const atHours = (cursor: Cursor): boolean =>
  cursor.peek()?.kind === 'number' &&
  (cursor.isSign(['-'], 1) || (cursor.isSign([':'], 1) && cursor.isSign(['-'], 3)));

/** `9-18`, `09:00-18:00`: full hours, the last one included; `9-24` goes on to midnight. */
function takeHours(cursor: Cursor): NonNullable<Schedule['hours']> | undefined {
  if (!atHours(cursor)) return undefined;
  const start = cursor.position;
  const chunk = cursor.chunk();
  const from = takeHour(cursor);
  cursor.takeSign('-');
  if (cursor.atEnd) throw cursor.faultHere({ expected: [HOURS_EXAMPLE] });
  const to = takeHour(cursor);
  if (from === undefined || to === undefined || from >= to || to > 24) {
    const span = { start, end: Math.max(chunk.end, cursor.spanFrom(start).end) };
    throw cursor.fault('hours-invalid', span, { expected: [HOURS_EXAMPLE] });
  }
  return { from, to };
}

function takeHour(cursor: Cursor): number | undefined {
  const hour = cursor.takeNumber()?.text;
  if (cursor.takeSign(':') && !/^0+$/.test(cursor.takeNumber()?.text ?? '')) return undefined;
  return hour === undefined || hour.length > 2 ? undefined : Number(hour);
}
