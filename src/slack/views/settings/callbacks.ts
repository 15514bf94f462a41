import type { InputBlock, ModalView } from '@slack/types';
import type { RaiseStep } from '../../../callbacks/vdn-rules.ts';
import { MINUTE_MS } from '../../../calls/wall-time.ts';
import type { VdnSettings } from '../../../vdns/settings.ts';
import type { MessageContext, MessageKey } from '../../i18n.ts';
import type { OpenView } from '../../interactions.ts';
import { durationWords } from '../../messages/duration.ts';
import { section } from '../../messages/message.ts';
import { entered } from '../entered.ts';
import { input, modal, select } from '../view.ts';
import { type GroupChoice, groupSelect } from './groups.ts';
import type { Wrong } from './names.ts';
import { encodeSettings, type SettingsMetadata } from './place.ts';

export const CALLBACKS = 'settings-callbacks';

/** The blocks' ids. */
const TARGET = 'target';
const REST = 'rest';
const RAISE_CHANNEL = 'raise-channel';
const RAISE_GROUP = 'raise-group';
const GROUP = 'group';
const RAISE_PERSON = 'raise-person';
const PERSON = 'person';

const NEVER = 'never';
const MINUTES = [15, 30, 60, 120, 240, 480, 1440];

type Rules = Pick<VdnSettings, 'targetMs' | 'restMs' | 'raise'>;

export interface CallbacksForm {
  metadata: SettingsMetadata;
  rules: Rules;
  groups: readonly GroupChoice[];
  notice?: string;
}

/** How soon callers are called back, and what happens where nobody does: three steps, each with a time of its own or none. */
export function callbacksView(
  { metadata, rules, groups, notice }: CallbacksForm,
  context: MessageContext,
): ModalView {
  const { t } = context;
  const { targetMs, restMs, raise } = rules;
  const words = { title: t('settings.callbacks'), close: t('settings.back'), submit: t('log.save') };
  const step = <Kind extends RaiseStep['to']['kind']>(kind: Kind) => raise.find(({ to }) => to.kind === kind);
  const after = (id: string, label: MessageKey, kind: RaiseStep['to']['kind']) =>
    duration(id, t(label), step(kind)?.afterMs ?? null, 'settings.noStep', context);
  const group = step('group')?.to;
  const person = step('person')?.to;
  return modal(CALLBACKS, encodeSettings(metadata), words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    duration(TARGET, t('settings.targetLabel'), targetMs, 'settings.noTarget', context),
    duration(REST, t('settings.restLabel'), restMs, 'settings.never', context, t('settings.restHint')),
    section(`*${t('settings.raise')}*\n${t('settings.raiseHint')}`),
    after(RAISE_CHANNEL, 'settings.raiseChannelLabel', 'channel'),
    after(RAISE_GROUP, 'settings.raiseGroupLabel', 'group'),
    ...groupSelect(
      GROUP,
      t('settings.group'),
      groups,
      group?.kind === 'group' ? [group.groupId] : [],
      1,
      context,
    ),
    after(RAISE_PERSON, 'settings.raisePersonLabel', 'person'),
    input(
      PERSON,
      t('settings.person'),
      {
        type: 'users_select',
        action_id: PERSON,
        ...(person?.kind === 'person' ? { initial_user: person.userId } : {}),
      },
      { optional: true },
    ),
  ]);
}

function duration(
  id: string,
  label: string,
  chosenMs: number | null,
  none: MessageKey,
  context: MessageContext,
  hint?: string,
): InputBlock {
  const minutes = chosenMs === null ? null : Math.round(chosenMs / MINUTE_MS);
  // What is set stays among the choices, whoever has set it.
  const choices = [...new Set([...MINUTES, ...(minutes === null ? [] : [minutes])])].sort((a, b) => a - b);
  return input(
    id,
    label,
    select(
      id,
      [
        { value: NEVER, label: context.t(none) },
        ...choices.map((one) => ({ value: String(one), label: durationWords(one * MINUTE_MS, context) })),
      ],
      minutes === null ? NEVER : String(minutes),
    ),
    hint === undefined ? {} : { hint },
  );
}

/** What is entered, or what is wrong with it, by block id. */
export function callbacksEntered(
  view: Pick<OpenView, 'values'>,
  { t }: MessageContext,
): { rules: Rules } | { wrong: Wrong } {
  const { option, options, user } = entered(view);
  const msOf = (id: string) => {
    const minutes = Number(option(id));
    return Number.isInteger(minutes) && minutes > 0 ? minutes * MINUTE_MS : null;
  };
  const wrong: Wrong = {};
  const raise: RaiseStep[] = [];
  const channelMs = msOf(RAISE_CHANNEL);
  if (channelMs !== null) raise.push({ afterMs: channelMs, to: { kind: 'channel' } });
  const groupMs = msOf(RAISE_GROUP);
  const groupId = options(GROUP)[0] ?? option(GROUP);
  if (groupMs !== null && groupId !== null) raise.push({ afterMs: groupMs, to: { kind: 'group', groupId } });
  else if (groupMs !== null) wrong[GROUP in view.values ? GROUP : RAISE_GROUP] = t('settings.groupMissing');
  const personMs = msOf(RAISE_PERSON);
  const userId = user(PERSON);
  if (personMs !== null && userId !== null) raise.push({ afterMs: personMs, to: { kind: 'person', userId } });
  else if (personMs !== null) wrong[PERSON] = t('settings.personMissing');
  if (Object.keys(wrong).length > 0) return { wrong };
  const inOrder = raise.toSorted((a, b) => a.afterMs - b.afterMs);
  return { rules: { targetMs: msOf(TARGET), restMs: msOf(REST), raise: inOrder } };
}
