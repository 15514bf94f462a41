import type { Schedule } from '../../digests/schedule.ts';
import type { MessageContext } from '../i18n.ts';

/** "every 30 min, Monday to Friday, from 09:00 to 18:00". */
export function scheduleWords({ every, weekdays, hours, allClear }: Schedule, { t }: MessageContext): string {
  const parts = [rhythm(every, t)];
  if (weekdays) parts.push(t('schedule.weekdays'));
  if (hours) parts.push(t('schedule.between', { from: fullHour(hours.from), to: fullHour(hours.to) }));
  if (allClear) parts.push(t('schedule.allClear'));
  return parts.join(t('schedule.comma'));
}

function rhythm(every: Schedule['every'], t: MessageContext['t']): string {
  if ('dailyAt' in every) {
    return t('schedule.daily', {
      time: `${twoDigits(every.dailyAt.hour)}:${twoDigits(every.dailyAt.minute)}`,
    });
  }
  if (every.minutes < 60) return t('schedule.minutes', { count: every.minutes });
  return t('schedule.hours', { count: every.minutes / 60 });
}

const fullHour = (hour: number) => `${twoDigits(hour)}:00`;
export const twoDigits = (number: number) => String(number).padStart(2, '0');
