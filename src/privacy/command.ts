import { Cursor } from '../grammar/cursor.ts';
import { attempt, type NamedVdn, type Parsed, type Span } from '../grammar/errors.ts';
import { takeVdnPhrase, vdnNames } from '../grammar/vdn.ts';
import type { RangeSpec } from '../questions/question.ts';
import { takeRange } from '../questions/range-grammar.ts';

/** `/missed erase …` and `/missed audit …` */
export type PrivacyCommand =
  /** `callerSpan`: the caller's number or id, as typed. `vdn` null: of every VDN. */
  | { action: 'erase'; callerSpan: Span; vdn: number | null }
  | { action: 'audit'; range: RangeSpec; rangeSpan: Span; text: string };

/** As far as one export goes back, by itself. */
const LAST_MONTH: RangeSpec = { kind: 'last', days: 30, ms: 0 };

/** Reads `erase +86 10 8888 0990 vdn 159` and `audit last week`; undefined for every other command. */
export function parsePrivacy(
  text: string,
  { known }: { known: readonly NamedVdn[] },
): Parsed<PrivacyCommand> | undefined {
  const cursor = new Cursor(text);
  const word = cursor.takeWord('erase', 'audit')?.text;
  if (word === undefined || cursor.runsOn) return undefined;
  return attempt(() => (word === 'erase' ? takeErase(cursor, known) : takeAudit(cursor)));
}

function takeErase(cursor: Cursor, known: readonly NamedVdn[]): PrivacyCommand {
  const example = { expected: ['erase +86 10 8888 0990', 'erase 88880990 vdn 159'] };
  if (cursor.atEnd) throw cursor.faultHere(example);
  const start = cursor.position;
  // A number is written with spaces and signs, an id in any way: it goes on until the VDN.
  let end = start;
  while (!cursor.atEnd && !cursor.isWord(['vdn'])) {
    cursor.next();
    end = cursor.spanFrom(start).end;
  }
  if (end === start) throw cursor.faultHere(example);
  const vdn = takeVdnPhrase(cursor, vdnNames(known), known);
  if (!cursor.atEnd) throw cursor.fault('too-much', cursor.chunk());
  return { action: 'erase', callerSpan: { start, end }, vdn: vdn?.number ?? null };
}

function takeAudit(cursor: Cursor): PrivacyCommand {
  const start = cursor.position;
  if (cursor.atEnd)
    return { action: 'audit', range: LAST_MONTH, rangeSpan: { start, end: start }, text: cursor.text };
  const range = takeRange(cursor);
  if (range === undefined) {
    throw cursor.fault('unexpected', cursor.chunk(), {
      expected: ['last 7 days', 'last month', '2026-11-20'],
    });
  }
  const rangeSpan = cursor.spanFrom(start);
  if (!cursor.atEnd) throw cursor.fault('too-much', cursor.chunk());
  return { action: 'audit', range, rangeSpan, text: cursor.text };
}
