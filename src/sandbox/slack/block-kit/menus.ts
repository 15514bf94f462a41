import { isObject, type JsonObject, objectsOf } from '../json.ts';
import {
  confirm,
  conversationFilter,
  distinctValues,
  isOneOf,
  menuOption,
  optionGroup,
  plainText,
} from './composition.ts';
import {
  bool,
  type Check,
  type Fields,
  integer,
  list,
  may,
  must,
  object,
  oneOf,
  problem,
  text,
} from './schema.ts';

const id = text(255);

const shared: Fields = {
  action_id: may(text(255)),
  placeholder: may(plainText(150)),
  confirm: may(confirm),
  focus_on_load: may(bool),
};
const several: Fields = { max_selected_items: may(integer(1, 1000)) };

/** The options of a menu, those of its groups included. */
export function optionsOf(menu: JsonObject): JsonObject[] {
  return [...objectsOf(menu.options), ...objectsOf(menu.option_groups).flatMap((g) => objectsOf(g.options))];
}

function staticRules(initial: string) {
  return (value: JsonObject, at: string, problems: string[]) => {
    if ((value.options === undefined) === (value.option_groups === undefined))
      problems.push(problem('must define either `options` or `option_groups`', at));
    const options = optionsOf(value);
    distinctValues(options, at, problems);
    const wanted = value[initial];
    const chosen = Array.isArray(wanted) ? wanted : isObject(wanted) ? [wanted] : [];
    if (!chosen.every((one) => isOneOf(options, one)))
      problems.push(problem('initial option must be one of the options', `${at}/${initial}`));
  };
}

const menu = (type: string, fields: Fields, and?: Parameters<typeof object>[1]): Check =>
  object({ type: must(oneOf(type)), ...shared, ...fields }, and);

const choices: Fields = { options: may(list(menuOption, 100)), option_groups: may(list(optionGroup, 100)) };
const respond: Fields = { response_url_enabled: may(bool) };
const conversations: Fields = {
  default_to_current_conversation: may(bool),
  filter: may(conversationFilter),
};
const external: Fields = { min_query_length: may(integer(0, 3000)) };

/** The menus of Block Kit, which choose one or several. */
export const menus: Record<string, Check> = {
  static_select: menu(
    'static_select',
    { ...choices, initial_option: may(menuOption) },
    staticRules('initial_option'),
  ),
  multi_static_select: menu(
    'multi_static_select',
    { ...choices, ...several, initial_options: may(list(menuOption, 100)) },
    staticRules('initial_options'),
  ),
  external_select: menu('external_select', { ...external, initial_option: may(menuOption) }),
  multi_external_select: menu('multi_external_select', {
    ...external,
    ...several,
    initial_options: may(list(menuOption, 100)),
  }),
  users_select: menu('users_select', { initial_user: may(id) }),
  multi_users_select: menu('multi_users_select', { ...several, initial_users: may(list(id, 1000)) }),
  conversations_select: menu('conversations_select', {
    ...conversations,
    ...respond,
    initial_conversation: may(id),
  }),
  multi_conversations_select: menu('multi_conversations_select', {
    ...conversations,
    ...several,
    initial_conversations: may(list(id, 1000)),
  }),
  channels_select: menu('channels_select', { ...respond, initial_channel: may(id) }),
  multi_channels_select: menu('multi_channels_select', { ...several, initial_channels: may(list(id, 1000)) }),
};
