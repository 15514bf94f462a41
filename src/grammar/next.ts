import type { VdnWish } from './choose-vdn.ts';
import type { Cursor } from './cursor.ts';
import type { NamedVdn } from './errors.ts';
import { takeVdnName, takeVdnNumber, takeVdnPhrase, vdnNames } from './vdn.ts';

/** Reads what follows the word `next` to the end: a VDN, or nothing. Throws GrammarFault. */
export function takeNext(cursor: Cursor, known: readonly NamedVdn[]): VdnWish {
  const names = vdnNames(known);
  const said = takeVdnPhrase(cursor, names, known) ?? takeVdnNumber(cursor) ?? takeVdnName(cursor, names);
  if (!cursor.atEnd) {
    if (said) throw cursor.fault('too-much', cursor.chunk());
    throw cursor.fault('unknown-word', cursor.chunk(), { expected: ['next', 'next vdn 159'] });
  }
  return { vdn: said?.number ?? null, vdnSpan: said?.span ?? null, text: cursor.text };
}
