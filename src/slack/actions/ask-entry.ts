import { parseCommand } from '../../grammar/command.ts';
import type { GrammarError, Parsed } from '../../grammar/errors.ts';
import { takeQuestion } from '../../questions/grammar.ts';
import type { Question } from '../../questions/question.ts';
import { rangeOf } from '../../questions/range.ts';
import { zoneFor } from '../../questions/zone.ts';
import type { VdnsOfAsker } from '../commands/understood.ts';
import { escapeMrkdwn } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { grammarErrorWords } from '../messages/grammar-error.ts';
import { ASK_FILTER, ASK_OTHER, ASK_RANGE, ASK_VDN, type AskEntry } from '../views/ask.ts';

/** What the grammar reads with. */
export type ReadWith = Parameters<typeof takeQuestion>[1];

/** What is wrong, and the field to say it at. */
export interface WrongEntry {
  blockId: string;
  wrong: string;
}

/** What a form asks, and the words that would ask it; or what is wrong with it. `personZone`: the asker's, where Slack says it. */
export function questionIn(
  entry: AskEntry,
  {
    known,
    media,
    now,
    personZone,
  }: { known: VdnsOfAsker['known']; media: ReadWith['media']; now: number; personZone: string | null },
  context: MessageContext,
): { question: Question; text: string } | WrongEntry {
  const number = Number(entry.vdn);
  const named = known.find((vdn) => vdn.number === number);
  if (!/^\d+$/.test(entry.vdn) || (known.length > 0 && !named))
    return { blockId: ASK_VDN, wrong: context.t('ask.noVdn') };

  const rangeField = entry.range === 'other' ? ASK_OTHER : ASK_RANGE;
  const range = escapeMrkdwn(entry.range === 'other' ? entry.other : entry.range);
  const filter = escapeMrkdwn(entry.filter);
  const read = { known, media };
  const inFields = wrongIn(rangeField, range, read, context) ?? wrongIn(ASK_FILTER, filter, read, context);
  if (inFields) return inFields;

  const text = [`vdn ${number}`, range, filter].join(' ').trim();
  const whole = readPart(text, read);
  if (!whole.ok) return { blockId: ASK_FILTER, wrong: grammarErrorWords(whole.error, text, context) };
  const { timeZone } = zoneFor(named ?? { timeZone: null }, personZone);
  const placed = rangeOf(whole.value, now, timeZone);
  if (!placed.ok) return { blockId: rangeField, wrong: grammarErrorWords(placed.error, text, context) };
  return { question: whole.value, text };
}

function wrongIn(
  blockId: typeof ASK_OTHER | typeof ASK_RANGE | typeof ASK_FILTER,
  words: string,
  read: ReadWith,
  context: MessageContext,
): WrongEntry | undefined {
  const parsed = readPart(words, read);
  if (!parsed.ok) return { blockId, wrong: grammarErrorWords(parsed.error, words, context) };
  return fits(parsed.value, blockId) ? undefined : { blockId, wrong: context.t(`ask.${blockId}Only`) };
}

/** Reads words of a question as those of a whole one. */
export function readPart(text: string, read: ReadWith): Parsed<Question> {
  const parsed = parseCommand(text, read, { question: takeQuestion, digest: notHere });
  if (!parsed.ok) return parsed;
  if (parsed.value.kind === 'question') return { ok: true, value: parsed.value.question };
  return { ok: false, error: unknownHere(text) };
}

const notHere = (): never => {
  throw new RangeError('A form asks no digest');
};
const unknownHere = (text: string): GrammarError => ({
  code: 'unknown-word',
  span: { start: 0, end: text.length },
  found: text,
  expected: ['today', 'last 2h'],
});

/** Whether a field says what belongs into it, and nothing of another one. */
function fits({ vdn, rangeSpan, filter, private: isPrivate }: Question, blockId: string): boolean {
  const hasRange = rangeSpan.end > rangeSpan.start;
  const hasFilter = Object.keys(filter).length > 0;
  if (vdn !== null || isPrivate) return false;
  return blockId === ASK_FILTER ? !hasRange : hasRange && !hasFilter;
}
