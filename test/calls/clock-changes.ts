import { tzOffset } from '@date-fns/tz';

/** An instant at which the clocks of a zone are put forward or back. */
export interface ClockChange {
  timeZone: string;
  at: number;
  beforeMs: number;
  afterMs: number;
}

export const timeZones = Intl.supportedValuesOf('timeZone');

/** Zones whose clocks do what others' never do. */
export const oddTimeZones = [
  'America/Sao_Paulo', // skipped midnight until 2018
  'America/Havana', // skips 00:00–01:00, repeats it
  'America/Santiago', // repeats 23:00–24:00
  'Africa/Cairo', // skips midnight
  'Asia/Beirut', // skips midnight
  'Australia/Lord_Howe', // half an hour
  'Antarctica/Troll', // two hours
  'Asia/Kathmandu', // +05:45
  'Pacific/Chatham', // +12:45/+13:45
  'Africa/Casablanca', // back for Ramadan
  'Europe/Berlin',
  'America/New_York',
  'UTC',
];

const WEEK_MS = 7 * 86_400_000;
const offsetOf = (timeZone: string, at: number) => Math.round(tzOffset(timeZone, new Date(at)) * 60_000);

/** All changes of the clocks between two instants, to the second. Found by looking every week, since none come closer together. */
export function clockChanges(zones: readonly string[], from: number, to: number): ClockChange[] {
  return zones.flatMap((timeZone) => {
    const changes: ClockChange[] = [];
    for (let at = from; at < to; at += WEEK_MS) {
      const beforeMs = offsetOf(timeZone, at);
      const afterMs = offsetOf(timeZone, at + WEEK_MS);
      if (beforeMs === afterMs) continue;
      let early = at / 1000;
      let late = (at + WEEK_MS) / 1000;
      while (late - early > 1) {
        const middle = Math.floor((early + late) / 2);
        if (offsetOf(timeZone, middle * 1000) === beforeMs) early = middle;
        else late = middle;
      }
      changes.push({ timeZone, at: late * 1000, beforeMs, afterMs });
    }
    return changes;
  });
}
