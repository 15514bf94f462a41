import { type Character, charactersOf } from './characters.ts';
import type { Span } from './errors.ts';

/**
 * A piece of a command, in plain lower case. `word`: letters; `number`: the digits 0–9; `quoted`: a name in quotes or a
 * telephone number that Slack made a link of; `sign`: any other single character, or `..`.
 */
export interface Token extends Span {
  kind: 'word' | 'number' | 'quoted' | 'sign';
  text: string;
  /** The texts of what stands between the quotes; of other tokens, their own. */
  parts: string[];
  /** No space before it. */
  glued: boolean;
}

/** Reads a command. Never fails: what makes no sense is a sign that no rule expects. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const piece of piecesOf(text)) {
    const characters = charactersOf(text, piece.start, piece.end);
    const glued = tokens.length > 0 && tokens.at(-1)?.end === piece.outerStart;
    if (piece.kind === 'quoted') {
      const span = { start: piece.outerStart, end: piece.outerEnd };
      tokens.push(quoted(characters, span, glued));
    } else {
      tokens.push(...scan(characters, glued));
    }
  }
  return withoutPunctuation(tokens);
}

/** The texts of a name's tokens: two names are the same when these are. */
export const partsOf = (name: string): string[] => tokensOf(name).flatMap((token) => token.parts);

interface Piece extends Span {
  kind: 'text' | 'quoted';
  /** With the markup around it. */
  outerStart: number;
  outerEnd: number;
}

// https://docs.slack.dev/messaging/formatting-message-text: <@U…>, <!here>, <#C…|name>, <tel:…|…>, <https://…|…>.
const markup =
  /<(?:(?<mention>[@!][^<>]*)|(?<target>#|tel:|mailto:|https?:)(?<address>[^<>|]*)(?:\|(?<label>[^<>]*))?)>/g;

/** The text between Slack's markup, and what people see of the markup; mentions of people are for Slack, not for us. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const addText = (end: number) => {
    if (end > at) pieces.push({ kind: 'text', start: at, end, outerStart: at, outerEnd: end });
  };
  for (const match of text.matchAll(markup)) {
    addText(match.index);
    at = match.index + match[0].length;
    if (match.groups?.mention !== undefined) continue;
    const { target = '', address = '', label } = match.groups ?? {};
    const shown = label || address;
    const start = label ? at - 1 - shown.length : match.index + 1 + target.length;
    pieces.push({
      kind: target === 'tel:' ? 'quoted' : 'text',
      start,
      end: start + shown.length,
      outerStart: match.index,
      outerEnd: at,
    });
  }
  addText(text.length);
  return pieces;
}

const kindOf = (character: string): 'space' | Exclude<Token['kind'], 'quoted'> => {
  if (character === ' ') return 'space';
  if (/[0-9]/.test(character)) return 'number';
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? 'word' : 'sign';
};

function scan(characters: readonly Character[], gluedToBefore: boolean): Token[] {
  const tokens: Token[] = [];
  let glued = gluedToBefore;
  let index = 0;
  while (index < characters.length) {
    const first = characters[index];
    if (first === undefined) break;
    const kind = kindOf(first.text);
    const from = index;
    index += 1;
    if (kind === 'space') {
      glued = false;
      continue;
    }
    const closing =
      first.text === '"' ? characters.findIndex((one, at) => at > from && one.text === '"') : -1;
    if (closing > from) {
      index = closing + 1;
      const span = { start: first.start, end: characters[closing]?.end ?? first.end };
      tokens.push(quoted(characters.slice(from + 1, closing), span, glued));
    } else {
      while (index < characters.length && continues(kind, first, characters[index])) index += 1;
      const run = characters.slice(from, index);
      const typed = run.map((one) => one.text).join('');
      const text = typed.startsWith('..') ? '..' : typed;
      tokens.push({
        kind,
        text,
        parts: [text],
        start: first.start,
        end: run.at(-1)?.end ?? first.end,
        glued,
      });
    }
    glued = true;
  }
  return tokens;
}

function continues(kind: Token['kind'], first: Character, next: Character | undefined): boolean {
  if (next === undefined) return false;
  // Signs stand alone, but for the dots of a range.
  return kind === 'sign' ? first.text === '.' && next.text === '.' : kindOf(next.text) === kind;
}

function quoted(inside: readonly Character[], span: Span, glued: boolean): Token {
  const text = inside
    .map((one) => one.text)
    .join('')
    .trim();
  return { kind: 'quoted', text, parts: scan(inside, false).map((token) => token.text), ...span, glued };
}

/** Leaves out what ends a sentence: "vdn 159 today?" — but not the lone "?" that asks for help. */
function withoutPunctuation(tokens: readonly Token[]): Token[] {
  const kept = tokens.filter((token, index) => {
    if (token.kind !== 'sign') return true;
    if (/[?!]/.test(token.text)) return false;
    const last = tokens[index + 1]?.glued !== true;
    return !(last && token.glued && /^[.。]$/.test(token.text));
  });
  return kept.length > 0 ? kept : tokens.slice(0, 1);
}
