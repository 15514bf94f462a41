import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersIn, problemsOfBlocks } from '../../../src/sandbox/slack/block-kit/whole.ts';
import type { JsonObject } from '../../../src/sandbox/slack/json.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (more: JsonObject = {}) => ({ type: 'section', text: mrkdwn('a'), ...more });
const button = (more: JsonObject = {}) => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: JsonObject[]) => ({ type: 'actions', elements });
const input = (element: JsonObject, more: JsonObject = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const options = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ text: plain(`o${i}`), value: `v${i}` }));
const of = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const x = (n: number) => 'x'.repeat(n);

const wrong = (...blocks: unknown[]) => problemsOfBlocks(blocks, 'message');
const table = (rows: number, columns: number, text = 'c') => ({
  type: 'table',
  rows: of(rows, () => of(columns, () => ({ type: 'raw_text', text }))),
});

describe('the limits of Block Kit', () => {
  /** What is made with a size, and the largest size that Slack takes. */
  const limits: [string, number, (size: number) => unknown[]][] = [
    ['blocks of a message', 50, (n) => of(n, () => ({ type: 'divider' }))],
    ['text of a section', 3000, (n) => [section({ text: mrkdwn(x(n)) })]],
    ['fields of a section', 10, (n) => [section({ fields: of(n, () => mrkdwn('f')) })]],
    ['text of a field', 2000, (n) => [section({ fields: [mrkdwn(x(n))] })]],
    ['text of a header', 150, (n) => [{ type: 'header', text: plain(x(n)) }]],
    ['elements of actions', 25, (n) => [actions(...of(n, (i) => button({ action_id: `b${i}` })))]],
    ['elements of a context', 10, (n) => [{ type: 'context', elements: of(n, () => mrkdwn('c')) }]],
    ['label of a button', 75, (n) => [actions(button({ text: plain(x(n)) }))]],
    ['value of a button', 2000, (n) => [actions(button({ value: x(n) }))]],
    ['accessibility label', 75, (n) => [actions(button({ accessibility_label: x(n) }))]],
    ['action id', 255, (n) => [actions(button({ action_id: x(n) }))]],
    ['block id', 255, (n) => [section({ block_id: x(n) })]],
    [
      'options of an overflow menu',
      5,
      (n) => [section({ accessory: { type: 'overflow', options: options(n) } })],
    ],
    ['options of a select', 100, (n) => [actions({ type: 'static_select', options: options(n) })]],
    [
      'label of an option',
      75,
      (n) => [actions({ type: 'static_select', options: [{ text: plain(x(n)), value: 'v' }] })],
    ],
    [
      'value of an option',
      150,
      (n) => [actions({ type: 'static_select', options: [{ text: plain('o'), value: x(n) }] })],
    ],
    ['options of checkboxes', 10, (n) => [actions({ type: 'checkboxes', options: options(n) })]],
    ['placeholder', 150, (n) => [actions({ type: 'users_select', placeholder: plain(x(n)) })]],
    ['rows of a table', 100, (n) => [table(n, 1)]],
    ['columns of a table', 20, (n) => [table(1, n)]],
    ['characters of a table', 10_000, (n) => [table(1, 1, x(n))]],
    ['markdown', 12_000, (n) => [{ type: 'markdown', text: x(n) }]],
    ['markdown in total', 6_000, (n) => [x(n), x(6_000)].map((text) => ({ type: 'markdown', text }))],
    ['label of an input', 2000, (n) => [input({ type: 'plain_text_input' }, { label: plain(x(n)) })]],
    ['hint of an input', 2000, (n) => [input({ type: 'plain_text_input' }, { hint: plain(x(n)) })]],
    ['max_length of an input', 3000, (n) => [input({ type: 'plain_text_input', max_length: n })]],
    [
      'alt text of an image',
      2000,
      (n) => [{ type: 'image', alt_text: x(n), image_url: 'https://a.example/i.png' }],
    ],
    [
      'title of a confirm dialog',
      100,
      (n) => [
        actions(
          button({
            confirm: { title: plain(x(n)), text: plain('?'), confirm: plain('y'), deny: plain('n') },
          }),
        ),
      ],
    ],
    [
      'text of a confirm dialog',
      300,
      (n) => [
        actions(
          button({
            confirm: { title: plain('t'), text: plain(x(n)), confirm: plain('y'), deny: plain('n') },
          }),
        ),
      ],
    ],
    [
      'buttons of a confirm dialog',
      30,
      (n) => [
        actions(
          button({
            confirm: { title: plain('t'), text: plain('?'), confirm: plain(x(n)), deny: plain('n') },
          }),
        ),
      ],
    ],
  ];

  it.each(limits)('%s: %i and no more', (_, most, make) => {
    expect(problemsOfBlocks(make(most), 'message')).toEqual([]);
    expect(problemsOfBlocks(make(most + 1), 'message')).not.toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: most }), (size) => {
        expect(problemsOfBlocks(make(size), 'message')).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  it('modals and the Home tab take 100 blocks', () => {
    const dividers = (n: number) => of(n, () => ({ type: 'divider' }));
    expect(problemsOfBlocks(dividers(100), 'home')).toEqual([]);
    expect(problemsOfBlocks(dividers(101), 'modal')).toEqual([
      'no more than 100 items allowed [json-pointer:/blocks]',
    ]);
  });
});

describe('what Slack refuses in blocks, in its own words', () => {
  const refusals: [string, unknown, string][] = [
    [
      'a text that is too long',
      section({ text: mrkdwn(x(3001)) }),
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an empty text',
      section({ text: mrkdwn('') }),
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a field it does not know',
      section({ txet: 1 }),
      'invalid additional property: txet [json-pointer:/blocks/0]',
    ],
    [
      'a disabled button',
      actions(button({ disabled: true })),
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a field in a text it does not know',
      section({ text: { ...mrkdwn('a'), color: 'red' } }),
      'invalid additional property: color [json-pointer:/blocks/0/text]',
    ],
    [
      'a block it does not know',
      { type: 'marquee' },
      'unsupported type: marquee [json-pointer:/blocks/0/type]',
    ],
    ['a block without a type', {}, 'missing required field: type [json-pointer:/blocks/0]'],
    [
      'an element where it does not belong',
      section({ accessory: { type: 'plain_text_input' } }),
      'unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]',
    ],
    [
      'a button in a context',
      { type: 'context', elements: [button()] },
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('a') },
      'value is not allowed; must be one of plain_text [json-pointer:/blocks/0/text/type]',
    ],
    [
      'mrkdwn on a button',
      actions(button({ text: mrkdwn('a') })),
      'value is not allowed; must be one of plain_text [json-pointer:/blocks/0/elements/0/text/type]',
    ],
    [
      'a string for a text',
      { type: 'header', text: 'a' },
      'must provide an object [json-pointer:/blocks/0/text]',
    ],
    [
      'a section that says nothing',
      { type: 'section' },
      'must define either `fields` or `text` [json-pointer:/blocks/0]',
    ],
    [
      'a number for a value',
      actions(button({ value: 7 })),
      'must provide a string [json-pointer:/blocks/0/elements/0/value]',
    ],
    ['actions without elements', actions(), 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      'a style of its own',
      actions(button({ style: 'green' })),
      'value is not allowed; must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a confirm without buttons',
      actions(button({ confirm: { title: plain('t'), text: plain('?') } })),
      'missing required field: confirm [json-pointer:/blocks/0/elements/0/confirm]',
    ],
    [
      'a confirm with formatted text',
      actions(
        button({
          confirm: { title: plain('t'), text: mrkdwn('?'), confirm: plain('y'), deny: plain('n') },
        }),
      ),
      'value is not allowed; must be one of plain_text [json-pointer:/blocks/0/elements/0/confirm/text/type]',
    ],
    [
      'a date that is none',
      actions({ type: 'datepicker', initial_date: '2022-02-30' }),
      'must be a date of the form YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]',
    ],
    [
      'a time that is none',
      actions({ type: 'timepicker', initial_time: '9:00' }),
      'must be a time of the form HH:mm [json-pointer:/blocks/0/elements/0/initial_time]',
    ],
    [
      'a zone that is none',
      actions({ type: 'timepicker', timezone: 'Mars/Base' }),
      'must be an IANA time zone [json-pointer:/blocks/0/elements/0/timezone]',
    ],
    [
      'a select without options',
      actions({ type: 'static_select' }),
      'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an initial option that is not offered',
      actions({
        type: 'static_select',
        options: options(2),
        initial_option: { text: plain('o9'), value: 'v9' },
      }),
      'initial option must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]',
    ],
    [
      'options that cannot be told apart',
      actions({ type: 'static_select', options: [...options(1), ...options(1)] }),
      'option values must be unique [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a button in a table',
      { type: 'table', rows: [[button()]] },
      'unsupported type: button [json-pointer:/blocks/0/rows/0/0/type]',
    ],
    [
      'an image without a picture',
      { type: 'image', alt_text: 'a' },
      'must define either `image_url` or `slack_file` [json-pointer:/blocks/0]',
    ],
    [
      'an input without an element',
      { type: 'input', label: plain('l') },
      'missing required field: element [json-pointer:/blocks/0]',
    ],
    [
      'a rich text of unknown parts',
      { type: 'rich_text', elements: [{ type: 'rich_text_poem', elements: [] }] },
      'unsupported type: rich_text_poem [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'a list in rich text without a style',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_list', elements: [{ type: 'rich_text_section', elements: [] }] }],
      },
      'missing required field: style [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'feedback buttons among actions',
      actions({ type: 'feedback_buttons' }),
      'unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]',
    ],
  ];
  it.each(refusals)('%s', (_, block, problem) => {
    expect(wrong(block)).toContain(problem);
  });

  it('an action id used twice, also in different blocks', () => {
    const twice = [
      actions(button({ action_id: 'claim' })),
      section({ accessory: button({ action_id: 'claim' }) }),
    ];
    expect(wrong(...twice)).toEqual([
      '`action_id` "claim" already exists [json-pointer:/blocks/1/accessory/action_id]',
    ]);
  });

  it('a block id used twice', () => {
    expect(wrong(section({ block_id: 'b' }), section({ block_id: 'b' }))).toEqual([
      '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  it('two tables, and two elements that want the focus', () => {
    expect(wrong(table(1, 1), table(1, 1))).toHaveLength(1);
    const focused = { type: 'plain_text_input', focus_on_load: true };
    expect(problemsOfBlocks([input(focused), input(focused)], 'modal')).toEqual([
      'only one element may have `focus_on_load` [json-pointer:/blocks]',
    ]);
  });

  it('tables and markdown anywhere but in messages', () => {
    for (const surface of ['modal', 'home'] as const) {
      expect(problemsOfBlocks([table(1, 1)], surface)).not.toEqual([]);
      expect(problemsOfBlocks([{ type: 'markdown', text: 'a' }], surface)).not.toEqual([]);
    }
  });
});

describe('what Slack takes', () => {
  it('every kind of block and element with all of its fields', () => {
    const confirm = {
      title: plain('t'),
      text: plain('?'),
      confirm: plain('y'),
      deny: plain('n'),
      style: 'danger',
    };
    const image = { type: 'image', alt_text: 'a', image_url: 'https://a.example/i.png' };
    expect(
      wrong(
        section({ fields: [plain('f')], accessory: image, expand: true, block_id: 's' }),
        actions(
          button({ action_id: 'a', value: 'v', url: 'https://a.example', style: 'primary', confirm }),
          {
            type: 'overflow',
            options: [{ ...options(1)[0], url: 'https://a.example', description: plain('d') }],
          },
          {
            type: 'static_select',
            option_groups: [{ label: plain('g'), options: options(2) }],
            placeholder: plain('p'),
          },
          {
            type: 'multi_static_select',
            options: options(2),
            initial_options: options(1),
            max_selected_items: 1,
          },
          { type: 'external_select', min_query_length: 0 },
          { type: 'conversations_select', filter: { include: ['public'] }, response_url_enabled: true },
          { type: 'channels_select', initial_channel: 'C1' },
          { type: 'radio_buttons', options: [{ text: mrkdwn('*o*'), value: 'o' }] },
          { type: 'datepicker', initial_date: '2024-02-29' },
          { type: 'timepicker', initial_time: '23:59', timezone: 'Asia/Shanghai' },
          { type: 'datetimepicker', initial_date_time: 1_668_643_200 },
        ),
        { type: 'context', elements: [image, plain('p'), mrkdwn('m')] },
        { type: 'header', text: { ...plain('h'), emoji: true } },
        { type: 'divider' },
        { ...image, title: plain('t') },
        input(
          { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' },
          { optional: true },
        ),
        {
          type: 'context_actions',
          elements: [{ type: 'icon_button', icon: 'trash', text: plain('Remove') }],
        },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'a', style: { bold: true } },
                { type: 'user', user_id: 'U1' },
                { type: 'date', timestamp: 1, format: '{time}', fallback: 'f' },
              ],
            },
          ],
        },
        { ...table(2, 2), column_settings: [null, { align: 'right', is_wrapped: true }] },
      ),
    ).toEqual([]);
  });

  it('the same made-up section, whatever it says, as long as it is short enough', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 3000, unit: 'grapheme' }), (text) => {
        const isShort = text.length <= 3000;
        expect(wrong(section({ text: mrkdwn(text) })).length === 0).toBe(isShort);
      }),
      { numRuns: 50 },
    );
  });
});

it('counts what is read, not what is only sent', () => {
  expect(charactersIn([section({ text: mrkdwn('12345') }), actions(button({ value: x(500) }))])).toBe(7);
});
