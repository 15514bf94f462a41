import { objectsOf } from '../json.ts';
import {
  choiceOption,
  confirm,
  dispatchConfig,
  distinctValues,
  hasOnePicture,
  imageFields,
  isOneOf,
  overflowOption,
  plainText,
} from './composition.ts';
import { menus } from './menus.ts';
import { richTextBlock } from './rich-text.ts';
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
  textThat,
  webUrl,
} from './schema.ts';

export const actionId = may(text(255));
const focus = { focus_on_load: may(bool) };
const placeholder = { placeholder: may(plainText(150)) };
const typed = { dispatch_action_config: may(dispatchConfig), ...focus, ...placeholder };
const style = may(oneOf('primary', 'danger'));

/** An element that acts: its type, its action id and these fields. */
const acting = (type: string, fields: Fields, and?: Parameters<typeof object>[1]): Check =>
  object({ type: must(oneOf(type)), action_id: actionId, ...fields }, and);

const isDate = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
const isTime = (value: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
const isZone = (value: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
};
const isNumber = (value: string) => value.trim() !== '' && Number.isFinite(Number(value));

const numeric = may(textThat(isNumber, 'must be a number in a string'));
const feedback = object({
  text: must(plainText(75)),
  value: must(text(2000)),
  accessibility_label: may(text(75)),
});

/** Checkboxes and radio buttons: at most ten options, the initial ones among them. */
const choice = (type: string, initial: 'initial_option' | 'initial_options', chosen: Check): Check =>
  acting(
    type,
    { options: must(list(choiceOption, 10)), [initial]: may(chosen), confirm: may(confirm), ...focus },
    (value, at, problems) => {
      const options = objectsOf(value.options);
      distinctValues(options, `${at}/options`, problems);
      const wanted = value[initial] === undefined ? [] : [value[initial]].flat();
      if (!wanted.every((one) => isOneOf(options, one)))
        problems.push(problem('initial option must be one of the options', `${at}/${initial}`));
    },
  );

/** Every element of Block Kit by its type: its fields and their limits. */
export const elements: Record<string, Check> = {
  ...menus,
  button: acting('button', {
    text: must(plainText(75)),
    value: may(text(2000)),
    url: may(webUrl),
    style,
    confirm: may(confirm),
    accessibility_label: may(text(75)),
  }),
  overflow: acting(
    'overflow',
    { options: must(list(overflowOption, 5)), confirm: may(confirm) },
    (value, at, problems) => distinctValues(objectsOf(value.options), `${at}/options`, problems),
  ),
  checkboxes: choice('checkboxes', 'initial_options', list(choiceOption, 10)),
  radio_buttons: choice('radio_buttons', 'initial_option', choiceOption),
  datepicker: acting('datepicker', {
    initial_date: may(textThat(isDate, 'must be a date of the form YYYY-MM-DD')),
    confirm: may(confirm),
    ...focus,
    ...placeholder,
  }),
  timepicker: acting('timepicker', {
    initial_time: may(textThat(isTime, 'must be a time of the form HH:mm')),
    timezone: may(textThat(isZone, 'must be an IANA time zone')),
    confirm: may(confirm),
    ...focus,
    ...placeholder,
  }),
  datetimepicker: acting('datetimepicker', {
    initial_date_time: may(integer(1_000_000_000, 9_999_999_999)),
    confirm: may(confirm),
    ...focus,
  }),
  plain_text_input: acting(
    'plain_text_input',
    {
      initial_value: may(text(3000, 0)),
      multiline: may(bool),
      min_length: may(integer(0, 3000)),
      max_length: may(integer(1, 3000)),
      ...typed,
    },
    (value, at, problems) => {
      if (Number(value.min_length ?? 0) > Number(value.max_length ?? 3000))
        problems.push(problem('min_length must not be above max_length', at));
    },
  ),
  number_input: acting(
    'number_input',
    {
      is_decimal_allowed: must(bool),
      initial_value: numeric,
      min_value: numeric,
      max_value: numeric,
      ...typed,
    },
    (value, at, problems) => {
      if (Number(value.min_value ?? -Infinity) > Number(value.max_value ?? Infinity))
        problems.push(problem('min_value must not be above max_value', at));
    },
  ),
  email_text_input: acting('email_text_input', { initial_value: may(text(3000, 0)), ...typed }),
  url_text_input: acting('url_text_input', { initial_value: may(text(3000, 0)), ...typed }),
  rich_text_input: acting('rich_text_input', {
    initial_value: may(richTextBlock),
    min_lines: may(integer(1, 100)),
    max_lines: may(integer(1, 100)),
    ...typed,
  }),
  file_input: acting('file_input', { filetypes: may(list(text(255), 100)), max_files: may(integer(1, 10)) }),
  feedback_buttons: acting('feedback_buttons', {
    positive_button: must(feedback),
    negative_button: must(feedback),
  }),
  icon_button: acting('icon_button', {
    icon: must(text(255)),
    text: must(plainText(75)),
    value: may(text(2000)),
    accessibility_label: may(text(75)),
    visible_to_user_ids: may(list(text(255), 100)),
    confirm: may(confirm),
  }),
  workflow_button: acting('workflow_button', {
    text: must(plainText(75)),
    workflow: must(
      object({
        trigger: must(
          object({
            url: must(webUrl),
            customizable_input_parameters: may(
              list(object({ name: must(text(255)), value: must(text(3000, 0)) }), 100, 0),
            ),
          }),
        ),
      }),
    ),
    style,
    accessibility_label: may(text(75)),
    confirm: may(confirm),
  }),
  image: object({ type: must(oneOf('image')), ...imageFields }, hasOnePicture),
};
