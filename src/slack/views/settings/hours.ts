import type { ModalView } from '@slack/types';
import { parseWeek } from '../../../grammar/business-hours.ts';
import { readHolidays } from '../../../grammar/holidays.ts';
import type { VdnSettings } from '../../../vdns/settings.ts';
import type { MessageContext } from '../../i18n.ts';
import type { OpenView } from '../../interactions.ts';
import { hoursWords, intervalWords } from '../../messages/hours-words.ts';
import { section } from '../../messages/message.ts';
import { entered } from '../entered.ts';
import { input, modal, textInput } from '../view.ts';
import type { Wrong } from './names.ts';
import { encodeSettings, type SettingsMetadata } from './place.ts';

export const HOURS = 'settings-hours';

/** The blocks' ids. */
const WEEK = 'week';
const HOLIDAYS = 'holidays';

/** Slack's limit of a text. */
const TEXT_MAX = 3000;
/** So much of a line that is not understood is said back. */
const FOUND_MAX = 40;

type Hours = Pick<VdnSettings, 'week' | 'holidays'>;

/** When a VDN is open: texts that are read again as they are shown. */
export function hoursView(
  { metadata, hours, notice }: { metadata: SettingsMetadata; hours: Hours; notice?: string },
  context: MessageContext,
): ModalView {
  const { t } = context;
  const { week, holidays } = hours;
  const words = { title: t('settings.hours'), close: t('settings.back'), submit: t('log.save') };
  const days = holidays
    .map(({ date, open }) =>
      [date, ...(open.length > 0 ? [open.map(intervalWords).join(', ')] : [])].join(' '),
    )
    .join('\n');
  return modal(HOURS, encodeSettings(metadata), words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    input(WEEK, t('settings.week'), textInput(WEEK, week ? hoursWords(week, context) : '', TEXT_MAX, true), {
      optional: true,
      hint: t('settings.weekHint'),
    }),
    input(HOLIDAYS, t('settings.holidays'), textInput(HOLIDAYS, days.slice(0, TEXT_MAX), TEXT_MAX, true), {
      optional: true,
      hint: t('settings.holidaysHint'),
    }),
  ]);
}

/** What is entered, or what is wrong with it, by block id. */
export function hoursEntered(
  view: Pick<OpenView, 'values'>,
  { t }: MessageContext,
): { hours: Hours } | { wrong: Wrong } {
  const { text } = entered(view);
  const wrong: Wrong = {};
  const typed = text(WEEK).trim();
  const week = typed === '' ? null : parseWeek(typed);
  if (week && !week.ok) {
    const { start, end } = week.error.span;
    const found = typed.slice(start, end).slice(0, FOUND_MAX).toWellFormed();
    wrong[WEEK] = found === '' ? t('settings.weekUnfinished') : t('settings.weekWrong', { found });
  }
  const holidays = readHolidays(text(HOLIDAYS));
  if ('wrong' in holidays)
    wrong[HOLIDAYS] = t('settings.holidaysWrong', {
      found: holidays.wrong.slice(0, FOUND_MAX).toWellFormed(),
    });
  if ('tooMany' in holidays) wrong[HOLIDAYS] = t('settings.holidaysMany', { max: holidays.tooMany });
  if (Object.keys(wrong).length > 0 || !('holidays' in holidays)) return { wrong };
  return { hours: { week: week?.ok ? week.value : null, holidays: holidays.holidays } };
}
