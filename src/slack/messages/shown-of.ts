import type { MessageContext, MessageKey } from '../i18n.ts';

/** The first few as they are, and a word for the rest: "a, b, +3 more". `more` is a text that says how many with `count`. */
export function shownOf(
  items: readonly string[],
  most: number,
  more: MessageKey,
  { t }: MessageContext,
): string {
  const rest = items.length - most;
  return (rest > 0 ? [...items.slice(0, most), t(more, { count: rest })] : items).join(t('list.comma'));
}
