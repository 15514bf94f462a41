import type { InputBlock, ModalView } from '@slack/types';
import { type Access, type Holders, RIGHTS, type Right } from '../../../vdns/access.ts';
import type { MessageContext } from '../../i18n.ts';
import type { OpenView } from '../../interactions.ts';
import { ACTIONS, actionId } from '../../messages/actions.ts';
import { section } from '../../messages/message.ts';
import { entered } from '../entered.ts';
import { input, modal, radioButtons } from '../view.ts';
import { type GroupChoice, groupSelect } from './groups.ts';
import type { Wrong } from './names.ts';
import { encodeSettings, type SettingsMetadata } from './place.ts';

export const ACCESS = 'settings-access';

const KINDS = ['everyone', 'admins', 'some'] as const;
type Kind = (typeof KINDS)[number];

/** The blocks' ids. */
const KIND = (right: Right) => `${right}-kind`;
const GROUPS = (right: Right) => `${right}-groups`;
export const PEOPLE = (right: Right) => `${right}-people`;
export const CHANNELS = (right: Right) => `${right}-channels`;

/** So many can be named in one field. */
const MOST = 50;

export interface AccessForm {
  metadata: SettingsMetadata;
  access: Access;
  /** What is chosen, where it is not what is set. */
  kinds?: Readonly<Record<Right, Kind>>;
  groups: readonly GroupChoice[];
  notice?: string;
}

/** Who may see, claim and manage; the pickers are shown where only some may. */
export function accessView(form: AccessForm, context: MessageContext): ModalView {
  const { t } = context;
  const { metadata, notice } = form;
  const words = { title: t('settings.access'), close: t('settings.back'), submit: t('log.save') };
  return modal(ACCESS, encodeSettings(metadata), words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    section(t('settings.accessHint')),
    ...RIGHTS.flatMap((right) => rightInputs(right, form, context)),
  ]);
}

function rightInputs(
  right: Right,
  { access, kinds, groups }: AccessForm,
  context: MessageContext,
): InputBlock[] {
  const { t } = context;
  const holders = access[right];
  const kind = kinds?.[right] ?? kindOf(holders);
  const named = holders.kind === 'some' ? holders : { groupIds: [], userIds: [], channelIds: [] };
  const choices = KINDS.map((value) => ({ value, label: t(`settings.holders.${value}`) }));
  const question = input(
    KIND(right),
    t(`settings.may.${right}`),
    radioButtons(actionId(ACTIONS.settingsChoice, right), choices, kind),
    { dispatch: true },
  );
  if (kind !== 'some') return [question];
  return [
    question,
    ...groupSelect(GROUPS(right), t('settings.groups'), groups, named.groupIds, MOST, context),
    input(
      PEOPLE(right),
      t('settings.people'),
      {
        type: 'multi_users_select',
        action_id: PEOPLE(right),
        max_selected_items: MOST,
        ...(named.userIds.length > 0 ? { initial_users: [...named.userIds] } : {}),
      },
      { optional: true },
    ),
    input(
      CHANNELS(right),
      t('settings.channels'),
      {
        type: 'multi_conversations_select',
        action_id: CHANNELS(right),
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        max_selected_items: MOST,
        ...(named.channelIds.length > 0 ? { initial_conversations: [...named.channelIds] } : {}),
      },
      { optional: true },
    ),
  ];
}

function kindOf(holders: Holders): Kind {
  if (holders.kind === 'everyone') return 'everyone';
  const { groupIds, userIds, channelIds } = holders;
  return groupIds.length + userIds.length + channelIds.length === 0 ? 'admins' : 'some';
}

export const kindsEntered = (view: Pick<OpenView, 'values'>): Record<Right, Kind> => {
  const { option } = entered(view);
  const kind = (right: Right) => KINDS.find((one) => one === option(KIND(right))) ?? 'everyone';
  return { see: kind('see'), claim: kind('claim'), manage: kind('manage') };
};

/** What is entered, or what is wrong with it, by block id. */
export function accessEntered(
  view: Pick<OpenView, 'values'>,
  { t }: MessageContext,
): { access: Access } | { wrong: Wrong } {
  const { options, ids } = entered(view);
  const kinds = kindsEntered(view);
  const wrong: Wrong = {};
  const holders = (right: Right): Holders => {
    if (kinds[right] === 'everyone') return { kind: 'everyone' };
    if (kinds[right] === 'admins') return { kind: 'some', groupIds: [], userIds: [], channelIds: [] };
    const groupIds = options(GROUPS(right));
    const userIds = ids(PEOPLE(right));
    const channelIds = ids(CHANNELS(right));
    if (groupIds.length + userIds.length + channelIds.length === 0)
      wrong[PEOPLE(right)] = t('settings.nobodyNamed');
    return { kind: 'some', groupIds, userIds, channelIds };
  };
  const access = { see: holders('see'), claim: holders('claim'), manage: holders('manage') };
  return Object.keys(wrong).length > 0 ? { wrong } : { access };
}
