const SHORT_NAMES: Record<string, string> = {
  '📞': 'telephone_receiver',
  '🎉': 'tada',
  '🔴': 'red_circle',
  '⚠️': 'warning',
  '⚠': 'warning',
};

/** Emoji as Slack writes them, `:tada:`, for the ones that emoji.tsx has a picture of. */
export const withShortNames = (text: string): string =>
  text.replaceAll(/📞|🎉|🔴|⚠️|⚠/gu, (emoji) => `:${SHORT_NAMES[emoji] ?? ''}:`);
