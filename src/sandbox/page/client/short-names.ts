const SHORT_NAMES: Record<string, string> = {
  '📞': 'telephone_receiver',
  '🎉': 'tada',
  '🔴': 'red_circle',
  '✅': 'white_check_mark',
  '❌': 'x',
  '⚠️': 'warning',
  '⚠': 'warning',
};

const EMOJI = new RegExp(Object.keys(SHORT_NAMES).join('|'), 'gu');

/** Emoji as Slack writes them, `:tada:`, for the ones that emoji.tsx has a picture of. */
export const withShortNames = (text: string): string =>
  text.replaceAll(EMOJI, (emoji) => `:${SHORT_NAMES[emoji] ?? ''}:`);
