import type { CallFilter } from '../../calls/filter.ts';
import { maskedPattern } from '../../calls/masked.ts';
import { code } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { durationWords } from './duration.ts';
import { mediaWordList } from './media-words.ts';
import { shownOf } from './shown-of.ts';

// As code: the stars of `*8888*` would make it bold and vanish.
const PATTERN_MAX = 30;
const MEDIA_MOST = 4;

/** "Only: caller 8888*, WhatsApp, waited over 30 s"; undefined when nothing is left out. */
export function filterWords(filter: CallFilter, context: MessageContext): string | undefined {
  const { t, masked } = context;
  const parts: string[] = [];
  if (filter.caller !== undefined)
    parts.push(
      t('filter.caller', {
        caller: code(masked ? maskedPattern(filter.caller) : filter.caller, PATTERN_MAX),
      }),
    );
  if (filter.callee !== undefined)
    parts.push(t('filter.callee', { callee: code(filter.callee, PATTERN_MAX) }));
  const media = mediaWordList(filter.media ?? [], context);
  if (media.length > 0) parts.push(shownOf(media, MEDIA_MOST, 'list.more', context));
  if (filter.waitOverMs !== undefined)
    parts.push(t('filter.wait', { wait: durationWords(filter.waitOverMs, context) }));
  if (filter.state !== undefined) parts.push(t(`filter.${filter.state}`));
  return parts.length === 0 ? undefined : t('filter.only', { filters: parts.join(t('list.comma')) });
}
