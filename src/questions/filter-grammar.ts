import type { CallFilter } from '../calls/filter.ts';
import type { MediaCode } from '../calls/media.ts';
import { DAY_MS } from '../calls/wall-time.ts';
import type { Cursor } from '../grammar/cursor.ts';
import { takeDuration } from '../grammar/duration.ts';
import type { Part } from '../grammar/errors.ts';
import { nearestPhrase, type Phrases, phrasesOf, takePhrase } from '../grammar/phrases.ts';

/** The words that begin a filter. */
export const FILTER_WORDS = ['caller', 'callee', 'media', 'open', 'claimed', 'done', 'wait', 'repeat first'];

/** The words after `media`, as calls/media.ts has them. */
export type MediaWords = ReadonlyMap<string, readonly MediaCode[]>;
export type MediaPhrases = Phrases<readonly MediaCode[]>;

export const mediaPhrases = (words: MediaWords): MediaPhrases =>
  phrasesOf([...words].map(([name, value]) => ({ name, value })));

/** A filter: which part of a question it is, and what it adds to the question's filter. */
export interface TakenFilter {
  part: Part;
  filter: CallFilter;
}

/** One filter; undefined where none begins. Faults: missing, unexpected, pattern-invalid, media-unknown, duration-invalid. */
export function takeFilter(cursor: Cursor, media: MediaPhrases): TakenFilter | undefined {
  const state = cursor.takeWord('open', 'claimed', 'done')?.text;
  if (state === 'open' || state === 'claimed' || state === 'done')
    return { part: 'state', filter: { state } };
  if (cursor.takeWord('caller')) return { part: 'caller', filter: { caller: takePattern(cursor) } };
  if (cursor.takeWord('callee')) return { part: 'callee', filter: { callee: takePattern(cursor) } };
  if (cursor.takeWord('media')) return { part: 'media', filter: { media: takeMedia(cursor, media) } };
  if (takeRepeatFirst(cursor)) return { part: 'order', filter: { order: 'repeat-first' } };
  if (cursor.takeWord('wait', 'waited')) return { part: 'wait', filter: { waitOverMs: takeWait(cursor) } };
  return undefined;
}

/** `repeat first`, `repeats-first`, `重复优先`. */
function takeRepeatFirst(cursor: Cursor): boolean {
  if (cursor.takeWord('重复优先', '重复来电优先')) return true;
  if (!cursor.takeWord('repeat', 'repeats', 'repeated')) return false;
  cursor.takeWord('callers');
  cursor.takeSign('-');
  if (!cursor.takeWord('first')) throw cursor.faultHere({ expected: ['first'] });
  return true;
}

const PATTERN_EXAMPLES = ['88880990', '8888*', '*0990'];
const PATTERN_SIGNS = ['*', '+', '-', '(', ')', '.', '/'];
const PATTERN = /^\*?\d{1,40}\*?$/;

/** Digits with `*` at either end for any; `+`, dashes and what else people put into numbers are left out. */
function takePattern(cursor: Cursor): string {
  cursor.takeSign(':', '=');
  if (cursor.atEnd) throw cursor.faultHere({ expected: PATTERN_EXAMPLES });
  const chunk = cursor.chunk();
  const start = cursor.position;
  let typed = '';
  do {
    const token = cursor.peek();
    const belongs =
      token && (token.kind === 'number' || token.kind === 'quoted' || cursor.isSign(PATTERN_SIGNS));
    if (!belongs) break;
    typed += token.text;
    cursor.next();
  } while (cursor.peek()?.glued);
  const pattern = typed.replace(/[^\d*\p{L}]/gu, '');
  if (!PATTERN.test(pattern) || cursor.runsOn) {
    const span = { start, end: Math.max(chunk.end, cursor.spanFrom(start).end) };
    throw cursor.fault('pattern-invalid', span, { expected: PATTERN_EXAMPLES });
  }
  return pattern;
}

/** The media to name when a word is none; there are dozens, and most of them nobody has. */
const COMMON_MEDIA = [
  'voice',
  'whatsapp',
  'wechat',
  'line',
  'messenger',
  'x',
  'telegram',
  'sms',
  'email',
  'web-chat',
];

/** Words or codes, with commas between. A comma before a space may also end the list: `media voice, open`. */
function takeMedia(cursor: Cursor, media: MediaPhrases): MediaCode[] {
  cursor.takeSign(':', '=');
  const codes = new Map<string, MediaCode>();
  const add = (found: readonly MediaCode[]) => {
    for (const code of found) codes.set(`${code.mediaType}/${code.subMediaType}`, code);
  };
  add(takeMediaWord(cursor, media) ?? takeMediaCode(cursor, media));
  while (cursor.takeSign(',', '|')) {
    const word = takeMediaWord(cursor, media);
    if (!word && !cursor.peek()?.glued) break;
    add(word ?? takeMediaCode(cursor, media));
  }
  return [...codes.values()];
}

const takeMediaWord = (cursor: Cursor, media: MediaPhrases): MediaCode[] | undefined =>
  takePhrase(cursor, media)?.values.flat();

/** A code as a number: one that is in no table yet can still be asked for. */
function takeMediaCode(cursor: Cursor, media: MediaPhrases): MediaCode[] {
  if (/^\d{1,3}$/.test(cursor.peek()?.text ?? '')) {
    return [{ mediaType: Number(cursor.next()?.text), subMediaType: null }];
  }
  const meant = nearestPhrase(cursor, media);
  const common = COMMON_MEDIA.filter((word) => media.names.includes(word));
  const facts = { expected: common.length > 0 ? common : [...media.names] };
  if (cursor.atEnd) throw cursor.faultHere(facts);
  throw cursor.fault('media-unknown', meant?.span ?? cursor.chunk(), {
    ...facts,
    ...(meant && { nearest: meant.nearest }),
  });
}

const WAIT_HINTS = { examples: ['30s', '2m'], units: ['s', 'm'] };

function takeWait(cursor: Cursor): number {
  if (!cursor.takeWord('over')) cursor.takeSign('>', ':');
  const { days, ms } = takeDuration(cursor, WAIT_HINTS);
  return days * DAY_MS + ms;
}
