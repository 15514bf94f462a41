import type { OpenInterval } from '../calls/business-hours.ts';
import { Cursor } from './cursor.ts';
import { attempt, type Parsed } from './errors.ts';
import { nearest } from './nearest.ts';
import { atTime, takeTime } from './time-of-day.ts';

const MINUTES_OF_DAY = 24 * 60;
const EXAMPLES = ['Mon-Fri 09:00-18:00', 'Sat 09:00-13:00', 'Sun closed'];
const HOURS_EXAMPLES = ['09:00-18:00', 'closed'];
const ENGLISH = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const SHORT = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** As people write them besides. */
const ALSO: Record<string, number> = { tues: 1, weds: 2, thur: 3, thurs: 3 };
const CHINESE_DAY = /^(?:周|星期|礼拜)([一二三四五六日天])$/;
/** A range without spaces is one word. */
const CHINESE_RANGE = /^(.+?)[至到](.+)$/;
const EVERY_DAY = ['daily', '每天', '每日'];
const CLOSED = ['closed', '休息', '关闭'];
const UP_TO = ['to', 'until', '至', '到'];
/** NFKC makes commas of full-width ones, but not of this one. */
const AND = '、';

/**
 * Reads when a VDN is open: `Mon-Fri 09:00-12:00, 13:00-18:00, Sat 9-13, Sun closed`, in English or Chinese. What ends before
 * it begins crosses midnight (`22:00-06:00`); days that are not named are closed; hours that are said again for a day are added,
 * `closed` takes back what was said before. Gives what begins on each weekday, Monday's first, in order of time.
 * Errors: missing, unexpected, unknown-word, time-invalid, hours-invalid.
 */
export function parseWeek(text: string): Parsed<OpenInterval[][]> {
  return attempt(() => {
    const cursor = new Cursor(text);
    const week: OpenInterval[][] = Array.from({ length: 7 }, () => []);
    // "closed" alone: all week.
    if (cursor.takeWord(...CLOSED)) {
      if (!cursor.atEnd) throw cursor.faultHere({ expected: [] });
      return week;
    }
    do {
      const days = takeDays(cursor);
      const open = takeHoursOfDay(cursor);
      for (const day of days) week[day] = open.length === 0 ? [] : [...(week[day] ?? []), ...open];
    } while (!cursor.atEnd);
    return week.map((open) => open.toSorted((a, b) => a.from - b.from || a.to - b.to));
  });
}

/** `Mon-Fri`, `Mon, Wed`, `daily`: their places in the week. Over the weekend too: `Fri-Mon`. */
function takeDays(cursor: Cursor): number[] {
  const days: number[] = [];
  do {
    days.push(...takeRange(cursor));
    takeCommas(cursor);
  } while (cursor.peek()?.kind === 'word' && !cursor.isWord(CLOSED));
  return days;
}

function takeRange(cursor: Cursor): number[] {
  const token = cursor.peek();
  if (cursor.takeWord(...EVERY_DAY)) return rangeOf(0, 6);
  const [from, to] = daysIn(token?.text ?? '');
  if (from === undefined) {
    const meant = nearest(cursor.typed(cursor.chunk()), [...SHORT, ...ENGLISH]);
    const facts = { expected: EXAMPLES, ...(meant !== undefined && { nearest: meant }) };
    throw token?.kind === 'word'
      ? cursor.fault('unknown-word', { start: token.start, end: token.end }, facts)
      : cursor.faultHere(facts);
  }
  cursor.next();
  if (to !== undefined) return rangeOf(from, to);
  if (!cursor.takeSign('-') && !cursor.takeWord(...UP_TO)) return [from];
  const [last] = daysIn(cursor.peek()?.text ?? '');
  if (last === undefined) throw cursor.faultHere({ expected: SHORT });
  cursor.next();
  return rangeOf(from, last);
}

/** The day that a word names, or the two that it joins: `周一至周五`. */
function daysIn(word: string): number[] {
  const one = dayOf(word);
  if (one !== undefined) return [one];
  const both = (CHINESE_RANGE.exec(word)?.slice(1) ?? []).map(dayOf).filter((day) => day !== undefined);
  return both.length === 2 ? both : [];
}

function dayOf(word: string): number | undefined {
  const [, chinese] = CHINESE_DAY.exec(word) ?? [];
  if (chinese !== undefined) return chinese === '天' ? 6 : '一二三四五六日'.indexOf(chinese);
  const known = [ENGLISH.indexOf(word), SHORT.indexOf(word), ALSO[word] ?? -1];
  return known.find((day) => day >= 0);
}

const rangeOf = (from: number, to: number): number[] =>
  Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, days) => (from + days) % 7);

/** `09:00-12:00, 13:00-18:00`, or `closed`: none. */
function takeHoursOfDay(cursor: Cursor): OpenInterval[] {
  const open: OpenInterval[] = [];
  if (cursor.takeWord(...CLOSED)) {
    takeCommas(cursor);
    return open;
  }
  do {
    open.push(takeInterval(cursor));
    takeCommas(cursor);
  } while (cursor.peek()?.kind === 'number');
  return open;
}

function takeInterval(cursor: Cursor): OpenInterval {
  const start = cursor.position;
  const from = takeMinute(cursor);
  if (!cursor.takeSign('-') && !cursor.takeWord(...UP_TO))
    throw cursor.faultHere({ expected: HOURS_EXAMPLES });
  const to = takeMinute(cursor);
  if (from === to || from === MINUTES_OF_DAY) {
    throw cursor.fault('hours-invalid', cursor.spanFrom(start), { expected: ['00:00-24:00', '22:00-06:00'] });
  }
  return { from, to: to > from ? to : to + MINUTES_OF_DAY };
}

/** `9`, `9:30`, `9am`, `24:00`. */
function takeMinute(cursor: Cursor): number {
  const token = cursor.peek();
  if (token?.kind !== 'number') throw cursor.faultHere({ expected: HOURS_EXAMPLES });
  const hourAlone = !atTime(cursor);
  const time = hourAlone
    ? { hour: Number(token.text), minute: 0, second: 0 }
    : takeTime(cursor, { midnightAs24: true });
  if (time === undefined || time.hour > 24 || time.second > 0) {
    throw cursor.fault('time-invalid', cursor.chunk(), { expected: ['9:00', '18:30', '24:00'] });
  }
  if (hourAlone) cursor.next();
  return time.hour * 60 + time.minute;
}

function takeCommas(cursor: Cursor): void {
  cursor.takeSeparators();
  while (cursor.takeSign(AND)) cursor.takeSeparators();
}
