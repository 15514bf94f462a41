import { optionsOf } from '../block-kit/menus.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { ElementState } from '../views.ts';

/** What a person gives to an element: a text, a number, the value or label of an option, or several of these. */
export type Entry = string | number | readonly string[] | null;

interface Keeping {
  /** The field of the payload that holds it. */
  field: string;
  initial: string;
  holds: 'text' | 'number' | 'option' | 'options' | 'id' | 'ids' | 'raw';
}

const keeping = (field: string, initial: string, holds: Keeping['holds']): Keeping => ({
  field,
  initial,
  holds,
});
const typed = keeping('value', 'initial_value', 'text');
const oneOption = keeping('selected_option', 'initial_option', 'option');
const manyOptions = keeping('selected_options', 'initial_options', 'options');

/** The elements that keep what was entered, and how payloads name it. */
const KEEPING: Record<string, Keeping> = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  rich_text_input: keeping('rich_text_value', 'initial_value', 'raw'),
  datepicker: keeping('selected_date', 'initial_date', 'text'),
  timepicker: keeping('selected_time', 'initial_time', 'text'),
  datetimepicker: keeping('selected_date_time', 'initial_date_time', 'number'),
  static_select: oneOption,
  external_select: oneOption,
  radio_buttons: oneOption,
  multi_static_select: manyOptions,
  multi_external_select: manyOptions,
  checkboxes: manyOptions,
  users_select: keeping('selected_user', 'initial_user', 'id'),
  multi_users_select: keeping('selected_users', 'initial_users', 'ids'),
  conversations_select: keeping('selected_conversation', 'initial_conversation', 'id'),
  multi_conversations_select: keeping('selected_conversations', 'initial_conversations', 'ids'),
  channels_select: keeping('selected_channel', 'initial_channel', 'id'),
  multi_channels_select: keeping('selected_channels', 'initial_channels', 'ids'),
};

/** What the element holds before anybody touches it; undefined for one that keeps nothing, such as a button. */
export function initialState(element: JsonObject): ElementState | undefined {
  const keeps = KEEPING[String(element.type)];
  if (!keeps) return undefined;
  const nothing = keeps.holds === 'options' || keeps.holds === 'ids' ? [] : null;
  return { type: String(element.type), [keeps.field]: element[keeps.initial] ?? nothing };
}

/** The option of a menu with this value or label; throws an Error that lists them. */
export function optionIn(element: JsonObject, wanted: string): JsonObject {
  const options = optionsOf(element);
  const label = (option: JsonObject) => (isObject(option.text) ? String(option.text.text) : '');
  const found = options.find((option) => option.value === wanted) ?? options.find((o) => label(o) === wanted);
  if (found) return found;
  if (String(element.type).includes('external'))
    return { text: { type: 'plain_text', text: wanted, emoji: true }, value: wanted };
  throw new Error(`No option ${wanted}; there are ${options.map(label).join(', ')}`);
}

/** The element's state once the person has entered something; throws an Error where a client would not let them. */
export function enteredState(element: JsonObject, entry: Entry): ElementState {
  const keeps = KEEPING[String(element.type)];
  if (!keeps) throw new Error(`Nothing can be entered into a ${String(element.type)}`);
  const type = String(element.type);
  const several = (): readonly string[] => (Array.isArray(entry) ? entry : [String(entry)]);
  const value = () => {
    if (entry === null) return keeps.holds === 'options' || keeps.holds === 'ids' ? [] : null;
    if (keeps.holds === 'option') return optionIn(element, String(entry));
    if (keeps.holds === 'options') return several().map((one) => optionIn(element, one));
    if (keeps.holds === 'ids') return several();
    return keeps.holds === 'number' ? Number(entry) : String(entry);
  };
  return { type, [keeps.field]: keeps.holds === 'raw' ? richText(String(entry ?? '')) : value() };
}

/** What keeps a client from submitting this; undefined when nothing does. */
export function wrongWith(element: JsonObject, state: ElementState, optional: boolean): string | undefined {
  const { type: _, ...kept } = state;
  const [value] = Object.values(kept);
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return optional ? undefined : 'it must be filled in';
  if (element.type === 'plain_text_input') {
    const { length } = String(value);
    if (length < Number(element.min_length ?? 0)) return `it needs ${String(element.min_length)} characters`;
    if (length > Number(element.max_length ?? 3000)) return 'it is too long';
  }
  if (element.type === 'number_input') {
    const amount = Number(value);
    if (!Number.isFinite(amount)) return 'it must be a number';
    if (element.is_decimal_allowed !== true && !Number.isInteger(amount)) return 'it must be a whole number';
    if (amount < Number(element.min_value ?? -Infinity)) return 'it is too small';
    if (amount > Number(element.max_value ?? Infinity)) return 'it is too large';
  }
  return undefined;
}

const richText = (text: string): JsonObject => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
