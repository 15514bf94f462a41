import { isObject, type JsonObject } from '../json.ts';
import { bool, byType, type Check, list, may, must, object, oneOf, problem, text, webUrl } from './schema.ts';

/** `plain_text` of 1 to `max` characters. */
export const plainText = (max: number): Check =>
  object({ type: must(oneOf('plain_text')), text: must(text(max)), emoji: may(bool) });

export const mrkdwn = (max: number): Check =>
  object({ type: must(oneOf('mrkdwn')), text: must(text(max)), verbatim: may(bool) });

/** `plain_text` or `mrkdwn` of 1 to `max` characters. */
export const anyText = (max: number): Check => byType({ plain_text: plainText(max), mrkdwn: mrkdwn(max) });

/** The dialog that asks before an action is sent. */
export const confirm: Check = object({
  title: must(plainText(100)),
  text: must(plainText(300)),
  confirm: must(plainText(30)),
  deny: must(plainText(30)),
  style: may(oneOf('primary', 'danger')),
});

const option = (label: Check, description: Check, url: boolean): Check =>
  object({
    text: must(label),
    value: must(text(150)),
    description: may(description),
    ...(url ? { url: may(webUrl) } : {}),
  });

/** An option of a menu. */
export const menuOption: Check = option(plainText(75), plainText(75), false);
/** An option of an overflow menu: it may open a page. */
export const overflowOption: Check = option(plainText(75), plainText(75), true);
/** An option of checkboxes and radio buttons: it may be mrkdwn. */
export const choiceOption: Check = option(anyText(75), anyText(75), false);

export const optionGroup: Check = object({
  label: must(plainText(75)),
  options: must(list(menuOption, 100)),
});

/** Says so when the values of the options are not all different. */
export function distinctValues(options: JsonObject[], at: string, problems: string[]): void {
  const values = options.map((one) => one.value);
  if (new Set(values).size < values.length) problems.push(problem('option values must be unique', at));
}

/** An initial option must be one of the options, with all that it says. */
export function isOneOf(options: JsonObject[], wanted: unknown): boolean {
  const canonical = (one: unknown) =>
    isObject(one) && isObject(one.text) ? JSON.stringify([one.value, one.text.type, one.text.text]) : '';
  return options.some((one) => canonical(one) === canonical(wanted));
}

export const dispatchConfig: Check = object({
  trigger_actions_on: may(list(oneOf('on_enter_pressed', 'on_character_entered'), 2)),
});

export const conversationFilter: Check = object(
  {
    include: may(list(oneOf('im', 'mpim', 'private', 'public'), 4)),
    exclude_external_shared_channels: may(bool),
    exclude_bot_users: may(bool),
  },
  (value, at, problems) => {
    if (Object.keys(value).length === 0) problems.push(problem('must provide at least one filter', at));
  },
);

const slackFile: Check = object({ id: may(text(255)), url: may(webUrl) }, (value, at, problems) => {
  if ((value.id === undefined) === (value.url === undefined))
    problems.push(problem('must define either `id` or `url`', at));
});

/** The fields that image blocks and image elements share. */
export const imageFields = {
  alt_text: must(text(2000)),
  image_url: may(webUrl),
  slack_file: may(slackFile),
};

export function hasOnePicture(value: JsonObject, at: string, problems: string[]): void {
  if ((value.image_url === undefined) === (value.slack_file === undefined))
    problems.push(problem('must define either `image_url` or `slack_file`', at));
}
