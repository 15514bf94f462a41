import { type GrammarError, type GrammarErrorCode, GrammarFault, type Span } from './errors.ts';
import { type Token, tokensOf } from './lexer.ts';

/** Where one part of a command ends and the next begins, besides a space. */
const SEPARATORS = [',', ';'];
/** What else has a word on either side. */
const BETWEEN_WORDS = [...SEPARATORS, '..'];

/** Walks through the tokens of a command. `take…` moves on only when it finds what it looks for. */
export class Cursor {
  /** The command as typed. */
  readonly text: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokensOf(text);
  }

  /** The token `ahead` of the next one; undefined beyond the end. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#index + ahead];
  }

  get atEnd(): boolean {
    return this.#index >= this.#tokens.length;
  }

  get atStart(): boolean {
    return this.#index === 0;
  }

  next(): Token | undefined {
    const token = this.peek();
    if (token !== undefined) this.#index += 1;
    return token;
  }

  skip(count: number): void {
    this.#index = Math.min(this.#index + count, this.#tokens.length);
  }

  isWord(words: readonly string[], ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'word' && words.includes(token.text);
  }

  isSign(signs: readonly string[], ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'sign' && signs.includes(token.text);
  }

  takeWord(...words: string[]): Token | undefined {
    return this.isWord(words) ? this.next() : undefined;
  }

  takeSign(...signs: string[]): Token | undefined {
    return this.isSign(signs) ? this.next() : undefined;
  }

  takeNumber(): Token | undefined {
    return this.peek()?.kind === 'number' ? this.next() : undefined;
  }

  /** Passes commas between the parts of a command. */
  takeSeparators(): void {
    while (this.takeSign(...SEPARATORS)) {
      // On to the next.
    }
  }

  /** From the token at `start` (an offset of the text) to the last one taken. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.#endOfLast()) };
  }

  /** Where the next token begins; at the end, where the last one ended. */
  get position(): number {
    return this.peek()?.start ?? this.#endOfLast();
  }

  /** Whether the last thing taken runs on without a space: `today2`, `159x`. */
  get runsOn(): boolean {
    const glued = !this.atStart && this.peek()?.glued === true;
    return glued && !this.isSign(SEPARATORS) && !this.#isOneOf(SEPARATORS, this.#index - 1);
  }

  /** The whole run without spaces around the next token: what a person would call the word there. */
  chunk(): Span {
    let from = this.#index;
    let to = this.#index;
    while (this.#isGluedWithin(from)) from -= 1;
    while (this.#isGluedWithin(to + 1)) to += 1;
    const first = this.#tokens[from];
    const last = this.#tokens[to];
    return first && last ? { start: first.start, end: last.end } : this.spanFrom(this.position);
  }

  typed({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  fault(
    code: GrammarErrorCode,
    span: Span,
    facts: Partial<Omit<GrammarError, 'code' | 'span' | 'found'>> = {},
  ): GrammarFault {
    return new GrammarFault({ expected: [], ...facts, code, span, found: this.typed(span) });
  }

  /** Something had to follow here: `missing` at the end, else `unexpected` at the word that stands there. */
  faultHere(facts: Partial<Omit<GrammarError, 'code' | 'span' | 'found'>>): GrammarFault {
    return this.atEnd
      ? this.fault('missing', this.spanFrom(this.position), facts)
      : this.fault('unexpected', { start: this.position, end: this.chunk().end }, facts);
  }

  #endOfLast(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  #isGluedWithin(index: number): boolean {
    return (
      this.#tokens[index]?.glued === true &&
      !this.#isOneOf(BETWEEN_WORDS, index) &&
      !this.#isOneOf(BETWEEN_WORDS, index - 1)
    );
  }

  #isOneOf(signs: readonly string[], index: number): boolean {
    const token = this.#tokens[index];
    return token?.kind === 'sign' && signs.includes(token.text);
  }
}
