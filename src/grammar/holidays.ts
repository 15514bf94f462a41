import type { Holiday } from '../calls/business-hours.ts';
import { parseWeek } from './business-hours.ts';

/** More lines than this are no list of holidays, but a mistake. */
const MOST = 200;

const LINE = /^(?<date>\d{4}-\d{2}-\d{2})(?:[\s:：]+(?<open>\d.*))?$/;
const RANGE = /^(?<from>\d{4}-\d{2}-\d{2})\s*(?:\.\.|–|—|至|到|to)\s*(?<to>\d{4}-\d{2}-\d{2})$/;
const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_RANGE = 60;

/**
 * Reads holidays, one a line, in any order: `2026-12-25` is closed, `2026-12-24 09:00-12:00` is open then,
 * `2026-02-16..2026-02-22` is closed on each day. Or the first line that is none of them; `tooMany`: more than 200.
 */
export function readHolidays(
  text: string,
): { holidays: Holiday[] } | { wrong: string } | { tooMany: number } {
  const byDate = new Map<string, Holiday>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const read = readRange(line) ?? readDay(line);
    if (!read) return { wrong: line };
    for (const holiday of read) byDate.set(holiday.date, holiday);
    if (byDate.size > MOST) return { tooMany: MOST };
  }
  return { holidays: [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date)) };
}

function readDay(line: string): Holiday[] | undefined {
  const { date, open } = LINE.exec(line)?.groups ?? {};
  if (date === undefined || timeOf(date) === undefined) return undefined;
  if (open === undefined) return [{ date, open: [] }];
  const week = parseWeek(`Mon ${open}`);
  return week.ok ? [{ date, open: week.value[0] ?? [] }] : undefined;
}

function readRange(line: string): Holiday[] | undefined {
  const { from, to } = RANGE.exec(line)?.groups ?? {};
  const first = timeOf(from ?? '');
  const last = timeOf(to ?? '');
  if (first === undefined || last === undefined) return undefined;
  const days = (last - first) / DAY_MS + 1;
  if (days < 1 || days > LONGEST_RANGE) return undefined;
  return Array.from({ length: days }, (_, n) => ({
    date: new Date(first + n * DAY_MS).toISOString().slice(0, 10),
    open: [],
  }));
}

/** Its 00:00; undefined: there is no such day. */
function timeOf(date: string): number | undefined {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : at;
}
