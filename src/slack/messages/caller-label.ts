import type { CallerDisplay } from '../../calls/caller.ts';
import { maskedCaller } from '../../calls/masked.ts';
import { foreign, oneLine, strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Media, mediaWord } from './media-words.ts';

/** LINE's user ids have 33 characters, UUIDs 36; no number is as long. */
const CALLER_MAX = 40;
/** In what a screen reader says of a button. */
const NAME_MAX = 20;

/**
 * A caller in bold: a number to tap, an id with its platform ("1659… (WhatsApp)"), or "No number shown"; mrkdwn. Here and
 * in callerName callers become text, and nowhere else: what is to be masked is.
 */
export function callerLabel(
  caller: CallerDisplay,
  media: Media | undefined,
  context: MessageContext,
): string {
  if (isWithheld(caller)) return strong(context.t('row.noNumber'), CALLER_MAX);
  const label = numberLabel(caller, context);
  const platform = caller.kind === 'social' && media ? mediaWord(media, context) : undefined;
  return platform ? context.t('row.onPlatform', { caller: label, platform }) : label;
}

function numberLabel(caller: CallerDisplay, { masked }: MessageContext): string {
  if (masked) return strong(maskedCaller(caller), CALLER_MAX);
  if (caller.e164 === null) return strong(caller.text, CALLER_MAX);
  return `*<tel:${caller.e164}|${foreign(caller.text, CALLER_MAX).replaceAll('|', ' ')}>*`;
}

/** A caller in few characters and without formatting. */
export function callerName(caller: CallerDisplay, { t, masked }: MessageContext): string {
  if (isWithheld(caller)) return t('row.noNumber');
  return foreign(masked ? maskedCaller(caller) : caller.text, NAME_MAX);
}

const isWithheld = (caller: CallerDisplay) => caller.kind === 'withheld' || oneLine(caller.text) === '';
