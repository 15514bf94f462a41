import type { Cursor } from './cursor.ts';
import type { Span } from './errors.ts';

export interface TimeOfDay {
  /** 0 to 23; 24 only as 24:00 and only where asked for. */
  hour: number;
  minute: number;
  second: number;
  span: Span;
}

const EXAMPLES = ['9:00', '18:30'];
const HALVES = ['am', 'pm'];

/** Whether a time of day stands here: `9:00`, `9am`. */
export const atTime = (cursor: Cursor): boolean =>
  cursor.peek()?.kind === 'number' &&
  ((cursor.isSign([':'], 1) && cursor.peek(1)?.glued === true) || cursor.isWord(HALVES, 1));

/** `9:00`, `09:30:15`, `9am`, `9:30 pm`; undefined where none stands. Faults: time-invalid. */
export function takeTime(cursor: Cursor, options: { midnightAs24?: boolean } = {}): TimeOfDay | undefined {
  if (!atTime(cursor)) return undefined;
  const chunk = cursor.chunk();
  const start = cursor.position;
  const hourText = cursor.takeNumber()?.text ?? '';
  const minuteText = takeAfterColon(cursor) ?? (cursor.isWord(HALVES) ? '00' : '');
  const secondText = takeAfterColon(cursor) ?? '00';
  const half = cursor.takeWord(...HALVES)?.text;
  const span = cursor.spanFrom(start);
  const hour = hourOf(Number(hourText), half);
  const minute = Number(minuteText);
  const second = Number(secondText);
  const wellFormed = /^\d{1,2}$/.test(hourText) && /^\d\d$/.test(minuteText) && /^\d\d$/.test(secondText);
  const isMidnight = options.midnightAs24 === true && hour === 24 && minute === 0 && second === 0;
  if (!wellFormed || !(hour < 24 || isMidnight) || minute > 59 || second > 59) {
    throw cursor.fault('time-invalid', { start, end: Math.max(span.end, chunk.end) }, { expected: EXAMPLES });
  }
  return { hour, minute, second, span };
}

function takeAfterColon(cursor: Cursor): string | undefined {
  if (!cursor.isSign([':']) || cursor.peek()?.glued !== true) return undefined;
  cursor.next();
  return cursor.peek()?.glued === true ? (cursor.takeNumber()?.text ?? '') : '';
}

/** 12am is 0, 12pm is 12; NaN for 13pm. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}
