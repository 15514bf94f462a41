import type { Cursor } from './cursor.ts';
import type { Span } from './errors.ts';
import { partsOf } from './lexer.ts';
import { nearest } from './nearest.ts';

/** Names of one or more words, and what they stand for; one name may stand for several things. */
export interface Phrases<T> {
  /** By the first of their parts. */
  byFirst: ReadonlyMap<string, readonly Phrase<T>[]>;
  names: readonly string[];
  /** Parts of the longest name. */
  longest: number;
}

interface Phrase<T> {
  parts: readonly string[];
  value: T;
}

// Every command comes with the same names; hundreds of them take milliseconds to read, during which nothing is acked.
const MOST_REMEMBERED = 10_000;
const remembered = new Map<string, readonly string[]>();

function partsOfName(name: string): readonly string[] {
  let parts = remembered.get(name);
  if (parts === undefined) {
    parts = partsOf(name);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(name, parts);
  }
  return parts;
}

export function phrasesOf<T>(entries: Iterable<{ name: string; value: T }>): Phrases<T> {
  const byFirst = new Map<string, Phrase<T>[]>();
  const names: string[] = [];
  let longest = 0;
  for (const { name, value } of entries) {
    const parts = partsOfName(name);
    const [first] = parts;
    if (first === undefined) continue;
    names.push(name);
    longest = Math.max(longest, parts.length);
    const alike = byFirst.get(first);
    if (alike) alike.push({ parts, value });
    else byFirst.set(first, [{ parts, value }]);
  }
  return { byFirst, names, longest };
}

/**
 * Takes the longest name that stands here, in quotes or without, and gives all that it stands for.
 * Names of fewer than `leastParts` parts are passed over, unless they are in quotes.
 */
export function takePhrase<T>(
  cursor: Cursor,
  phrases: Phrases<T>,
  leastParts = 1,
): { values: T[]; span: Span } | undefined {
  const token = cursor.peek();
  const [first] = token?.parts ?? [];
  if (token === undefined || first === undefined) return undefined;
  const inQuotes = token.kind === 'quoted';
  const fitting = (phrases.byFirst.get(first) ?? []).filter(({ parts }) =>
    inQuotes
      ? parts.length === token.parts.length && parts.every((part, index) => part === token.parts[index])
      : parts.length >= leastParts && standsHere(cursor, parts),
  );
  const longest = Math.max(0, ...fitting.map(({ parts }) => parts.length));
  if (longest === 0) return undefined;
  cursor.skip(inQuotes ? 1 : longest);
  return {
    values: fitting.filter(({ parts }) => parts.length === longest).map(({ value }) => value),
    span: cursor.spanFrom(token.start),
  };
}

function standsHere(cursor: Cursor, parts: readonly string[]): boolean {
  const same = parts.every((part, index) => {
    const token = cursor.peek(index);
    return token !== undefined && token.kind !== 'quoted' && token.text === part;
  });
  // "Sales" does not stand in "sales2".
  const after = cursor.peek(parts.length);
  return same && (after === undefined || !after.glued || after.kind === 'sign');
}

/** The name that was probably meant by what stands here, in as many words as a name may have; `span` is what stands for it. */
export function nearestPhrase<T>(
  cursor: Cursor,
  phrases: Phrases<T>,
): { nearest: string; span: Span } | undefined {
  const start = cursor.position;
  for (let count = phrases.longest; count >= 1; count -= 1) {
    const last = cursor.peek(count - 1);
    if (last === undefined) continue;
    const typed = cursor.typed({ start, end: last.end }).replace(/^["“”„«»]|["“”„«»]$/g, '');
    const name = nearest(typed, phrases.names);
    if (name !== undefined) return { nearest: name, span: { start, end: last.end } };
  }
  return undefined;
}
