import type { CallFilter } from '../calls/filter.ts';
import type { Cursor } from '../grammar/cursor.ts';
import { atDuration, takeDuration } from '../grammar/duration.ts';
import type { NamedVdn, Part, Span } from '../grammar/errors.ts';
import { nearest } from '../grammar/nearest.ts';
import { nearestPhrase } from '../grammar/phrases.ts';
import {
  type SaidVdn,
  takeVdnName,
  takeVdnNumber,
  takeVdnPhrase,
  type VdnNames,
  vdnNames,
} from '../grammar/vdn.ts';
import {
  FILTER_WORDS,
  type MediaPhrases,
  type MediaWords,
  mediaPhrases,
  takeFilter,
} from './filter-grammar.ts';
import type { Point, Question, RangeSpec } from './question.ts';
import { RANGE_WORDS, takeRange } from './range-grammar.ts';

/** What the words of a question may refer to. */
export interface QuestionContext {
  /** The VDNs that the workspace has named. */
  known: readonly NamedVdn[];
  media: MediaWords;
}

/** What a question may say, as examples. */
const EXAMPLES = [
  'vdn 159',
  'today',
  'last 2h',
  'since 9:00',
  '2026-11-20',
  'caller 8888*',
  'callee 31045665',
  'media voice',
  'open',
  'wait>30s',
  'repeat first',
  'private',
  'help',
];
const WORDS = [...RANGE_WORDS, ...FILTER_WORDS, 'private', 'help', 'vdn'];
// A name of several words wins over the command's words ("Open desk"), one of a single word does not ("Today").
const PARTS_OF_A_CLEAR_NAME = 2;

const TODAY_POINT: Point = { day: { kind: 'today' }, timeMs: null, span: { start: 0, end: 0 } };
const TODAY: RangeSpec = { kind: 'between', from: TODAY_POINT, to: TODAY_POINT };

/**
 * Reads a question to its end: VDN, range, filters and `private` in any order, each at most once; nothing at all is today.
 * Throws GrammarFault.
 */
export function takeQuestion(cursor: Cursor, context: QuestionContext): Question | 'help' {
  const read: Reader = {
    cursor,
    context,
    names: vdnNames(context.known),
    media: mediaPhrases(context.media),
  };
  const said = new Map<Part, Span>();
  let vdn: SaidVdn | undefined;
  let range: { spec: RangeSpec; span: Span } = { spec: TODAY, span: TODAY_POINT.span };
  let filter: CallFilter = {};
  for (cursor.takeSeparators(); !cursor.atEnd; cursor.takeSeparators()) {
    const start = cursor.position;
    if (cursor.takeWord('help') || cursor.takeSign('?')) return 'help';
    const taken = takePart(read);
    if (taken === undefined || cursor.runsOn) throw unknownWord(read);
    const span = cursor.spanFrom(start);
    const first = said.get(taken.part);
    if (first) throw cursor.fault('repeated', span, { part: taken.part, first });
    said.set(taken.part, span);
    if (taken.vdn) vdn = taken.vdn;
    if (taken.range) range = { spec: taken.range, span };
    filter = { ...filter, ...taken.filter };
  }
  return {
    vdn: vdn?.number ?? null,
    vdnSpan: vdn?.span ?? null,
    range: range.spec,
    rangeSpan: range.span,
    filter,
    private: said.has('private'),
    text: cursor.text,
  };
}

interface Reader {
  cursor: Cursor;
  context: QuestionContext;
  names: VdnNames;
  media: MediaPhrases;
}

interface Taken {
  part: Part;
  vdn?: SaidVdn;
  range?: RangeSpec;
  filter?: CallFilter;
}

function takePart({ cursor, context, names, media }: Reader): Taken | undefined {
  const clearName = takeVdnName(cursor, names, PARTS_OF_A_CLEAR_NAME);
  if (clearName) return { part: 'vdn', vdn: clearName };
  if (cursor.takeWord('private')) return { part: 'private' };
  const filter = takeFilter(cursor, media);
  if (filter) return filter;
  const range = takeRange(cursor);
  if (range) return { part: 'range', range };
  // "7 days" is no VDN 7.
  if (atDuration(cursor)) return undefined;
  const vdn =
    takeVdnPhrase(cursor, names, context.known) ?? takeVdnNumber(cursor) ?? takeVdnName(cursor, names);
  return vdn && { part: 'vdn', vdn };
}

function unknownWord({ cursor, context, names }: Reader) {
  const facts = { expected: EXAMPLES, vdns: [...context.known] };
  if (atDuration(cursor)) {
    const { span } = takeDuration(cursor, { examples: ['last 2h'], units: [] });
    return cursor.fault('unknown-word', span, { ...facts, nearest: `last ${cursor.typed(span)}` });
  }
  const span = cursor.chunk();
  if (cursor.isWord(['digest', 'digests'])) {
    return cursor.fault('digest-not-first', span, { expected: ['digest vdn 159 hourly'] });
  }
  const word = nearest(cursor.typed(span), WORDS);
  if (word !== undefined) return cursor.fault('unknown-word', span, { ...facts, nearest: word });
  const name = nearestPhrase(cursor, names);
  return cursor.fault('unknown-word', name?.span ?? span, {
    ...facts,
    ...(name && { nearest: name.nearest }),
  });
}
