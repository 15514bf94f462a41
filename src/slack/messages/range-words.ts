import { clockTime, dayOf, dayWords, shiftDay } from '../dates.ts';
import { foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';

const ZONE_MAX = 40;

export interface SpokenRange {
  /** Epoch ms, from inclusive, to exclusive. */
  fromAt: number;
  toAt: number;
  /** IANA. */
  timeZone: string;
  /** Whose zone it is; said only where it might be another's. */
  zoneOf?: 'vdn' | 'asker' | 'you';
}

/**
 * "today, Mon 23 Nov, 00:00–14:03 Asia/Shanghai (the VDN's time)". `nowAt` is when it was said: "today" is meant as of then,
 * and a range that was not over ends there.
 */
export function rangeWords(range: SpokenRange, nowAt: number, context: MessageContext): string {
  const { t } = context;
  const said = { range: dayAndTime(range, nowAt, context), zone: foreign(range.timeZone, ZONE_MAX) };
  switch (range.zoneOf) {
    case 'vdn':
      return t('range.zoneOfVdn', said);
    case 'asker':
      return t('range.zoneOfAsker', said);
    case 'you':
      return t('range.zoneOfYou', said);
    default:
      return t('range.zone', said);
  }
}

function dayAndTime(
  { fromAt, toAt, timeZone }: SpokenRange,
  nowAt: number,
  { t, locale }: MessageContext,
): string {
  const endAt = Math.max(fromAt, Math.min(toAt, nowAt));
  const lastAt = Math.max(fromAt, endAt - 1);
  const from = clockTime(fromAt, timeZone);
  const to = clockTime(endAt, timeZone);
  const wholeDays = from === '00:00' && to === '00:00' && endAt > fromAt;
  const words = (at: number) => dayWords(at, timeZone, locale, nowAt);

  if (dayOf(fromAt, timeZone) !== dayOf(lastAt, timeZone)) {
    if (wholeDays) return t('range.days', { from: words(fromAt), to: words(lastAt) });
    return t('range.moments', { fromDay: words(fromAt), from, toDay: words(endAt), to });
  }
  const day = relativeDay(words(fromAt), dayOf(fromAt, timeZone), dayOf(nowAt, timeZone), t);
  return wholeDays ? day : t('range.partOfDay', { day, from, to });
}

function relativeDay(words: string, day: string, today: string, t: MessageContext['t']): string {
  if (day === today) return t('range.today', { day: words });
  if (day === shiftDay(today, -1)) return t('range.yesterday', { day: words });
  return words;
}
