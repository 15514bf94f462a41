import type { HomeView, ModalView } from '@slack/types';
import { expect, it } from 'vitest';
import { strong } from '../../../src/slack/escape.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import zhCN from '../../../src/slack/locales/zh-CN.json' with { type: 'json' };
import { keptWords } from '../../../src/slack/messages/erasing.ts';
import { hoursWords } from '../../../src/slack/messages/hours-words.ts';
import { type Message, plainMessage } from '../../../src/slack/messages/message.ts';
import { everyMessage } from '../limits/every-message.ts';
import { forms } from '../views/examples.ts';
import { everyHome } from '../views/home-examples.ts';
import { settingsViews } from '../views/settings-examples.ts';
import { chinese } from './examples.ts';

// Slack takes * and ` for formatting only where they stand apart from letters and full-width marks: `这里的 *159*。` shows its stars.

const said = new Set<string>();
const context: MessageContext = {
  ...chinese,
  t(key, params) {
    said.add(key);
    return chinese.t(key, params);
  },
};

const asMessage = ({ blocks }: HomeView | ModalView): Message => ({
  text: '',
  // The desk's own: all of them are known.
  blocks: blocks as Message['blocks'],
});

const NAME = 'Support';
const OPEN = [{ from: 540, to: 1080 }];

/** Every message and view of the desk's. */
const messages: Message[] = [
  ...[context, { ...context, masked: true }].flatMap((one) => Object.values(everyMessage(NAME, one)).flat()),
  ...[...Object.values({ ...settingsViews(NAME, context), ...forms(NAME, context) }).flat()].map(asMessage),
  ...everyHome(NAME, context).map(asMessage),
  plainMessage(hoursWords([OPEN, OPEN], context)),
  // What the listeners put together.
  plainMessage(context.t('erase.done', { kept: keptWords({ calls: 2, callbacks: 1 }, context) })),
  plainMessage(context.t('erase.asks', { caller: strong('+86 10 8888 0990', 40) })),
];

it('says every Chinese text that something is put into', () => {
  const fillable = Object.entries(zhCN)
    .filter(([key, text]) => text.includes('{{') && !key.startsWith('duration.') && !key.startsWith('range.'))
    .map(([key]) => key.replace(/_other$/, ''));
  expect(fillable.filter((key) => !said.has(key))).toEqual([
    'log.noteTooLong',
    // On a page in a browser.
    'install.done',
    'install.notAllowed',
    // Errors at fields are plain text, and a sentence has no marks.
    'settings.callbackCount',
    'settings.removed',
    'settings.numberThere',
    'settings.nameLong',
    'settings.nameTaken',
    'settings.zoneMeant',
    'settings.countryMeant',
    'settings.weekWrong',
    'settings.holidaysWrong',
    'settings.holidaysMany',
    'settings.already',
  ]);
});

it('keeps bold and code apart from full-width characters', () => {
  expect(messages.flatMap(textsOf).flatMap(crowdedMarks)).toEqual([]);
});

it('keeps a VDN without a name apart from what follows', () => {
  for (const text of messages.flatMap(textsOf)) expect(text).not.toMatch(/VDN \d+[\u3400-\u9fff]/);
});

function textsOf({ text, blocks }: Message): string[] {
  const inBlocks = blocks.flatMap((block) => {
    if (block.type === 'section') return [block.text?.text ?? ''];
    return block.type === 'context' ? block.elements.map((one) => ('text' in one ? one.text : '')) : [];
  });
  return [text, ...inBlocks];
}

/** Letters, marks and dashes of Chinese text. */
const FULL_WIDTH = /[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

/** Where a formatted part touches a full-width character, with some text around it. */
function crowdedMarks(text: string): string[] {
  return [...text.matchAll(/`[^`\n]+`|\*[^*\n]+\*/g)]
    .filter(({ 0: part, index }) => {
      const before = text[index - 1] ?? '';
      const after = text[index + part.length] ?? '';
      return FULL_WIDTH.test(before) || FULL_WIDTH.test(after);
    })
    .map(({ 0: part, index }) => text.slice(Math.max(0, index - 5), index + part.length + 5));
}
