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
  /**
   * When it was asked for: a range that was not over ends there, and its day may be called "today". Without it nothing is
   * called so: a digest is read tomorrow too.
   */
  askedAt?: number;
}

/** "Today, Mon 23 Nov, 00:00–14:03 Asia/Shanghai (the VDN's time)". */
export function rangeWords(range: SpokenRange, context: MessageContext): string {
  const { t } = context;
  const said = { range: dayAndTime(range, context), zone: foreign(range.timeZone, ZONE_MAX) };
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

function dayAndTime(range: SpokenRange, context: MessageContext): string {
  const { t, locale } = context;
  const { fromAt, toAt, timeZone, askedAt = toAt } = range;
  const endAt = Math.max(fromAt, Math.min(toAt, askedAt));
  const lastAt = Math.max(fromAt, endAt - 1);
  const from = clockTime(fromAt, timeZone);
  const to = clockTime(endAt, timeZone);
  const wholeDays = from === '00:00' && to === '00:00' && endAt > fromAt;
  const words = (at: number) => dayWords(at, timeZone, locale, askedAt);

  if (dayOf(fromAt, timeZone) !== dayOf(lastAt, timeZone)) {
    if (wholeDays) return t('range.days', { from: words(fromAt), to: words(lastAt) });
    return t('range.moments', { fromDay: words(fromAt), from, toDay: words(endAt), to });
  }
  const day = relativeDay(range, words(fromAt), t);
  return wholeDays ? day : t('range.partOfDay', { day, from, to });
}

function relativeDay(
  { fromAt, askedAt, timeZone }: SpokenRange,
  words: string,
  t: MessageContext['t'],
): string {
  if (askedAt === undefined) return words;
  const day = dayOf(fromAt, timeZone);
  const today = dayOf(askedAt, timeZone);
  if (day === today) return t('range.today', { day: words });
  if (day === shiftDay(today, -1)) return t('range.yesterday', { day: words });
  return words;
}
