import type { CallerDisplay } from '../../calls/caller.ts';
import { mediaName, VOICE } from '../../calls/media.ts';
import type { MessageContext } from '../i18n.ts';

export interface Media {
  mediaType: number | null;
  subMediaType: number | null;
}

/** "voice", "WhatsApp", "media 99"; undefined when the contact centre did not say. */
export function mediaWord(
  { mediaType, subMediaType }: Media,
  { t, mediaEdition }: MessageContext,
): string | undefined {
  const name = mediaName(mediaType, subMediaType, mediaEdition);
  if (!name) return undefined;
  return 'key' in name ? t(`media.${name.key}`) : t('media.unknown', { code: name.code });
}

/**
 * The words of the media that a caller came by, each once; none where they have only telephoned, as most do: a number says so.
 */
export function mediaBeside(
  { kind }: Pick<CallerDisplay, 'kind'>,
  media: readonly Media[],
  context: MessageContext,
): string[] {
  const isNumber = kind === 'phone' || kind === 'withheld';
  if (isNumber && media.every(({ mediaType }) => mediaType === VOICE)) return [];
  return mediaWordList(media, context);
}

/** The words of several media, each once, in their order. */
export function mediaWordList(media: readonly Media[], context: MessageContext): string[] {
  return [...new Set(media.map((one) => mediaWord(one, context)).filter((word) => word !== undefined))];
}
