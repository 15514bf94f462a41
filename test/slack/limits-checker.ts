import type { HomeView, InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Message } from '../../src/slack/messages/message.ts';

/**
 * What Slack would refuse of a message, or show wrongly, as sentences; empty when it is sound. Written from the documentation and
 * not from src/slack/limits.ts, so that one mistake is not made twice.
 */
export function problemsOf(message: Message): string[] {
  return problemsOfBlocks(message.blocks, message, { blocks: 50, text: message.text, characters: 13_000 });
}

/** The same of a form or a Home, as it is sent. */
export function problemsOfView(view: ModalView | HomeView): string[] {
  const { private_metadata: metadata = '' } = view;
  const { title, submit, close } = { title: undefined, submit: undefined, close: undefined, ...view };
  // The desk's own: all of them are known.
  const blocks = view.blocks as KnownBlock[];
  const labels = [title, submit, close].flatMap((one) => (one ? [one.text] : []));
  return [
    ...labels.filter((text) => text.length === 0 || text.length > 24).map((text) => `a label: ${text}`),
    ...(metadata.length > 3000 ? ['private_metadata is too long'] : []),
    ...(submit || !blocks.some(({ type }) => type === 'input') ? [] : ['inputs and nothing to submit']),
    ...problemsOfBlocks(blocks, view, { blocks: 100, text: null, characters: 250_000 }),
  ];
}

function problemsOfBlocks(
  blocks: readonly KnownBlock[],
  whole: object,
  most: { blocks: number; text: string | null; characters: number },
): string[] {
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  const ids = new Set<string>();

  const checkMrkdwn = (text: string, most: number, where: string) => {
    check(text.trim().length > 0, `${where} is empty`);
    check(text.length <= most, `${where} has ${text.length} characters`);
    problems.push(...markupProblems(text).map((problem) => `${where}: ${problem}`));
  };
  const checkId = (id: unknown) => {
    check(typeof id === 'string' && id.length > 0 && id.length <= 255, 'an action_id is empty or too long');
    check(!ids.has(String(id)), `action_id ${id} is there twice`);
    ids.add(String(id));
  };
  const checkPlain = (text: unknown, most: number, where: string) => {
    const { type, text: words } = text as { type: string; text: string };
    check(
      type === 'plain_text' && words.length > 0 && words.length <= most,
      `${where} has ${words.length} characters`,
    );
  };
  const checkOptions = (options: unknown, most: number) => {
    const all = options as { text: unknown; value: string }[];
    check(all.length > 0 && all.length <= most, `${all.length} options`);
    check(new Set(all.map(({ value }) => value)).size === all.length, 'two options have the same value');
    for (const { text, value } of all) {
      checkPlain(text, 75, 'an option');
      check(value.length > 0 && value.length <= 150, 'the value of an option is empty or too long');
    }
  };
  const checkConfirm = (confirm: unknown) => {
    const { title, text, confirm: yes, deny } = confirm as { [key: string]: { text: string } };
    checkPlain(title, 100, "a dialog's title");
    checkPlain(text, 300, 'a dialog');
    checkPlain(yes, 30, "a dialog's button");
    checkPlain(deny, 30, "a dialog's button");
  };
  const checkButton = (element: { [key: string]: unknown }) => {
    const { text, action_id: id, value, accessibility_label: label, confirm, style, ...rest } = element;
    check(style === undefined || style === 'primary' || style === 'danger', 'a style is unknown');
    check(
      rest.type === 'button' && Object.keys(rest).length === 1,
      `an element is more than a button: ${Object.keys(rest)}`,
    );
    checkId(id);
    if (confirm) checkConfirm(confirm);
    check(
      typeof value === 'string' && value.length > 0 && value.length <= 2000,
      'a value is empty or too long',
    );
    check(
      label === undefined || (typeof label === 'string' && label.length > 0 && label.length <= 75),
      'a label is too long',
    );
    const { type, text: words } = text as { type: string; text: string };
    check(type === 'plain_text' && words.length > 0 && words.length <= 75, 'a button text is wrong');
    check([...words].length <= 12, `a button text is cut on a phone: ${words}`);
  };

  const checkInput = (block: InputBlock) => {
    const { label, hint, element } = block;
    checkPlain(label, 2000, 'a label');
    if (hint) checkPlain(hint, 2000, 'a hint');
    check((block.block_id ?? '').length > 0, 'an input has no block_id to name its errors by');
    checkId(element.action_id);
    if (element.type === 'multi_static_select')
      for (const { options = [] } of element.option_groups ?? [element]) checkOptions(options, 100);
    if (element.type === 'multi_static_select')
      check((element.option_groups ?? []).length <= 100, 'a menu has too many groups');
    if (element.type === 'plain_text_input') {
      const { initial_value: text = '', max_length: most = 3000 } = element;
      check(most <= 3000 && text.length <= most, 'a text is too long to be sent back');
    }
    if (element.type === 'checkboxes') checkOptions(element.options, 10);
    if (element.type === 'radio_buttons') checkOptions(element.options, 10);
    if (element.type === 'static_select') checkOptions(element.options, 100);
  };

  if (most.text !== null) checkMrkdwn(most.text, 4000, 'text');
  // A message may be its text alone.
  check(blocks.length > 0 || most.text !== null, 'no blocks');
  check(blocks.length <= most.blocks, `${blocks.length} blocks`);
  for (const block of blocks) {
    switch (block.type) {
      case 'section':
        check(block.text?.type === 'mrkdwn', 'a section has no mrkdwn');
        checkMrkdwn(block.text?.text ?? '', 3000, 'a section');
        if (block.accessory) checkButton({ ...block.accessory });
        break;
      case 'context':
        check(block.elements.length > 0 && block.elements.length <= 10, 'a context has too many elements');
        for (const element of block.elements) {
          check(element.type === 'mrkdwn', 'a context element is no mrkdwn');
          if (element.type === 'mrkdwn') checkMrkdwn(element.text, 2000, 'a context');
        }
        break;
      case 'actions':
        check(block.elements.length > 0 && block.elements.length <= 25, 'actions has too many elements');
        for (const element of block.elements) checkButton({ ...element });
        break;
      case 'divider':
        break;
      case 'input':
        check(most.text === null, 'an input in a message');
        checkInput(block);
        break;
      default:
        problems.push(`a block of type ${block.type} is not safe on phones`);
    }
  }
  const all = JSON.stringify(whole);
  check(all.length <= most.characters, `the message has ${all.length} characters in all`);
  check(all.isWellFormed() && !/\\ud[89a-f]/i.test(all), 'a surrogate pair is torn');
  check(!/\\u00[01]/.test(all), 'there is a control character');
  return problems;
}

const TOKEN =
  /<(?:tel:\+\d+\|[^|<>]+|!here|!subteam\^S[A-Z0-9]+|@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!date\^\d+\^[^|<>]+\|[^|<>]+)>/g;

/** Anything that looks like Slack's markup and is not a whole token of ours. */
function markupProblems(text: string): string[] {
  const rest = text.replaceAll(TOKEN, '');
  return [
    ...(/[<>]/.test(rest) ? [`markup that is not ours: ${rest.match(/.{0,20}[<>].{0,20}/s)?.[0]}`] : []),
    ...(/&(?!amp;|lt;|gt;)/.test(rest) ? ['an & that is not escaped, or an entity that is torn'] : []),
  ];
}
