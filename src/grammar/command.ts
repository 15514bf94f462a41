import type { VdnWish } from './choose-vdn.ts';
import { Cursor } from './cursor.ts';
import { attempt, type NamedVdn, type Parsed } from './errors.ts';
import { takeNext } from './next.ts';

/** What somebody asked of the desk, by which of its languages understood it. */
export type Command<Question, Digest> =
  | { kind: 'help' | 'settings' }
  | { kind: 'health' }
  /** Claim the caller who should be called first. */
  | { kind: 'next'; wish: VdnWish }
  | { kind: 'question'; question: Question }
  | { kind: 'digest'; digest: Digest };

const SETTINGS = ['settings', 'setup', '设置'];

/** The two languages. Handed in, since the grammar knows neither questions nor digests. */
export interface Languages<Context, Question, Digest> {
  /** Reads all of a question. */
  question: (cursor: Cursor, context: Context) => Question | 'help';
  /** Reads what follows the word `digest`. */
  digest: (cursor: Cursor, context: Context) => Digest;
}

/** Nothing but that word: a VDN of the name may be asked about. */
const isHealth = (cursor: Cursor): boolean => cursor.isWord(['health']) && cursor.peek(1) === undefined;

/** Whether somebody asks how the desk is: known without any VDN, and so without the database, which may be what is wrong. */
export const asksForHealth = (text: string): boolean => {
  const asked = attempt(() => isHealth(new Cursor(text)));
  return asked.ok && asked.value;
};

/**
 * Reads what was typed after `/missed`, or said to the desk. Never throws for what people type.
 * `parseCommand('digest vdn 159 hourly', { known, media }, { question: takeQuestion, digest: takeDigestCommand })`
 */
export function parseCommand<Context extends { known: readonly NamedVdn[] }, Question, Digest>(
  text: string,
  context: Context,
  languages: Languages<Context, Question, Digest>,
): Parsed<Command<Question, Digest>> {
  return attempt(() => {
    const cursor = new Cursor(text);
    if (cursor.takeWord('digest', 'digests')) {
      return { kind: 'digest', digest: languages.digest(cursor, context) };
    }
    if (cursor.takeWord(...SETTINGS)) {
      if (!cursor.atEnd) throw cursor.fault('too-much', cursor.chunk());
      return { kind: 'settings' };
    }
    if (isHealth(cursor)) return { kind: 'health' };
    if (cursor.takeWord('next')) return { kind: 'next', wish: takeNext(cursor, context.known) };
    const question = languages.question(cursor, context);
    return question === 'help' ? { kind: 'help' } : { kind: 'question', question };
  });
}
