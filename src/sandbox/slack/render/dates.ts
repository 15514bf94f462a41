/** Who reads: dates and times are theirs. `now` is epoch milliseconds. */
export interface DateReader {
  locale: string;
  tz: string;
  now: number;
}

const DAY_MS = 86_400_000;

/** The day in the reader's zone, as a number that grows by one a day. */
function dayOf(at: number, tz: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: tz, dateStyle: 'short' }).format(at);
  return Date.parse(`${parts}T00:00:00Z`) / DAY_MS;
}

/** `2022-11-17` in the reader's zone. */
const dateNumber = (at: number, { tz }: DateReader) =>
  new Date(dayOf(at, tz) * DAY_MS).toISOString().slice(0, 10);

/** "today", "yesterday" or "tomorrow" in the reader's language; undefined for any other day. */
function nearDay(at: number, { locale, tz, now }: DateReader): string | undefined {
  const days = dayOf(at, tz) - dayOf(now, tz);
  return Math.abs(days) > 1
    ? undefined
    : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function ago(at: number, { locale, now }: DateReader): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const seconds = Math.round((at - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

const style =
  (options: Intl.DateTimeFormatOptions) =>
  (at: number, { locale, tz }: DateReader) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: tz }).format(at);

type Token = (at: number, reader: DateReader) => string;

const date = style({ month: 'long', day: 'numeric' });
const dateShort = style({ dateStyle: 'medium' });
const dateLong = style({ dateStyle: 'full' });
const dayDivider = style({ weekday: 'long', month: 'long', day: 'numeric' });

const near =
  (otherwise: Token): Token =>
  (at, reader) =>
    nearDay(at, reader) ?? otherwise(at, reader);

/** The tokens that Slack documents for `<!date^…>`. */
const TOKENS: Record<string, Token> = {
  date_num: dateNumber,
  date_slash: style({ year: 'numeric', month: '2-digit', day: '2-digit' }),
  date,
  date_pretty: near(date),
  date_short: dateShort,
  date_short_pretty: near(dateShort),
  date_long: dateLong,
  date_long_pretty: near(dateLong),
  date_long_full: style({ dateStyle: 'long' }),
  day_divider_pretty: near(dayDivider),
  time: style({ timeStyle: 'short' }),
  time_secs: style({ timeStyle: 'medium' }),
  ago,
};

/** What a reader sees of `<!date^seconds^template|fallback>`: the fallback where a token is not one of Slack's. */
export function shownDate(seconds: number, template: string, fallback: string, reader: DateReader): string {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const isRight = Number.isSafeInteger(seconds) && names.length > 0;
  if (!isRight || names.some((name) => !Object.hasOwn(TOKENS, name))) return fallback;
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => TOKENS[name]?.(seconds * 1000, reader) ?? '');
}
