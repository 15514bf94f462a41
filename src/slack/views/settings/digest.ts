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
const TIME = 'time';
export const FROM = 'from';
const TO = 'to';
const EXTRAS = 'extras';

const DAILY = 'daily';
const ALL_DAY = 'all';
const LAST_HOUR = 24;
/** The end that hours have once their beginning is chosen; it can be changed. */
const EVENING = 18;
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
  const hourChoices = Array.from({ length: LAST_HOUR + 1 }, (_, n) => ({
    value: String(n),
    label: `${twoDigits(n)}:00`,
  }));
  const allDay = { value: ALL_DAY, label: t('settings.allDay') };
  const from = select(act(FROM), [allDay, ...hourChoices.slice(0, -1)], String(hours?.from ?? ALL_DAY));
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
      : [
          input(FROM, t('settings.from'), from, { dispatch: true }),
          ...(hours
            ? [
                input(TO, t('settings.to'), select(act(TO), hourChoices.slice(1), String(hours.to)), {
                  dispatch: true,
                }),
              ]
            : []),
        ]),
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

/** What is chosen, whether it ever runs or not. */
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
  return { ...rest, every: { minutes }, hours: hoursEntered(view) };
}

function hoursEntered(view: Pick<OpenView, 'values'>): Schedule['hours'] {
  const { option } = entered(view);
  const from = hourOf(option(FROM));
  if (from === null) return null;
  return { from, to: hourOf(option(TO)) ?? (from < EVENING ? EVENING : LAST_HOUR) };
}

const hourOf = (chosen: string | null) => (chosen === null || chosen === ALL_DAY ? null : Number(chosen));

/** What is wrong with it, by block id. */
export function scheduleWrong(view: Pick<OpenView, 'values'>, { t }: MessageContext): Wrong {
  const schedule = scheduleEntered(view);
  const { hours } = schedule;
  if (hours && hours.from >= hours.to) return { [TO]: t('settings.hoursBackwards') };
  return neverRuns(schedule) ? { [FROM]: t('settings.neverRuns') } : {};
}

/** Where a digest was just made. */
export const channelEntered = (view: Pick<OpenView, 'values'>): string | null =>
  entered(view).conversation(CHANNEL);
