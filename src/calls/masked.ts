import type { CallerDisplay } from './caller.ts';

const DOTS = '••••';
/** So many digits of a number stay hidden at least. */
const HIDDEN_LEAST = 4;

/** How many characters at the end of so many are shown: a short number or id must not be told by them. */
function shownOf(length: number): number {
  if (length >= 8) return 4;
  return length >= 6 ? 2 : 0;
}

/**
 * A caller in few enough characters that nobody can call them, and enough that whoever knows them recognises them:
 * country, area and the last four of a number (`+86 10 •••• 0990`), the last four of an id; less of a short one.
 */
export function maskedCaller({ kind, text, e164 }: CallerDisplay): string {
  const groups = e164 === null ? [] : (text.match(/\d+/g) ?? []);
  const [country, ...national] = groups;
  if (country === undefined || national.length === 0)
    return maskedEnd(kind === 'phone' ? text.replace(/\D/g, '') : text.trim());
  const [area = ''] = national;
  const digits = national.join('');
  const hidden = digits.length - area.length - shownOf(digits.length);
  const known = hidden >= HIDDEN_LEAST ? [`+${country}`, area] : [`+${country}`];
  return [...known, maskedEnd(digits)].join(' ');
}

function maskedEnd(text: string): string {
  const characters = [...text];
  const shown = shownOf(characters.length);
  return shown === 0 ? DOTS : `${DOTS} ${characters.slice(-shown).join('')}`;
}

/** A filter's pattern of a caller, of which no more is shown than of a caller: `*0990` stays, `8888*` does not. */
export function maskedPattern(pattern: string): string {
  const digits = pattern.replaceAll('*', '');
  if (pattern.endsWith('*')) return DOTS;
  if (pattern.startsWith('*') && digits.length <= HIDDEN_LEAST) return pattern;
  const shown = shownOf(digits.length);
  return shown === 0 ? DOTS : `*${digits.slice(-shown)}`;
}

/** What people typed, with whatever looks like a telephone number in it masked; days stay. */
export function maskedIn(text: string): string {
  return text.replace(DAY_OR_NUMBER, (found, day?: string) =>
    day === undefined ? maskedEnd(found.replace(/\P{Nd}/gu, '')) : found,
  );
}

/** Digits of any script, and whatever people put between them. */
const DAY_OR_NUMBER =
  /(?<!\d)(20\d\d[-/.]\d\d?[-/.]\d\d?)(?!\d)|[+＋]?\p{Nd}(?:[\s().\p{Pd}\p{Pc}\p{Cf}/·・•（）．／]{0,3}\p{Nd}){6,}/gu;

/** A question as Slack sent it, without the caller whom it asks for. */
export function maskedQuestion(asked: string): string {
  return asked
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(ASKED_CALLER, `$1${DOTS}`);
}

/** The word `caller` and what stands for one: a link that Slack made, a number in quotes, or anything up to a space. */
const ASKED_CALLER = /(caller\s*[:=]?\s*)(?:<tel:[^>]*>|["“”„«»][^"“”„«»]*["“”„«»]?|\S+)/giu;
