import { mediaName } from '../../calls/media.ts';
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

/** The words of several media, each once, in their order. */
export function mediaWordList(media: readonly Media[], context: MessageContext): string[] {
  return [...new Set(media.map((one) => mediaWord(one, context)).filter((word) => word !== undefined))];
}
