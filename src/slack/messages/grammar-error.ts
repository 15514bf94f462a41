import type { GrammarError } from '../../grammar/errors.ts';
import { asTyped, code, shorten } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { missedCommand } from './command.ts';
import { context as greyPrint, type Message, message, section } from './message.ts';
import { shownOf } from './shown-of.ts';
import { typedPointer } from './typed-pointer.ts';
import { vdnLabel } from './vdn-label.ts';

const WORD_MAX = 40;
const EXPECTED_MOST = 10;
const VDNS_MOST = 12;
const FIELD_MAX = 200;

/** What is wrong with what somebody typed: the sentence, the word, what was probably meant and what may stand there. `typed` is the text that the error's spans point into. */
export function grammarErrorMessage(error: GrammarError, typed: string, context: MessageContext): Message {
  const { t } = context;
  const problem = sentence(error, typed, context);
  const hint = [nearestLine(error, context), expectedLine(error, context)]
    .filter((line) => line !== '')
    .join('\n');
  const help = t('grammar.help', { help: missedCommand('help') });
  const pointed =
    error.code === 'vdn-needed' || typed.trim() === '' ? [] : [section(typedPointer(typed, error.span))];
  return message([problem, hint].filter((line) => line !== '').join('\n'), [
    section(problem),
    ...pointed,
    ...(hint === '' ? [] : [section(hint)]),
    greyPrint(help),
  ]);
}

/** The same in one plain line, for a field of a form. */
export function grammarErrorWords(error: GrammarError, typed: string, context: MessageContext): string {
  const hint = nearestLine(error, context) || expectedLine(error, context);
  const words = [sentence(error, typed, context), hint].filter((line) => line !== '').join(' ');
  return shorten(asTyped(words.replaceAll('`', '')), FIELD_MAX);
}

function sentence(error: GrammarError, typed: string, context: MessageContext): string {
  const { t } = context;
  const found = code(asTyped(error.found), WORD_MAX);
  const vdns = shownOf(
    (error.vdns ?? []).map((vdn) => vdnLabel(vdn, context)),
    VDNS_MOST,
    'list.more',
    context,
  );
  switch (error.code) {
    case 'missing':
      return t(typed.slice(error.span.end).trim() === '' ? 'grammar.missing' : 'grammar.missingMiddle');
    case 'repeated':
      return t('grammar.repeated', { found, part: error.part ? t(`grammar.part.${error.part}`) : found });
    case 'vdn-needed':
      return vdns === ''
        ? t('grammar.vdn-neededAny', { example: missedCommand('vdn 159') })
        : t('grammar.vdn-needed', { vdns });
    case 'vdn-unknown':
      return vdns === '' ? t('grammar.vdn-unknownAny', { found }) : t('grammar.vdn-unknown', { found, vdns });
    default:
      return t(`grammar.${error.code}`, { found, vdns });
  }
}

function nearestLine({ nearest }: GrammarError, { t }: MessageContext): string {
  return nearest === undefined ? '' : t('grammar.didYouMean', { nearest: code(nearest, WORD_MAX) });
}

function expectedLine(error: GrammarError, { t }: MessageContext): string {
  // Where VDNs are listed, by name, their numbers need no list of their own.
  if (error.expected.length === 0 || error.code.startsWith('vdn-')) return '';
  const words = error.expected.slice(0, EXPECTED_MOST).map((word) => code(word, WORD_MAX));
  const expected = words.join(' ');
  const all = words.length === error.expected.length;
  return t('grammar.expected', { expected: all ? expected : t('grammar.expectedMore', { expected }) });
}
