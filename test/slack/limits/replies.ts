import type { GrammarErrorCode } from '../../../src/grammar/errors.ts';
import { escapeMrkdwn } from '../../../src/slack/escape.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import zhCN from '../../../src/slack/locales/zh-CN.json' with { type: 'json' };
import { auditNothing, auditRefused, auditSent } from '../../../src/slack/messages/auditing.ts';
import * as erasing from '../../../src/slack/messages/erasing.ts';
import {
  databaseInTrouble,
  unexpected,
  unknownAction,
  unknownCommand,
  unknownForm,
} from '../../../src/slack/messages/errors.ts';
import { grammarErrorMessage } from '../../../src/slack/messages/grammar-error.ts';
import { healthMessage, healthRefused } from '../../../src/slack/messages/health.ts';
import { helpMessage } from '../../../src/slack/messages/help.ts';
import {
  context as greyPrint,
  type Message,
  message,
  plainMessage,
  section,
  wordsOnly,
} from '../../../src/slack/messages/message.ts';
import { oldFiguresMessage } from '../../../src/slack/messages/old-figures.ts';
import { foreignerRefused, listGone, sharedChannelRefused } from '../../../src/slack/messages/refusals.ts';
import * as rights from '../../../src/slack/messages/right-refused.ts';
import { settingsOffer } from '../../../src/slack/messages/settings-offer.ts';
import { TROUBLES } from '../../../src/work/trouble.ts';
import { at } from '../messages/examples.ts';
import { allWell, everyTrouble } from '../messages/health-examples.ts';

const CODES = Object.keys(zhCN)
  .filter((key) => /^grammar\.(?:[a-z]+(?:-[a-z]+)+|missing|unexpected|repeated)$/.test(key))
  .map((key) => key.slice('grammar.'.length) as GrammarErrorCode);

/** What the desk answers besides calls, callbacks and digests. */
export function replies(text: string, context: MessageContext): Record<string, Message[]> {
  const vdn = { number: 5000, name: text };
  const unnamed = { number: 161, name: null };
  const many = Array.from({ length: 30 }, (_, n) => `${n}${text}`);
  const nobody = { groups: [], people: [], channels: [] };
  const few = { groups: ['leads', null], people: ['Li', 'Ana', text], channels: ['C0SUP'] };
  const crowd = { groups: many, people: many, channels: many.map((_, n) => `C${n}`) };
  const wrong = (code: GrammarErrorCode, more: object = {}) => {
    const typed = `vdn 159 tody ${text}`;
    const error = { code, span: { start: 8, end: 12 }, found: 'tody', expected: [], ...more };
    return grammarErrorMessage(error, typed, context);
  };
  const all = {
    found: text,
    nearest: text,
    expected: many,
    vdns: many.map((name, number) => ({ number, name })),
  };
  const composed = `${escapeMrkdwn(text.slice(0, 100).toWellFormed())} ${'words of ours '.repeat(1000)}`;
  const troubled = everyTrouble.map((finding) => ({
    ...finding,
    facts: Object.fromEntries(
      Object.entries(finding.facts).map(([name, fact]) => [name, typeof fact === 'string' ? text : fact]),
    ),
  }));
  return {
    auditRefused: [auditRefused(context)],
    auditNothing: [auditNothing(context)],
    auditSent: [
      auditSent({ rows: 100_000, cutAt: null, timeZone: 'UTC' }, context),
      auditSent({ rows: 2, cutAt: at('14:20'), timeZone: 'UTC' }, context),
    ],
    eraseAsCommand: [erasing.eraseAsCommand(context)],
    eraseNeedsCaller: [erasing.eraseNeedsCaller(context)],
    eraseNothing: [erasing.eraseNothing(context)],
    eraseRefused: [erasing.eraseRefused(context)],
    databaseInTrouble: TROUBLES.map((trouble) => databaseInTrouble(trouble, context)),
    unexpected: [unexpected('5a-6b', context), unexpected(text, context)],
    unknownCommand: [unknownCommand(context)],
    unknownAction: [unknownAction(context)],
    unknownForm: [unknownForm(context)],
    grammarErrorMessage: [
      ...CODES.flatMap((code) => [
        wrong(code, { vdns: [vdn, unnamed] }),
        wrong(code, all),
        wrong(code, { vdns: [] }),
      ]),
      wrong('unexpected', { nearest: 'today', expected: Array.from({ length: 20 }, (_, n) => `w${n}`) }),
      wrong('repeated', { part: 'vdn' }),
      wrong('missing', { span: { start: text.length + 13, end: text.length + 13 } }),
    ],
    healthMessage: [
      healthMessage(everyTrouble, context),
      healthMessage(allWell, context),
      healthMessage(troubled, context),
      healthMessage([...troubled, ...troubled], context),
    ],
    healthRefused: [healthRefused(context)],
    helpMessage: [helpMessage(context)],
    oldFiguresMessage: [
      oldFiguresMessage(vdn, { fromDay: '2026-08-01', toDay: '2026-08-03', calls: 1_000_000 }, 90, context),
      oldFiguresMessage(unnamed, { fromDay: '2026-08-01', toDay: '2026-08-01', calls: 1 }, 1, context),
    ],
    sharedChannelRefused: [sharedChannelRefused(context)],
    foreignerRefused: [foreignerRefused(context)],
    listGone: [listGone(context)],
    rightRefused: [
      ...(['see', 'claim', 'manage', 'administer'] as const).flatMap((right) => [
        rights.rightRefused(
          { wanted: { right, vdn: unnamed }, may: few, mayGive: { ...few, people: [] } },
          context,
        ),
        rights.rightRefused({ wanted: { right, vdn }, may: crowd, mayGive: crowd }, context),
      ]),
      rights.rightRefused({ wanted: null, may: nobody, mayGive: nobody }, context),
    ],
    channelRefused: [
      rights.channelRefused({ vdn, channels: many, mayGive: crowd }, context),
      rights.channelRefused({ vdn: unnamed, channels: ['C0SUP'], mayGive: nobody }, context),
      rights.channelRefused({ vdn: unnamed, channels: [], mayGive: few }, context),
    ],
    rightUnknown: [rights.rightUnknown(context)],
    noVdnVisible: [rights.noVdnVisible(context)],
    notGranted: [rights.notGranted(vdn.number, context)],
    withheld: [rights.withheld('channel', context), rights.withheld('person', context)],
    settingsOffer: [settingsOffer(context)],
    // What all of them are made with, whatever they put together.
    message: [message(composed, [section(composed), greyPrint(composed)])],
    plainMessage: [plainMessage(composed, composed)],
    wordsOnly: [wordsOnly(plainMessage(composed), composed)],
  };
}
