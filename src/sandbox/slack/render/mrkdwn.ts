import { type DateReader, shownDate } from './dates.ts';

/** Who reads a message: their language and zone, and the names that they see for ids. */
export interface Reader extends DateReader {
  userName(id: string): string;
  channelName(id: string): string;
  groupName(id: string): string;
}

/** The emoji that a desk is likely to use; others stay as `:name:`. */
const EMOJI: Record<string, string> = {
  alarm_clock: '⏰',
  bell: '🔔',
  black_circle: '⚫',
  calendar: '📅',
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ',
  no_entry: '⛔',
  phone: '☎',
  telephone_receiver: '📞',
  raised_hand: '✋',
  red_circle: '🔴',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  speech_balloon: '💬',
  tada: '🎉',
  warning: '⚠',
  wave: '👋',
  x: '❌',
};

const withEmoji = (text: string) =>
  text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A `plain_text` as it is read. */
export const readablePlain = (text: string) => unescaped(withEmoji(text));

/** A text in mrkdwn as it is read in a terminal: names for ids, dates in the reader's zone, no marks of emphasis. */
export function readable(text: string, reader: Reader): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/<([^<>]+)>/g)) {
    parts.push(plainPart(text.slice(from, match.index)), token(match[1] ?? '', reader));
    from = match.index + match[0].length;
  }
  parts.push(plainPart(text.slice(from)));
  return withoutMarks(parts.join(''));
}

const plainPart = (text: string) => unescaped(withEmoji(text));

function token(inside: string, reader: Reader): string {
  const bar = inside.indexOf('|');
  const what = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  if (what.startsWith('@')) return `@${reader.userName(what.slice(1)) || label}`;
  if (what.startsWith('#')) return `#${reader.channelName(what.slice(1)) || label}`;
  if (what.startsWith('!subteam^')) return `@${reader.groupName(what.slice('!subteam^'.length)) || label}`;
  if (what.startsWith('!date^')) {
    const [, seconds = '', template = '', link = ''] = what.split('^');
    const shown = shownDate(Number(seconds), unescaped(template), label, reader);
    return link === '' ? shown : `${shown} (${link})`;
  }
  if (what.startsWith('!')) return `@${label || what.slice(1)}`;
  if (label === '' || label === what) return unescaped(what);
  return /^(tel|mailto):/.test(what) ? label : `${label} (${unescaped(what)})`;
}

/** Pairs of marks around words are dropped; a mark inside a word, in a code block or alone is text. */
function withoutMarks(text: string): string {
  return text
    .split(/```\n?([\s\S]*?)\n?```/)
    .map((part, index) => (index % 2 === 0 ? withoutPairs(part) : part))
    .join('');
}

function withoutPairs(text: string): string {
  return text.replaceAll(/(^|[\s([{"'·—–-])([*_~`])(\S(?:[^\n]*?\S)?)\2(?=$|[\s)\]}"'.,:;!?·—–-])/gm, '$1$3');
}
