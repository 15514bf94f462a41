import { isObject, objectsOf } from '../../slack/json.ts';

/** What is entered into an element, as the sandbox's Slack takes it. */
export type FormValue = string | number | string[] | null;

/** What an element holds before anybody touches it, or what was entered so far (a `state.values` entry). */
export function valueHeld(held: unknown): FormValue {
  if (!isObject(held)) return null;
  for (const [field, value] of Object.entries(held)) {
    if (!/^(?:initial_|selected_|value$)/.test(field) || value === null || value === undefined) continue;
    if (typeof value === 'string' || typeof value === 'number') return value;
    if (Array.isArray(value)) return value.map((one) => (isObject(one) ? String(one.value) : String(one)));
    if (isObject(value)) return typeof value.value === 'string' ? value.value : null;
  }
  return null;
}

/** The options of a menu with those of its groups: `[label of the group or null, options]`. */
export function groupsOf(menu: {
  options?: unknown;
  option_groups?: unknown;
}): [string | null, OptionShown[]][] {
  const plain = objectsOf(menu.options).map(optionShown);
  const groups = objectsOf(menu.option_groups).map((group): [string, OptionShown[]] => [
    textOf(group.label),
    objectsOf(group.options).map(optionShown),
  ]);
  return plain.length > 0 ? [[null, plain], ...groups] : groups;
}

export interface OptionShown {
  value: string;
  label: string;
  description: string;
}

const optionShown = (option: Record<string, unknown>): OptionShown => ({
  value: String(option.value ?? ''),
  label: textOf(option.text),
  description: textOf(option.description),
});

/** The words of a text object; empty for anything else. */
export const textOf = (text: unknown): string =>
  isObject(text) && typeof text.text === 'string' ? text.text : '';
