import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { clip } from '../escape.ts';
import {
  ACCESSIBILITY_LABEL_MAX,
  BUTTON_TEXT_MAX,
  CONFIRM_BUTTON_MAX,
  CONFIRM_TEXT_MAX,
  CONFIRM_TITLE_MAX,
  CONTEXT_TEXT_MAX,
  FALLBACK_TEXT_MAX,
  SECTION_TEXT_MAX,
} from '../limits.ts';

/** What goes to Slack: `text` for notifications and screen readers, the blocks for everybody else. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/**
 * How much smaller than whole a message is made that Slack has refused as too large: 0 whole, 1 its list in brief, 2 words
 * only. The outbox counts it in its rows.
 */
export type Shrunk = number;

/** The smallest that a message can be: its words, with what to type for the rest. */
export const wordsOnly = (message: Message, ...more: string[]): Message => ({
  text: clip([message.text, ...more].join('\n'), FALLBACK_TEXT_MAX),
  blocks: [],
});

/** `text` is mrkdwn of our own. It carries no caller's number: notifications show on locked screens. */
export function message(text: string, blocks: KnownBlock[]): Message {
  return { text: clip(text, FALLBACK_TEXT_MAX), blocks };
}

/** A message of one or more paragraphs that says the same in both forms. */
export function plainMessage(...paragraphs: string[]): Message {
  return message(
    paragraphs.join('\n'),
    paragraphs.map((paragraph) => section(paragraph)),
  );
}

// Verbatim: "#general" or "@here" inside a foreign string stays text. Our own mentions and dates still work.

export function section(mrkdwn: string, accessory?: Button): SectionBlock {
  const text = { type: 'mrkdwn', text: clip(mrkdwn, SECTION_TEXT_MAX), verbatim: true } as const;
  return accessory ? { type: 'section', text, accessory } : { type: 'section', text };
}

/** Small grey print. */
export function context(mrkdwn: string): ContextBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: clip(mrkdwn, CONTEXT_TEXT_MAX), verbatim: true }],
  };
}

export function actions(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

/** `describes`: what a screen reader says instead of a label that many rows share; plain text. */
export function button(label: string, actionId: string, value: string, describes?: string): Button {
  return {
    type: 'button',
    text: plain(label, BUTTON_TEXT_MAX),
    action_id: actionId,
    value,
    ...(describes ? { accessibility_label: clip(describes, ACCESSIBILITY_LABEL_MAX) } : {}),
  };
}

/** What Slack asks before it sends a click; it shows no mentions there. */
export function confirmed(
  asked: Button,
  words: { title: string; text: string; confirm: string; deny: string },
): Button {
  const confirm: ConfirmationDialog = {
    title: plain(words.title, CONFIRM_TITLE_MAX),
    text: plain(words.text, CONFIRM_TEXT_MAX),
    confirm: plain(words.confirm, CONFIRM_BUTTON_MAX),
    deny: plain(words.deny, CONFIRM_BUTTON_MAX),
  };
  return { ...asked, confirm };
}

export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(text, max),
});
