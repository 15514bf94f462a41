import type { CallerDisplay } from '../../calls/caller.ts';
import { foreign, oneLine, strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Media, mediaWord } from './media-words.ts';

/** LINE's user ids have 33 characters, UUIDs 36; no number is as long. */
const CALLER_MAX = 40;
/** In what a screen reader says of a button. */
const NAME_MAX = 20;

/** A caller in bold: a number, an id with its platform ("1659… (WhatsApp)"), or "No number shown"; mrkdwn. */
export function callerLabel(
  caller: CallerDisplay,
  media: Media | undefined,
  context: MessageContext,
): string {
  if (isWithheld(caller)) return strong(context.t('row.noNumber'), CALLER_MAX);
  const label = strong(caller.text, CALLER_MAX);
  const platform = caller.kind === 'social' && media ? mediaWord(media, context) : undefined;
  return platform ? context.t('row.onPlatform', { caller: label, platform }) : label;
}

/** A caller in few characters and without formatting. */
export function callerName(caller: CallerDisplay, { t }: MessageContext): string {
  return isWithheld(caller) ? t('row.noNumber') : foreign(caller.text, NAME_MAX);
}

const isWithheld = (caller: CallerDisplay) => caller.kind === 'withheld' || oneLine(caller.text) === '';
