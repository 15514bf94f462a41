import type { KnownBlock, ModalView } from '@slack/types';
import type { NamedVdn } from '../../grammar/errors.ts';
import { HIGHEST_VDN } from '../../grammar/vdn.ts';
import { shorten } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import type { OpenView } from '../interactions.ts';
import { SELECT_MAX } from '../limits.ts';
import { ACTIONS, actionId } from '../messages/actions.ts';
import { vdnPlain } from '../messages/vdn-label.ts';
import { entered } from './entered.ts';
import { input, modal, select } from './view.ts';

export const ASK = 'ask';

/** The blocks' ids. */
export const ASK_VDN = 'vdn';
export const ASK_RANGE = 'range';
export const ASK_OTHER = 'other';
export const ASK_FILTER = 'filter';
export const ASK_CHANNEL = 'channel';

/** Ranges to choose from, in the words of the grammar; `other`: what is typed. */
export const RANGES = ['last hour', 'today', 'yesterday', 'this week', 'last 7 days', 'other'] as const;
export type RangeChoice = (typeof RANGES)[number];

/** What is entered, as raw text of people. */
export interface AskEntry {
  vdn: string;
  range: RangeChoice;
  /** Words of the grammar, where `range` is `other`. */
  other: string;
  filter: string;
  channelId: string | null;
}

export const NOTHING_ASKED: AskEntry = { vdn: '', range: 'today', other: '', filter: '', channelId: null };

const TEXT_MAX = 200;

/** A question as a form; `known`: the VDNs that there are to choose from, none where any may be asked. */
export function askView(known: readonly NamedVdn[], entry: AskEntry, context: MessageContext): ModalView {
  const { t } = context;
  const words = { title: t('ask.title'), close: t('log.cancel'), submit: t('ask.submit') };
  const ranges = RANGES.map((value) => ({ value, label: t(`ask.range.${value}`) }));
  return modal(ASK, '', words, [
    vdnInput(known, entry.vdn, context),
    input(ASK_RANGE, t('ask.when'), select(actionId(ACTIONS.askRange, 1), ranges, entry.range), {
      dispatch: true,
    }),
    ...(entry.range === 'other'
      ? [text(ASK_OTHER, t('ask.other'), entry.other, t('ask.otherHint'), { optional: false })]
      : []),
    text(ASK_FILTER, t('ask.filter'), entry.filter, t('ask.filterHint'), { optional: true }),
    input(
      ASK_CHANNEL,
      t('ask.channel'),
      {
        type: 'conversations_select',
        action_id: ASK_CHANNEL,
        filter: { include: ['public', 'private'] },
        ...(entry.channelId === null ? {} : { initial_conversation: entry.channelId }),
      },
      { optional: true, hint: t('ask.channelHint') },
    ),
  ]);
}

function vdnInput(known: readonly NamedVdn[], chosen: string, context: MessageContext): KnownBlock {
  const label = context.t('ask.vdn');
  if (known.length > 0 && known.length <= SELECT_MAX) {
    const choices = known.map((vdn) => ({ value: String(vdn.number), label: vdnPlain(vdn, context) }));
    const [first] = choices;
    const only = choices.length === 1 && first ? first.value : chosen;
    return input(ASK_VDN, label, select(ASK_VDN, choices, only));
  }
  return input(ASK_VDN, label, {
    type: 'number_input',
    action_id: ASK_VDN,
    is_decimal_allowed: false,
    min_value: '1',
    max_value: String(HIGHEST_VDN),
    ...(chosen === '' ? {} : { initial_value: chosen }),
  });
}

function text(
  blockId: string,
  label: string,
  typed: string,
  hint: string,
  { optional }: { optional: boolean },
): KnownBlock {
  const initial = shorten(typed, TEXT_MAX);
  return input(
    blockId,
    label,
    {
      type: 'plain_text_input',
      action_id: blockId,
      max_length: TEXT_MAX,
      ...(initial === '' ? {} : { initial_value: initial }),
    },
    { optional, hint },
  );
}

export function askEntryOf(view: Pick<OpenView, 'values'>): AskEntry {
  const read = entered(view);
  return {
    vdn: read.option(ASK_VDN) ?? read.text(ASK_VDN),
    range: RANGES.find((one) => one === read.option(ASK_RANGE)) ?? 'today',
    other: read.text(ASK_OTHER),
    filter: read.text(ASK_FILTER),
    channelId: read.conversation(ASK_CHANNEL),
  };
}
