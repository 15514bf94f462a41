import type {
  Checkboxes,
  ConversationsSelect,
  DateTimepicker,
  InputBlock,
  KnownBlock,
  ModalView,
  MultiConversationsSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
  Timepicker,
  UsersSelect,
} from '@slack/types';
import { OPTION_TEXT_MAX, VIEW_LABEL_MAX } from '../limits.ts';
import { plain } from '../messages/message.ts';

const LABEL_MAX = 100;

/** A form of the desk's. `submit`: left out where there is nothing to fill in. */
export function modal(
  name: string,
  metadata: string,
  words: { title: string; close: string; submit?: string },
  blocks: KnownBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id: name,
    private_metadata: metadata,
    title: plain(words.title, VIEW_LABEL_MAX),
    close: plain(words.close, VIEW_LABEL_MAX),
    ...(words.submit === undefined ? {} : { submit: plain(words.submit, VIEW_LABEL_MAX) }),
    blocks,
  };
}

type Element =
  | PlainTextInput
  | RadioButtons
  | Checkboxes
  | StaticSelect
  | MultiStaticSelect
  | DateTimepicker
  | Timepicker
  | UsersSelect
  | MultiUsersSelect
  | ConversationsSelect
  | MultiConversationsSelect;

/** `blockId` is what errors and values name it by. */
export function input(
  blockId: string,
  label: string,
  element: Element,
  how: { optional?: boolean; hint?: string; dispatch?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label, LABEL_MAX),
    element,
    ...(how.optional ? { optional: true } : {}),
    ...(how.hint === undefined ? {} : { hint: plain(how.hint, LABEL_MAX * 2) }),
    ...(how.dispatch ? { dispatch_action: true } : {}),
  };
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

const optionsOf = (choices: readonly Choice<string>[]) =>
  choices.map(({ value, label }) => ({ text: plain(label, OPTION_TEXT_MAX), value }));

/** `initial` is one of the choices. */
export function radioButtons<Value extends string>(
  actionId: string,
  choices: readonly Choice<Value>[],
  initial: Value,
): RadioButtons {
  const options = optionsOf(choices);
  const initial_option = options.find(({ value }) => value === initial);
  return {
    type: 'radio_buttons',
    action_id: actionId,
    options,
    ...(initial_option ? { initial_option } : {}),
  };
}

export function select<Value extends string>(
  actionId: string,
  choices: readonly Choice<Value>[],
  initial: Value,
): StaticSelect {
  const options = optionsOf(choices);
  const initial_option = options.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    action_id: actionId,
    options,
    ...(initial_option ? { initial_option } : {}),
  };
}

export function checkboxes<Value extends string>(
  actionId: string,
  choices: readonly Choice<Value>[],
  initial: readonly Value[],
): Checkboxes {
  const options = optionsOf(choices);
  const initial_options = options.filter(({ value }) => initial.some((one) => one === value));
  return {
    type: 'checkboxes',
    action_id: actionId,
    options,
    ...(initial_options.length > 0 ? { initial_options } : {}),
  };
}

/** Slack's limits: 100 options in a group, 100 groups. */
const OPTIONS_MOST = 100;

/** Any number of choices up to 10,000: what goes beyond one menu's options stands in further groups of it. */
export function multiSelect(
  actionId: string,
  choices: readonly Choice<string>[],
  initial: readonly string[],
  most: number,
): MultiStaticSelect {
  const options = optionsOf(choices);
  const groups = Array.from({ length: Math.ceil(options.length / OPTIONS_MOST) }, (_, n) =>
    options.slice(n * OPTIONS_MOST, (n + 1) * OPTIONS_MOST),
  ).slice(0, OPTIONS_MOST);
  const initial_options = options.filter(({ value }) => initial.includes(value)).slice(0, most);
  return {
    type: 'multi_static_select',
    action_id: actionId,
    max_selected_items: most,
    ...(groups.length > 1
      ? {
          option_groups: groups.map((group) => ({
            label: plain(`${group[0]?.text.text} …`, OPTION_TEXT_MAX),
            options: group,
          })),
        }
      : { options }),
    ...(initial_options.length > 0 ? { initial_options } : {}),
  };
}

export function textInput(actionId: string, value: string, most: number, multiline = false): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: actionId,
    max_length: most,
    ...(multiline ? { multiline } : {}),
    ...(value === '' ? {} : { initial_value: value }),
  };
}
