import type { Span } from '../../grammar/errors.ts';
import { asTyped, escapeMrkdwn, visible } from '../escape.ts';

/** Columns of what is shown on a phone without a line break, more or less. */
const BEFORE_MOST = 18;
const WORD_MOST = 18;
const AFTER_MOST = 8;

/**
 * A code block with what somebody typed and a line of ^ under the word that is meant; of a long text the part around the word.
 * `text` is what Slack sent; the span points into it.
 */
export function typedPointer(text: string, span: Span): string {
  const { before, word, after } = split(text, span);
  const shownBefore = lastColumns(before, BEFORE_MOST);
  const shownWord = firstColumns(word, WORD_MOST);
  const shown = `${shownBefore}${shownWord}${firstColumns(after, AFTER_MOST)}`.trimEnd();
  const pointer = ' '.repeat(widthOf(shownBefore)) + '^'.repeat(Math.max(1, widthOf(shownWord)));
  return `\`\`\`\n${escapeMrkdwn(shown)}\n${pointer}\n\`\`\``;
}

function split(text: string, { start, end }: Span): Record<'before' | 'word' | 'after', string> {
  let before = text.slice(0, start);
  let after = text.slice(end);
  // A word inside `<tel:…|…>`: the rest of the markup is nothing that anybody typed.
  if (/<[^<>]*$/.test(before)) {
    before = before.replace(/<[^<>]*$/, '');
    after = after.replace(/^[^<>]*>/, '');
  }
  // Where something is missing, the mark stands one space after what is there.
  const gap = start === end && before !== '' && !/\s$/.test(before) ? ' ' : '';
  return {
    before: clean(before).trimStart() + gap,
    word: clean(text.slice(start, end)),
    after: clean(after),
  };
}

/** A backtick would end the code block. */
const clean = (part: string) => visible(asTyped(part)).replaceAll('`', "'");

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const columns = (character: string) => (WIDE.test(character) ? 2 : 1);
const widthOf = (text: string) => [...text].reduce((sum, character) => sum + columns(character), 0);

function firstColumns(text: string, most: number): string {
  let shown = '';
  let width = 0;
  for (const character of text) {
    width += columns(character);
    if (width > most) return `${shown}…`;
    shown += character;
  }
  return shown;
}

function lastColumns(text: string, most: number): string {
  let shown = '';
  let width = 0;
  for (const character of [...text].reverse()) {
    width += columns(character);
    if (width > most) return `…${shown}`;
    shown = character + shown;
  }
  return shown;
}
