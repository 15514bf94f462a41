import type { KnownBlock, ModalView } from '@slack/types';
import { type Vdn, zoneOf } from '../../../calls/vdn.ts';
import { neverRuns } from '../../../digests/next-run.ts';
import type { DigestPreview } from '../../../digests/preview.ts';
import { INTERVALS, type Schedule } from '../../../digests/schedule.ts';
import type { Subscription } from '../../../digests/subscription.ts';
import { datedMomentToken } from '../../dates.ts';
import type { MessageContext } from '../../i18n.ts';
import type { OpenView } from '../../interactions.ts';
import { ACTIONS, actionId } from '../../messages/actions.ts';
import { actions, button, confirmed, context as greyPrint, section } from '../../messages/message.ts';
import { twoDigits } from '../../messages/schedule-words.ts';
import { vdnLabel } from '../../messages/vdn-label.ts';
import { entered } from '../entered.ts';
import { checkboxes, input, modal, select } from '../view.ts';
import type { Wrong } from './names.ts';
import { encodeSettings, type PlaceName, placeAction, placeValue, type SettingsMetadata } from './place.ts';
import { digestWords } from './vdn.ts';

export const DIGEST = 'settings-digest';

/** The blocks' ids. */
export const CHANNEL = 'channel';
export const EVERY = 'every';
export const TIME = 'time';
export const FROM = 'from';
export const TO = 'to';
export const EXTRAS = 'extras';

const DAILY = 'daily';
const ALL_DAY = 'all';
const WEEKDAYS = 'weekdays';
const ALL_CLEAR = 'all-clear';
const HOURLY: Schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };

export interface DigestForm {
  metadata: SettingsMetadata;
  vdn: Vdn;
  /** The one that is changed; null: a new one. */
  subscription: Subscription | null;
  /** What is chosen: it decides what else is asked for, and what is shown of it. */
  schedule: Schedule;
  /** null: it never runs. */
  preview: DigestPreview | null;
  notice?: string;
}

export const startingSchedule = (subscription: Subscription | null): Schedule =>
  subscription?.schedule ?? HOURLY;

/** A channel's digest of a VDN, with what it would be like. */
export function digestView(form: DigestForm, context: MessageContext): ModalView {
  const { t } = context;
  const { metadata, vdn, subscription, notice } = form;
  const words = {
    title: t(subscription ? 'settings.digestTitle' : 'settings.addDigest', {
      number: subscription?.number ?? 0,
    }),
    close: t('settings.back'),
    submit: t(subscription ? 'log.save' : 'settings.add'),
  };
  return modal(DIGEST, encodeSettings(metadata), words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    ...(subscription
      ? [section(digestWords(subscription, vdn, context)), ...digestButtons(subscription, context)]
      : [section(`*${vdnLabel(vdn, context)}*`), channelInput(context)]),
    ...scheduleInputs(form, context),
    ...previewBlocks(form, context),
  ]);
}

const channelInput = ({ t }: MessageContext) =>
  input(
    CHANNEL,
    t('settings.channel'),
    {
      type: 'conversations_select',
      action_id: CHANNEL,
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
    { hint: t('settings.channelHint') },
  );

function scheduleInputs({ schedule }: DigestForm, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const { every, hours } = schedule;
  const isDaily = 'dailyAt' in every;
  const rhythm = (minutes: number) =>
    minutes < 60 ? t('schedule.minutes', { count: minutes }) : t('schedule.hours', { count: minutes / 60 });
  const extras = [...(schedule.weekdays ? [WEEKDAYS] : []), ...(schedule.allClear ? [ALL_CLEAR] : [])];
  const act = (id: string) => actionId(ACTIONS.settingsChoice, id);
  const hour = (id: string, label: string, chosen: number | undefined) =>
    input(
      id,
      label,
      select(
        act(id),
        [
          { value: ALL_DAY, label: t('settings.allDay') },
          ...Array.from({ length: 25 }, (_, n) => ({ value: String(n), label: `${twoDigits(n)}:00` })),
        ],
        chosen === undefined ? ALL_DAY : String(chosen),
      ),
      { dispatch: true },
    );
  return [
    input(
      EVERY,
      t('settings.every'),
      select(
        act(EVERY),
        [
          ...INTERVALS.map((minutes) => ({ value: String(minutes), label: rhythm(minutes) })),
          { value: DAILY, label: t('settings.daily') },
        ],
        isDaily ? DAILY : String(every.minutes),
      ),
      { dispatch: true },
    ),
    ...(isDaily
      ? [
          input(
            TIME,
            t('settings.time'),
            {
              type: 'timepicker',
              action_id: act(TIME),
              initial_time: `${twoDigits(every.dailyAt.hour)}:${twoDigits(every.dailyAt.minute)}`,
            },
            { dispatch: true },
          ),
        ]
      : [hour(FROM, t('settings.from'), hours?.from), hour(TO, t('settings.to'), hours?.to)]),
    input(
      EXTRAS,
      t('settings.extras'),
      checkboxes(
        act(EXTRAS),
        [
          { value: WEEKDAYS, label: t('settings.weekdays') },
          { value: ALL_CLEAR, label: t('settings.allClear') },
        ],
        extras,
      ),
      { optional: true, dispatch: true },
    ),
  ];
}

function previewBlocks({ preview, vdn }: DigestForm, { t }: MessageContext): KnownBlock[] {
  if (!preview) return [greyPrint(`⚠️ ${t('settings.neverRuns')}`)];
  const timeZone = zoneOf(vdn);
  const moments = preview.runs.map((at) => datedMomentToken(at, timeZone)).join(' · ');
  const { now } = preview;
  const told = !now
    ? t('settings.previewUnknown')
    : now.calls === 0
      ? t('settings.previewNone', { since: datedMomentToken(now.sinceAt, timeZone) })
      : t('settings.previewCalls', {
          count: now.calls,
          callers: t('settings.callers', { count: now.callers }),
          since: datedMomentToken(now.sinceAt, timeZone),
        });
  return [section(`*${t('settings.preview')}*\n${t('settings.previewRuns', { moments })}\n${told}`)];
}

function digestButtons({ number, state }: Subscription, { t }: MessageContext): KnownBlock[] {
  const make = (name: PlaceName, label: string) =>
    button(label, placeAction(name, number), placeValue(name, number));
  return [
    actions(
      state === 'paused' ? make('resume', t('settings.resume')) : make('pause', t('settings.pause')),
      confirmed(make('end-digest', t('settings.end')), {
        title: t('settings.endTitle'),
        text: t('settings.endText'),
        confirm: t('settings.end'),
        deny: t('log.cancel'),
      }),
    ),
  ];
}

/** What is chosen, whether it ever runs or not; hours of which one end is missing count as none. */
export function scheduleEntered(view: Pick<OpenView, 'values'>): Schedule {
  const { option, options, time } = entered(view);
  const chosen = option(EVERY);
  const extras = options(EXTRAS);
  const rest = { weekdays: extras.includes(WEEKDAYS), allClear: extras.includes(ALL_CLEAR) };
  if (chosen === DAILY) {
    const [hour = 9, minute = 0] = (time(TIME) ?? '09:00').split(':').map(Number);
    return { ...rest, every: { dailyAt: { hour, minute } }, hours: null };
  }
  const minutes = INTERVALS.find((one) => String(one) === chosen) ?? 60;
  const from = hourOf(option(FROM));
  const to = hourOf(option(TO));
  return { ...rest, every: { minutes }, hours: from === null || to === null ? null : { from, to } };
}

const hourOf = (chosen: string | null) => (chosen === null || chosen === ALL_DAY ? null : Number(chosen));

/** What is wrong with it, by block id. */
export function scheduleWrong(view: Pick<OpenView, 'values'>, { t }: MessageContext): Wrong {
  const { option } = entered(view);
  const schedule = scheduleEntered(view);
  if ('dailyAt' in schedule.every) return {};
  const from = hourOf(option(FROM));
  const to = hourOf(option(TO));
  if ((from === null) !== (to === null)) return { [from === null ? FROM : TO]: t('settings.hoursOneEnd') };
  if (from !== null && to !== null && from >= to) return { [TO]: t('settings.hoursBackwards') };
  return neverRuns(schedule) ? { [TO]: t('settings.neverRuns') } : {};
}

/** Where a digest was just made. */
export const channelEntered = (view: Pick<OpenView, 'values'>): string | null =>
  entered(view).conversation(CHANNEL);
