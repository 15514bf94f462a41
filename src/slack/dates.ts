import { DAY_MS } from '../calls/wall-time.ts';
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

const DATE_AND_TIME = '{date_short_pretty} {time}';

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
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
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

/**
 * A moment for each reader, in a message that names its zone. Always with the date, which Slack shows as "today" where it is:
 * a reader far away has another day than the message is about.
 */
export function momentToken(at: number, timeZone: string): string {
  return slackDate(at, DATE_AND_TIME, `${dayOf(at, timeZone)} ${clockTime(at, timeZone)}`);
}

/** The same, and how long ago it is for whoever reads. */
export function agedMomentToken(at: number, timeZone: string): string {
  return slackDate(at, `${DATE_AND_TIME} · {ago}`, `${dayOf(at, timeZone)} ${clockTime(at, timeZone)}`);
}

/** A moment for each reader in a message that has no zone of its own. */
export function datedMomentToken(at: number, timeZone = 'UTC'): string {
  const fallback = `${dayOf(at, timeZone)} ${clockTime(at, timeZone)} ${timeZone}`;
  return slackDate(at, DATE_AND_TIME, fallback);
}
