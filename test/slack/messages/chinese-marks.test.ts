import { expect, it } from 'vitest';
import type { GrammarErrorCode } from '../../../src/grammar/errors.ts';
import { strong } from '../../../src/slack/escape.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import zhCN from '../../../src/slack/locales/zh-CN.json' with { type: 'json' };
import { answerMessage } from '../../../src/slack/messages/answer.ts';
import { auditSent } from '../../../src/slack/messages/auditing.ts';
import { nobodyWaits } from '../../../src/slack/messages/claim-next.ts';
import { clickMerged, clickReached, clickRefused } from '../../../src/slack/messages/click-replies.ts';
import { digestMessage } from '../../../src/slack/messages/digest.ts';
import { eraseAsCommand, eraseNeedsCaller, keptWords } from '../../../src/slack/messages/erasing.ts';
import { unexpected, unknownCommand } from '../../../src/slack/messages/errors.ts';
import { grammarErrorMessage } from '../../../src/slack/messages/grammar-error.ts';
import { healthMessage, healthRefused } from '../../../src/slack/messages/health.ts';
import { helpMessage } from '../../../src/slack/messages/help.ts';
import { hoursWords } from '../../../src/slack/messages/hours-words.ts';
import { joinedCallsMessage } from '../../../src/slack/messages/joined-calls.ts';
import { type Message, plainMessage } from '../../../src/slack/messages/message.ts';
import { oldFiguresMessage } from '../../../src/slack/messages/old-figures.ts';
import {
  channelRefused,
  notGranted,
  rightRefused,
  withheld,
} from '../../../src/slack/messages/right-refused.ts';
import { sourceBackMessage, sourceDownMessage } from '../../../src/slack/messages/source-notice.ts';
import { subscriptionList } from '../../../src/slack/messages/subscription-list.ts';
import { alreadySubscribed } from '../../../src/slack/messages/subscription-offer.ts';
import { subscriptionPausedMessage } from '../../../src/slack/messages/subscription-paused.ts';
import {
  digestFailed,
  digestOnItsWay,
  needsInvite,
  nothingNew,
  scheduleChanged,
  subscribed,
  subscriptionNotFound,
  subscriptionPaused,
  subscriptionRemoved,
  subscriptionResumed,
} from '../../../src/slack/messages/subscription-replies.ts';
import { vdnRemovedMessage } from '../../../src/slack/messages/vdn-removed.ts';
import {
  answer,
  at,
  callback,
  calledOut,
  chinese,
  listPage,
  OUTBOX_ID,
  phone,
  rangAgain,
  ready,
  row,
  subscription,
  vdn,
} from './examples.ts';
import { allWell, everyTrouble } from './health-examples.ts';

// Slack takes * and ` for formatting only where they stand apart from letters and full-width marks: `这里的 *159*。` shows its stars.

const said = new Set<string>();
const context: MessageContext = {
  ...chinese,
  t(key, params) {
    said.add(key);
    return chinese.t(key, params);
  },
};

const nobody = { groups: [], people: [], channels: [] };
const many = { groups: ['leads', null], people: ['Li', 'Ana', 'Tom'], channels: ['C0SUP'] };
const social = { kind: 'social' as const, text: 'wa-1', e164: null };
const whatsApp = [{ mediaType: 53, subMediaType: 2 }];

import { OUTCOMES } from '../../../src/callbacks/callback.ts';
import { callbackNoticesMessage } from '../../../src/slack/messages/callback-notices.ts';
import { revealed } from '../../../src/slack/messages/reveal.ts';
import { card, everyForm, plainView } from '../views/examples.ts';
import { everyHome } from '../views/home-examples.ts';
import { everySettingsView } from '../views/settings-examples.ts';

const unnamed = { number: 161, name: null };
const digest = {
  subscriptionNumber: 7,
  vdn,
  fromAt: at('13:00'),
  toAt: at('14:00'),
  timeZone: 'Asia/Shanghai',
  listId: null,
  gap: null,
  expired: 2,
  manual: false,
  afterSeq: 0,
};
const notice = { subscriptionNumber: 7, vdn, sinceAt: at('09:00'), timeZone: 'Asia/Shanghai' };
const everyRow = listPage(
  [
    row({ laterCalls: 2, figures: { calls: 3, calleeNos: ['1', '2', '3'] } }),
    row({ caller: social, callback: callback('claimed', { id: 8 }), figures: { media: whatsApp } }),
    row({ callback: callback('done', { id: 10, ownerId: null }) }),
    row({ callback: callback('done', { id: 11, ownerId: null, outcome: 'expired' }) }),
    ...OUTCOMES.map((outcome, n) => row({ callback: callback('done', { id: 12 + n, outcome, note: 'ok' }) })),
    row({ caller: { kind: 'withheld', text: '', e164: null }, callback: null, unclaimable: 'no-number' }),
    row({ callback: null, unclaimable: 'too-old' }),
  ],
  {
    pages: 3,
    page: 1,
    list: {
      filter: { caller: '8888*', callee: '*56', media: whatsApp, waitOverMs: 30_000, state: 'open' },
      figures: { calls: 9, callers: 5, withoutNumber: 1, longestWaitMs: 99_000, medianWaitMs: 5000 },
    },
  },
);
const reachedRows = listPage([
  row({ callback: callback('open', { id: 10 }), due: { at: at('15:00'), overdue: false } }),
  row({ callback: callback('open', { id: 9 }), due: { at: at('15:00'), overdue: true } }),
  row({ callback: callback('done', { proof: calledOut }) }),
  row({ callback: callback('done', { id: 8, proof: rangAgain }) }),
]);
const shared = { outboxId: null, private: false, inviteBotId: null };
const alone = { ...shared, private: true, inviteBotId: 'U0DESK' };

function grammarError(code: GrammarErrorCode, more: object = {}): Message {
  const typed = 'vdn 159 tody';
  const error = { code, span: { start: 8, end: 12 }, found: 'tody', expected: [], ...more };
  return grammarErrorMessage(error, typed, context);
}

const digests = [subscription(), { ...subscription({ state: 'paused' }), vdn: unnamed }];
const refusedDigest = subscription({ state: 'paused', pausedBy: 'error', pauseError: 'is_archived' });
const daily = {
  every: { dailyAt: { hour: 9, minute: 0 } },
  weekdays: true,
  hours: { from: 9, to: 18 },
  allClear: true,
};

/** Every message of the desk's. */
const messages: Message[] = [
  healthMessage(everyTrouble, context),
  healthMessage(allWell, context),
  healthMessage(
    Array.from({ length: 31 }, () => everyTrouble[0]).flatMap((one) => one ?? []),
    context,
  ),
  healthRefused(context),
  ...[ready(), ready({ malformed: 2, complete: false })].flatMap((data) => [
    answerMessage(data, everyRow, shared, context),
    answerMessage({ ...data, range: { ...data.range, zoneOf: 'asker' } }, everyRow, alone, context),
  ]),
  answerMessage(ready({ stale: { code: 'unreachable', asOfAt: at('13:00') } }), everyRow, shared, context),
  answerMessage(ready({ stale: { code: 'unreachable', asOfAt: null } }), everyRow, shared, context),
  ...(['refused', 'overloaded'] as const).map((code) => {
    const facts = { returnCode: '42', returnDesc: 'no', retryAfterMs: 60_000 };
    return answerMessage(answer({ state: 'failed', code, facts }), null, shared, context);
  }),
  digestMessage({ ...digest, listId: 'x' }, everyRow, null, context),
  ...[1, 2].map((shrunk) => digestMessage({ ...digest, listId: 'x' }, everyRow, null, context, shrunk)),
  digestMessage({ ...digest, listId: 'x' }, everyRow, null, { ...context, masked: true }),
  revealed(card(), context),
  digestMessage({ ...digest, listId: 'x' }, reachedRows, null, context),
  digestMessage({ ...digest, manual: true }, null, null, context),
  ...(['offline', 'no-data', 'paused'] as const).map((cause) =>
    digestMessage({ ...digest, gap: { sinceAt: at('09:00'), cause } }, null, null, context),
  ),
  sourceDownMessage({ ...notice, code: 'unreachable' }, context),
  sourceBackMessage({ ...notice, code: null }, context),
  joinedCallsMessage(
    {
      vdn: unnamed,
      callers: Array.from({ length: 18 }, (_, callbackId) => ({
        caller: callbackId === 0 ? social : phone(),
        callbackId,
        calls: 2,
        latestAt: at('14:20'),
      })),
    },
    {
      outboxId: OUTBOX_ID,
      readerId: 'U0LIWEI',
      callbacks: new Map(
        (['open', 'claimed', 'done'] as const).map((state, id) => [id, callback(state, { id })]),
      ),
    },
    context,
  ),
  callbackNoticesMessage(
    {
      entries: (['next', 'assigned', 'taken', 'due', 'resting', 'returned', 'raised'] as const).map(
        (notice) => ({
          notice,
          callbackId: 7,
          actorId: 'U0LIWEI',
        }),
      ),
      calls: { group: 'S0GROUP' },
    },
    listPage(
      Array.from({ length: 7 }, (_, position) =>
        row({
          position,
          callback: callback('claimed', { id: position + 1, attempts: 2, dueAt: at('15:00') }),
        }),
      ),
    ),
    { outboxId: OUTBOX_ID, hidden: new Set<number>(), vdns: new Map() },
    context,
  ),
  ...everyHome(context).map(({ blocks }) => ({ text: '', blocks: blocks as Message['blocks'] })),
  nobodyWaits({ ...vdn, timeZone: null, country: null }, context),
  ...[...everyForm(context), ...everySettingsView(context)].map((view) => plainView(view)),
  ...[{ callbacks: 2 }, { subscriptionNumber: 7 }].map((about) =>
    vdnRemovedMessage({ vdn: unnamed, actorId: 'U0LIWEI', about }, context),
  ),
  ...(['is_archived', 'not_in_channel', 'other'] as const).map((error) =>
    subscriptionPausedMessage({ subscriptionNumber: 7, vdn: unnamed, channelId: 'C0SUP', error }, context),
  ),
  ...(['open', 'claimed', 'done'] as const).flatMap((state) => [
    clickRefused(callback(state), 'U0ANA', context),
    clickRefused(callback(state), 'U0LIWEI', context),
  ]),
  clickRefused(callback('done', { ownerId: null }), 'U0ANA', context),
  clickReached(calledOut, context),
  clickMerged(callback('claimed'), context),
  plainMessage(hoursWords([[{ from: 540, to: 1080 }], [{ from: 540, to: 1080 }]], context)),
  ...(['see', 'claim', 'manage', 'administer'] as const).map((right) =>
    rightRefused({ wanted: { right, vdn: unnamed }, may: many, mayGive: { ...many, people: [] } }, context),
  ),
  rightRefused({ wanted: null, may: nobody, mayGive: nobody }, context),
  channelRefused({ vdn: unnamed, channels: ['C0SUP'], mayGive: nobody }, context),
  channelRefused({ vdn: unnamed, channels: [], mayGive: many }, context),
  notGranted(159, context),
  withheld('channel', context),
  unexpected('5a-6b', context),
  unknownCommand(context),
  helpMessage(context),
  ...Object.keys(zhCN)
    .filter((key) => /^grammar\.[a-z]+(-[a-z]+)+$/.test(key))
    .map((key) => grammarError(key.slice('grammar.'.length) as GrammarErrorCode, { vdns: [vdn, unnamed] })),
  grammarError('unexpected', { nearest: 'today', expected: Array.from({ length: 20 }, (_, n) => `w${n}`) }),
  grammarError('repeated'),
  grammarError('repeated', { part: 'vdn' }),
  grammarError('vdn-unknown', { vdns: [] }),
  grammarError('vdn-needed', { vdns: [] }),
  ...digests.flatMap((view) => [
    subscribed(view, context),
    scheduleChanged(view, context),
    subscriptionPaused(view, context),
    subscriptionResumed(view, context),
    subscriptionRemoved(view, context),
    nothingNew(view, context),
    digestOnItsWay(view, context),
    digestFailed(view, 'unreachable', context),
    alreadySubscribed(view, daily, context),
  ]),
  alreadySubscribed(
    subscription(),
    { ...daily, every: { minutes: 30 }, hours: null, allClear: false },
    context,
  ),
  subscriptionList([...digests, ...Array.from({ length: 20 }, () => refusedDigest)], context),
  subscriptionList([refusedDigest], context),
  subscriptionList([], context),
  subscriptionNotFound(7, context),
  needsInvite('U0DESK', context),
  oldFiguresMessage(vdn, { fromDay: '2026-08-01', toDay: '2026-08-03', calls: 7 }, 90, context),
  auditSent({ rows: 2, cutAt: at('14:20'), timeZone: 'UTC' }, context),
  eraseAsCommand(context),
  eraseNeedsCaller(context),
  plainMessage(context.t('erase.done', { kept: keptWords({ calls: 2, callbacks: 1 }, context) })),
  plainMessage(context.t('erase.asks', { caller: strong('+86 10 8888 0990', 40) })),
];

it('says every Chinese text that something is put into', () => {
  const fillable = Object.entries(zhCN)
    .filter(([key, text]) => text.includes('{{') && !key.startsWith('duration.') && !key.startsWith('range.'))
    .map(([key]) => key.replace(/_other$/, ''));
  expect(fillable.filter((key) => !said.has(key))).toEqual([
    'media.unknown',
    'log.noteTooLong',
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
    // On a page in a browser.
    'install.done',
    'install.notAllowed',
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
