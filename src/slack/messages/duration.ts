import type { MessageContext } from '../i18n.ts';

/** "42 s", "3 min 5 s", "1 h 12 min", "2 d 3 h": the two largest units, rounded to the second. */
export function durationWords(ms: number, { t }: MessageContext): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes === 0) return t('duration.s', { s: seconds });
  if (hours === 0)
    return withRest(seconds % 60, t('duration.min', { min: minutes }), (s) =>
      t('duration.minS', { min: minutes, s }),
    );
  if (days === 0)
    return withRest(minutes % 60, t('duration.h', { h: hours }), (min) =>
      t('duration.hMin', { h: hours, min }),
    );
  return withRest(hours % 24, t('duration.d', { d: days }), (h) => t('duration.dH', { d: days, h }));
}

const withRest = (rest: number, round: string, both: (rest: number) => string) =>
  rest === 0 ? round : both(rest);
