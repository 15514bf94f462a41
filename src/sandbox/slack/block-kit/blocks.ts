import { anyText, hasOnePicture, imageFields, mrkdwn, plainText } from './composition.ts';
import { elements } from './elements.ts';
import { richTextBlock } from './rich-text.ts';
import {
  bool,
  byType,
  type Check,
  type Fields,
  integer,
  list,
  may,
  must,
  number,
  object,
  oneOf,
  only,
  problem,
  text,
  textThat,
  webUrl,
} from './schema.ts';

/** Where blocks are shown; each place takes some of them. */
export type Surface = 'message' | 'modal' | 'home';

/** A block: its type, its id and these fields. */
const block = (type: string, fields: Fields, and?: Parameters<typeof object>[1]): Check =>
  object({ type: must(oneOf(type)), block_id: may(text(255)), ...fields }, and);

const SELECTS = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const CHOOSERS = [
  ...SELECTS,
  ...SELECTS.map((type) => `multi_${type}`),
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
];

const accessory = byType(only(elements, [...CHOOSERS, 'button', 'image', 'overflow', 'workflow_button']));
const action = byType(
  only(elements, [...CHOOSERS, 'button', 'datetimepicker', 'overflow', 'rich_text_input', 'workflow_button']),
);
const input = byType(
  only(elements, [
    ...CHOOSERS,
    'datetimepicker',
    'email_text_input',
    'file_input',
    'number_input',
    'plain_text_input',
    'rich_text_input',
    'url_text_input',
  ]),
);

const httpsUrl = textThat((url) => /^https:\/\/\S+$/.test(url) && url.length <= 3000, 'must be an https URL');
const image = byType(only(elements, ['image']));
const button = byType(only(elements, ['button']));

const cell = byType({
  raw_text: object({ type: must(oneOf('raw_text')), text: must(text(10_000)) }),
  raw_number: object({ type: must(oneOf('raw_number')), value: must(number), text: must(text(10_000)) }),
  rich_text: richTextBlock,
});
const column: Check = (value, at, problems) => {
  // A column that keeps the default may be null.
  if (value !== null)
    object({ align: may(oneOf('left', 'center', 'right')), is_wrapped: may(bool) })(value, at, problems);
};

const card = block(
  'card',
  {
    hero_image: may(image),
    icon: may(image),
    title: may(mrkdwn(150)),
    subtitle: may(mrkdwn(150)),
    body: may(mrkdwn(200)),
    actions: may(list(button, 3)),
  },
  (value, at, problems) => {
    if (![value.hero_image, value.title, value.actions, value.body].some((part) => part !== undefined))
      problems.push(problem('must define `hero_image`, `title`, `actions` or `body`', at));
  },
);

const taskCard = block('task_card', {
  task_id: must(text(255)),
  title: must(text(3000)),
  details: may(richTextBlock),
  output: may(richTextBlock),
  sources: may(list(object({ type: must(oneOf('url')), url: must(webUrl), text: must(text(3000)) }), 100, 0)),
  status: must(oneOf('pending', 'in_progress', 'complete', 'error')),
});

const everywhere: Record<string, Check> = {
  section: block(
    'section',
    {
      text: may(anyText(3000)),
      fields: may(list(anyText(2000), 10)),
      accessory: may(accessory),
      expand: may(bool),
    },
    (value, at, problems) => {
      if (value.text === undefined && value.fields === undefined)
        problems.push(problem('must define either `fields` or `text`', at));
    },
  ),
  actions: block('actions', { elements: must(list(action, 25)) }),
  context: block('context', {
    elements: must(
      list(
        byType({ image: elements.image ?? accessory, plain_text: plainText(3000), mrkdwn: mrkdwn(3000) }),
        10,
      ),
    ),
  }),
  divider: block('divider', {}),
  header: block('header', { text: must(plainText(150)) }),
  image: block('image', { ...imageFields, title: may(plainText(2000)) }, hasOnePicture),
  input: block('input', {
    label: must(plainText(2000)),
    element: must(input),
    hint: may(plainText(2000)),
    optional: may(bool),
    dispatch_action: may(bool),
  }),
  rich_text: richTextBlock,
  alert: block('alert', {
    text: must(anyText(200)),
    level: may(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
  video: block('video', {
    video_url: must(httpsUrl),
    thumbnail_url: must(webUrl),
    alt_text: must(text(2000)),
    title: must(plainText(199)),
    title_url: may(httpsUrl),
    author_name: may(text(49)),
    provider_name: may(text(255)),
    provider_icon_url: may(webUrl),
    description: may(plainText(199)),
  }),
};

const table = block('table', {
  rows: must(list(list(cell, 20), 100)),
  column_settings: may(list(column, 20)),
});

const inMessages: Record<string, Check> = {
  table,
  markdown: block('markdown', { text: must(text(12_000)) }),
  context_actions: block('context_actions', {
    elements: must(list(byType(only(elements, ['feedback_buttons', 'icon_button'])), 5)),
  }),
  data_table: block('data_table', {
    caption: must(text(3000)),
    rows: must(list(list(cell, 20), 201)),
    page_size: may(integer(1, 100)),
    row_header_column_index: may(integer(0, 19)),
  }),
  card,
  carousel: block('carousel', { elements: must(list(byType({ card }), 10)) }),
  task_card: taskCard,
  plan: block('plan', { title: must(text(3000)), tasks: may(list(byType({ task_card: taskCard }), 100, 0)) }),
  container: block(
    'container',
    {
      title: may(plainText(150)),
      rich_text_title: may(richTextBlock),
      subtitle: may(anyText(150)),
      child_blocks: must(list(byType({ ...everywhere, table }), 10)),
      width: may(oneOf('narrow', 'standard', 'wide', 'full')),
      icon: may(image),
      is_collapsible: may(bool),
      default_collapsed: may(bool),
      has_header_divider: may(bool),
    },
    (value, at, problems) => {
      if (value.title === undefined && value.rich_text_title === undefined)
        problems.push(problem('must define either `title` or `rich_text_title`', at));
    },
  ),
};

/** One block, as the surface takes it. */
export const blockOn: Record<Surface, Check> = {
  message: byType({ ...everywhere, ...inMessages }),
  modal: byType(everywhere),
  home: byType(everywhere),
};
