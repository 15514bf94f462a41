import type { HomeView, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { problemsOfView as refusedViews } from '../../../src/sandbox/slack/block-kit/view.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { problemsOf, problemsOfView } from '../limits-checker.ts';
import { chinese, english } from '../messages/examples.ts';
import { forms } from '../views/examples.ts';
import { everyHome } from '../views/home-examples.ts';
import { settingsViews } from '../views/settings-examples.ts';
import { everyMessage } from './every-message.ts';
import { renderers, renderersIn } from './renderers.ts';

const everyView = (text: string, context: MessageContext): Record<string, (ModalView | HomeView)[]> => ({
  ...settingsViews(text, context),
  ...forms(text, context),
  homeView: everyHome(text, context),
});

/** What contact centres and people may put where a short text is expected: long, and longer once it is escaped. */
const TEXTS = [
  ['a name', 'Support'],
  ['nothing', ''],
  ['a long word', 'W'.repeat(1000)],
  ['what is escaped', '&<>'.repeat(300)],
  ['quotes', '"\\'.repeat(500)],
  ['pairs of surrogates', '😀'.repeat(500)],
  ['lines and marks', '*a*\n_`~|{{count}} $t(answer.title) <!channel>\n'.repeat(20)],
] as const;

const CONTEXTS: [string, MessageContext][] = [
  ['English', english],
  ['Chinese', chinese],
  ['English, masked', { ...english, masked: true }],
  ['Chinese, masked', { ...chinese, masked: true }],
];

describe('every message and view', () => {
  it('is among those that are looked at here', () => {
    const shown = Object.keys({ ...everyMessage('x', english), ...everyView('x', english) }).sort();
    expect(shown).toEqual(renderers());
  });

  describe.each(CONTEXTS)('in %s', (_, context) => {
    it.each(TEXTS)("stays inside Slack's limits with the largest data, names being %s", (_, text) => {
      const found = [
        ...problems(everyMessage(text, context), problemsOf),
        ...problems(everyView(text, context), (view) => [
          ...problemsOfView(view),
          ...refusedViews({ ...view }),
        ]),
      ];
      expect(found).toEqual([]);
    });
  });
});

describe('a function that makes a message', () => {
  it.each([
    'export function a(x: string): Message {\n  return 1;\n}',
    'export const a = ({ t }: MessageContext): Message =>\n  plainMessage(t());',
    'export const a = (x: string) =>\n  plainMessage(x);',
    'export function a(\n  x: string,\n): ModalView {\n  return 1;\n}',
  ])('is found: %s', (source) => {
    expect(renderersIn(`const b = 1;\n${source}\n`)).toEqual(['a']);
  });

  it.each([
    'function a(x: string): Message {\n  return 1;\n}',
    'export function a(x: string): string {\n  return t((): Message => x);\n}',
    'export const a = (x: string) =>\n  code(x);',
    'export interface A {\n  make(): Message;\n}',
  ])('is none: %s', (source) => {
    expect(renderersIn(source)).toEqual([]);
  });
});

/** "name, which of its variants: what is wrong". */
const problems = <Rendered extends Message | ModalView | HomeView>(
  all: Record<string, Rendered[]>,
  check: (rendered: Rendered) => string[],
): string[] =>
  Object.entries(all).flatMap(([name, variants]) =>
    variants.flatMap((one, n) => check(one).map((problem) => `${name}, ${n}: ${problem}`)),
  );
