import type {
  ConversationsSelect,
  DateTimepicker,
  InputBlock,
  KnownBlock,
  ModalView,
  NumberInput,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
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
  | NumberInput
  | RadioButtons
  | StaticSelect
  | DateTimepicker
  | UsersSelect
  | ConversationsSelect;

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
