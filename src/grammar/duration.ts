import type { Cursor } from './cursor.ts';
import type { Span } from './errors.ts';
import { nearest } from './nearest.ts';

/** A length of time as people say it: days are days of the calendar (23 to 25 hours long), the rest is exact. */
export interface Duration {
  days: number;
  ms: number;
  span: Span;
}

const UNITS: readonly { words: readonly string[]; days: number; ms: number }[] = [
  { words: ['s', 'sec', 'secs', 'second', 'seconds'], days: 0, ms: 1000 },
  { words: ['m', 'min', 'mins', 'minute', 'minutes'], days: 0, ms: 60_000 },
  { words: ['h', 'hr', 'hrs', 'hour', 'hours'], days: 0, ms: 3_600_000 },
  { words: ['d', 'day', 'days'], days: 1, ms: 0 },
  { words: ['w', 'week', 'weeks'], days: 7, ms: 0 },
];
const UNIT_WORDS = UNITS.flatMap(({ words }) => words);
const MOST_DIGITS = 6;
const MOST_DAYS = 10_000;
const DAY_MS = 86_400_000;

const unitOf = (word: string | undefined) => UNITS.find(({ words }) => words.includes(word ?? ''));

export interface DurationHints {
  examples: string[];
  /** To be put after a number that has none: `h`, ` days`. */
  units: string[];
}

/** Whether a duration stands here: a number and a unit. */
export const atDuration = (cursor: Cursor): boolean =>
  cursor.peek()?.kind === 'number' && cursor.isWord(UNIT_WORDS, 1);

/** One unit alone, as in `last hour`, `every day`: one of it. */
export function takeUnit(cursor: Cursor): Duration | undefined {
  const unit = cursor.peek()?.kind === 'word' ? unitOf(cursor.peek()?.text) : undefined;
  const token = unit && cursor.next();
  return token && { days: unit.days, ms: unit.ms, span: { start: token.start, end: token.end } };
}

/**
 * `30s`, `45 minutes`, `7 days`, `1h30m`. `hints`: what may be typed here, and the units that make sense. Faults: missing, unexpected,
 * duration-invalid (zero, or decades).
 */
export function takeDuration(cursor: Cursor, hints: DurationHints): Duration {
  const start = cursor.position;
  const duration = { days: 0, ms: 0 };
  do {
    const number = cursor.takeNumber();
    if (number === undefined) throw cursor.faultHere({ expected: hints.examples });
    const unit = unitOf(cursor.peek()?.text);
    if (unit === undefined) throw unitFault(cursor, number.text, hints);
    cursor.next();
    const count = number.text.length > MOST_DIGITS ? Number.NaN : Number(number.text);
    duration.days += count * unit.days;
    duration.ms += count * unit.ms;
  } while (cursor.peek()?.glued && atDuration(cursor));
  const span = cursor.spanFrom(start);
  const days = duration.days + duration.ms / DAY_MS;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw cursor.fault('duration-invalid', span, { expected: hints.examples });
  }
  return { ...duration, span };
}

function unitFault(cursor: Cursor, number: string, { units }: DurationHints) {
  const meant = cursor.peek()?.kind === 'word' ? nearest(cursor.peek()?.text ?? '', UNIT_WORDS) : undefined;
  const expected = units.map((unit) => `${number}${unit}`);
  return cursor.faultHere({ expected, ...(meant !== undefined && { nearest: `${number} ${meant}` }) });
}
