import type { Message } from '../../src/slack/messages/message.ts';

/**
 * What Slack would refuse of a message, or show wrongly, as sentences; empty when it is sound. Written from the documentation and
 * not from src/slack/limits.ts, so that one mistake is not made twice.
 */
export function problemsOf(message: Message): string[] {
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
  const checkButton = (element: { [key: string]: unknown }) => {
    const { text, action_id: id, value, accessibility_label: label, ...rest } = element;
    check(
      rest.type === 'button' && Object.keys(rest).length === 1,
      `an element is more than a button: ${Object.keys(rest)}`,
    );
    check(typeof id === 'string' && id.length > 0 && id.length <= 255, 'an action_id is empty or too long');
    check(!ids.has(String(id)), `action_id ${id} is there twice`);
    ids.add(String(id));
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

  checkMrkdwn(message.text, 4000, 'text');
  check(message.blocks.length > 0 && message.blocks.length <= 50, `${message.blocks.length} blocks`);
  for (const block of message.blocks) {
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
      default:
        problems.push(`a block of type ${block.type} is not safe on phones`);
    }
  }
  const all = JSON.stringify(message);
  check(all.length <= 13_000, `the message has ${all.length} characters in all`);
  check(all.isWellFormed() && !/\\ud[89a-f]/i.test(all), 'a surrogate pair is torn');
  check(!/\\u00[01]/.test(all), 'there is a control character');
  return problems;
}

const TOKEN = /<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!date\^\d+\^[^|<>]+\|[^|<>]+)>/g;

/** Anything that looks like Slack's markup and is not a whole token of ours. */
function markupProblems(text: string): string[] {
  const rest = text.replaceAll(TOKEN, '');
  return [
    ...(/[<>]/.test(rest) ? [`markup that is not ours: ${rest.match(/.{0,20}[<>].{0,20}/s)?.[0]}`] : []),
    ...(/&(?!amp;|lt;|gt;)/.test(rest) ? ['an & that is not escaped, or an entity that is torn'] : []),
  ];
}
