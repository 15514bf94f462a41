import type { InputBlock } from '@slack/types';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../calls/wall-time.ts';
import { clockTime, dayWords } from '../dates.ts';
import type { MessageContext, MessageKey } from '../i18n.ts';
import type { OpenView } from '../interactions.ts';
import { ACTIONS, actionId } from '../messages/actions.ts';
import { entered } from './entered.ts';
import { input, select } from './view.ts';

/** When to try again: the choices of a form. */
export const WHENS = ['15m', '1h', 'opening', 'picked', 'unset', 'never'] as const;
export type When = (typeof WHENS)[number];
export const DEFAULT_WHEN: When = '1h';

/** The blocks' ids. */
const WHEN = 'when';
export const AT = 'at';
/** Nobody plans a call back further ahead. */
const FARTHEST_DAYS = 31;

export interface WhenParts {
  /** What is chosen. */
  when: When;
  /** After an attempt it may also stay without a time, or end. */
  isAttempt: boolean;
  label: string;
  openingAt: number;
  /** The reader's, or the VDN's where it is not known. */
  timeZone: string;
  now: number;
}

/** A choice of times, and pickers where one is to be picked: in the reader's own zone, as Slack has it. */
export function whenInputs(parts: WhenParts, context: MessageContext): InputBlock[] {
  const { t } = context;
  const { openingAt, timeZone, now, when } = parts;
  const opening = `${dayWords(openingAt, timeZone, context.locale, now)} ${clockTime(openingAt, timeZone)}`;
  const labels: Record<When, string> = {
    '15m': t('when.15m'),
    '1h': t('when.1h'),
    opening: t('when.opening', { time: opening }),
    picked: t('when.picked'),
    unset: t('when.unset'),
    never: t('when.never'),
  };
  const choices = WHENS.filter((one) => parts.isAttempt || (one !== 'unset' && one !== 'never'));
  const menu = select(
    actionId(ACTIONS.when, 1),
    choices.map((value) => ({ value, label: labels[value] })),
    choices.find((one) => one === when) ?? DEFAULT_WHEN,
  );
  return [
    input(WHEN, parts.label, menu, { dispatch: true }),
    ...(when === 'picked'
      ? [
          input(AT, t('when.at'), {
            type: 'datetimepicker',
            action_id: AT,
            initial_date_time: Math.ceil((now + HOUR_MS) / QUARTER_MS) * (QUARTER_MS / 1000),
          }),
        ]
      : []),
  ];
}

const QUARTER_MS = 15 * MINUTE_MS;

export const whenOf = (view: Pick<OpenView, 'values'>): When => {
  const chosen = entered(view).option(WHEN);
  return WHENS.find((one) => one === chosen) ?? DEFAULT_WHEN;
};

/** The chosen moment, epoch ms (null: none yet); that it is not tried again; or what is wrong with it, to be said at the pickers. */
export function chosenAt(
  view: Pick<OpenView, 'values'>,
  { openingAt, now }: { openingAt: number; now: number },
): { at: number | null } | { ends: true } | { wrong: MessageKey } {
  switch (whenOf(view)) {
    case '15m':
      return { at: now + 15 * MINUTE_MS };
    case '1h':
      return { at: now + HOUR_MS };
    case 'opening':
      return { at: openingAt };
    case 'unset':
      return { at: null };
    case 'never':
      return { ends: true };
    case 'picked': {
      const at = entered(view).moment(AT);
      if (at === null) return { wrong: 'when.missing' };
      if (at <= now) return { wrong: 'when.past' };
      return at > now + FARTHEST_DAYS * DAY_MS ? { wrong: 'when.far' } : { at };
    }
  }
}
