import type { OpenInterval } from '../../calls/business-hours.ts';
import type { MessageContext } from '../i18n.ts';
import { twoDigits } from './schedule-words.ts';

const MINUTES_OF_DAY = 24 * 60;
const DAYS = [
  'hours.day.1',
  'hours.day.2',
  'hours.day.3',
  'hours.day.4',
  'hours.day.5',
  'hours.day.6',
  'hours.day.7',
] as const;

/** A week as people read it, and as `parseWeek` reads it again: "Mon-Fri 09:00-12:00, 13:00-18:00, Sat 09:00-13:00"; "closed" where it never opens. */
export function hoursWords(week: readonly (readonly OpenInterval[])[], { t }: MessageContext): string {
  const groups: { from: string; to: string; open: string }[] = [];
  for (const [index, key] of DAYS.entries()) {
    const day = t(key);
    const open = (week[index] ?? []).map(intervalWords).join(t('schedule.comma'));
    const last = groups.at(-1);
    if (last?.open === open) last.to = day;
    else groups.push({ from: day, to: day, open });
  }
  const words = groups
    .filter(({ open }) => open !== '')
    .map(({ from, to, open }) => `${from === to ? from : t('hours.days', { from, to })} ${open}`);
  return words.join(t('schedule.comma')) || t('hours.closed');
}

/** "09:00-18:00"; what crosses midnight ends at a time of the next day: "22:00-06:00". */
export const intervalWords = ({ from, to }: OpenInterval): string =>
  `${minuteWords(from)}-${minuteWords(to > MINUTES_OF_DAY ? to - MINUTES_OF_DAY : to)}`;

const minuteWords = (minute: number): string =>
  `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
