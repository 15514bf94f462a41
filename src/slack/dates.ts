import { escapeMrkdwn } from './escape.ts';

/** Intl objects cost far more to make than to use; zones and locales are few. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  // "Mon 23 Nov" reads the same to everybody who reads English; "11/23" does not.
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** `HH:mm` in a zone. */
export function clockTime(at: number, timeZone: string): string {
  return format('en', timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** `yyyy-MM-dd` in a zone, to compare days and to name them in formats that machines read. */
export function dayOf(at: number, timeZone: string): string {
  return format('sv', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** The day before or after `yyyy-MM-dd`, in the calendar. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** "Mon 23 Nov", and the year where it is another than `nowAt`'s. */
export function dayWords(at: number, timeZone: string, locale: string, nowAt: number): string {
  const sameYear = dayOf(at, timeZone).slice(0, 4) === dayOf(nowAt, timeZone).slice(0, 4);
  const words = format(locale, timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
  return words.replace(',', '');
}

/**
 * Slack's token for a moment: each reader sees it in their own zone and habit (`{time}`, `{date_short_pretty}`, …); the fallback is
 * for clients that cannot. https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(at: number, pattern: string, fallback: string): string {
  return `<!date^${Math.floor(at / 1000)}^${pattern}|${escapeMrkdwn(fallback).replaceAll('|', ' ')}>`;
}

/** What a message's times are read against: the day that it speaks of, and the zone of the fallback text. */
export interface TimeFrame {
  /** `yyyy-MM-dd` when the message is about one day, whose times then need no date; null otherwise. */
  day: string | null;
  timeZone: string;
}

/** A range's frame: from inclusive, to exclusive (epoch ms). */
export function frameOf(range: { fromAt: number; toAt: number; timeZone: string }): TimeFrame {
  const first = dayOf(range.fromAt, range.timeZone);
  const last = dayOf(Math.max(range.fromAt, range.toAt - 1), range.timeZone);
  return { day: first === last ? first : null, timeZone: range.timeZone };
}

/** A moment for each reader, in a message that names its zone: the time alone on the frame's day, with the date otherwise. */
export function momentToken(at: number, { day, timeZone }: TimeFrame): string {
  const time = clockTime(at, timeZone);
  const dayOfIt = dayOf(at, timeZone);
  return dayOfIt === day
    ? slackDate(at, '{time}', time)
    : slackDate(at, '{date_short_pretty} {time}', `${dayOfIt} ${time}`);
}

/** A moment for each reader in a message that has no day or zone of its own. */
export function datedMomentToken(at: number, timeZone = 'UTC'): string {
  const fallback = `${dayOf(at, timeZone)} ${clockTime(at, timeZone)} ${timeZone}`;
  return slackDate(at, '{date_short_pretty} {time}', fallback);
}
