import type { Cursor } from './cursor.ts';
import type { NamedVdn, Span } from './errors.ts';
import { nearestPhrase, type Phrases, phrasesOf, takePhrase } from './phrases.ts';

/** The VDN that a command names; null: it names none. `span`: where. */
export interface SaidVdn {
  number: number;
  span: Span;
}

export const HIGHEST_VDN = 5000;

export type VdnNames = Phrases<NamedVdn>;

export const vdnNames = (known: readonly NamedVdn[]): VdnNames =>
  phrasesOf(known.flatMap((vdn) => (vdn.name === null ? [] : [{ name: vdn.name, value: vdn }])));

/** `vdn 159`, `vdn North desk`; undefined where the word `vdn` does not stand. Faults: missing, vdn-out-of-range, -unknown, -ambiguous. */
export function takeVdnPhrase(
  cursor: Cursor,
  names: VdnNames,
  known: readonly NamedVdn[],
): SaidVdn | undefined {
  const start = cursor.position;
  if (!cursor.takeWord('vdn')) return undefined;
  cursor.takeSign(':', '=', '#');
  const said = takeVdnNumber(cursor) ?? takeVdnName(cursor, names);
  if (said) return { number: said.number, span: cursor.spanFrom(start) };
  const choices = known.length > 0 ? known.map(({ number, name }) => name ?? String(number)) : ['159'];
  const meant = nearestPhrase(cursor, names);
  const facts = { expected: choices, vdns: [...known] };
  if (cursor.atEnd) throw cursor.faultHere(facts);
  throw cursor.fault('vdn-unknown', meant?.span ?? cursor.chunk(), {
    ...facts,
    ...(meant && { nearest: meant.nearest }),
  });
}

/** A number that stands alone, or in quotes. Faults: vdn-out-of-range. */
export function takeVdnNumber(cursor: Cursor): SaidVdn | undefined {
  const token = cursor.peek();
  const [digits, ...more] = token?.parts ?? [];
  if (token === undefined || digits === undefined || more.length > 0 || !/^\d+$/.test(digits))
    return undefined;
  const after = cursor.peek(1);
  if (after?.glued && !(after.kind === 'sign' && /^[,;]$/.test(after.text))) return undefined;
  cursor.next();
  const span = { start: token.start, end: token.end };
  const number = Number(digits);
  if (number < 1 || number > HIGHEST_VDN) {
    throw cursor.fault('vdn-out-of-range', span, { expected: ['1', String(HIGHEST_VDN)] });
  }
  return { number, span };
}

/** A VDN's name of at least so many parts. Faults: vdn-ambiguous. */
export function takeVdnName(cursor: Cursor, names: VdnNames, leastParts = 1): SaidVdn | undefined {
  const taken = takePhrase(cursor, names, leastParts);
  const [vdn, other] = taken?.values ?? [];
  if (taken === undefined || vdn === undefined) return undefined;
  if (other !== undefined) {
    throw cursor.fault('vdn-ambiguous', taken.span, {
      expected: taken.values.map(({ number }) => `vdn ${number}`),
      vdns: taken.values,
    });
  }
  return { number: vdn.number, span: taken.span };
}
