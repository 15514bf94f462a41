import { OUTCOMES } from '../../../src/callbacks/callback.ts';
import type { ListRow } from '../../../src/callbacks/list-page.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { answerMessage } from '../../../src/slack/messages/answer.ts';
import { digestMessage } from '../../../src/slack/messages/digest.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import {
  answer,
  at,
  callback,
  calledOut,
  listPage,
  OUTBOX_ID,
  phone,
  rangAgain,
  ready,
  row,
  ZONE,
} from '../messages/examples.ts';

const LONG_AGO = at('14:03', '2025-01-01');
const MANY = 5000;
const whatsApp = { mediaType: 53, subMediaType: 2 };

/** A caller with as much to say as there can be, in each state, owned by somebody with a long id. */
export function largestRow(text: string, position: number): ListRow {
  const states = ['open', 'claimed', 'done'] as const;
  const state = states[position % 3] ?? 'open';
  const outcome = OUTCOMES[position % OUTCOMES.length] ?? null;
  return row({
    position,
    caller: { ...phone(text), kind: 'social' },
    callback: callback(state, {
      id: 2 ** 31 - position,
      vdn: position % 2 === 0 ? 159 : 160,
      ownerId: state === 'open' ? null : `U${'W'.repeat(20)}`,
      since: LONG_AGO,
      doneAt: state === 'done' ? LONG_AGO : null,
      outcome: state === 'done' ? outcome : null,
      proof: position === 2 ? { ...calledOut, at: LONG_AGO, talkMs: 86_399_000 } : null,
      note: text,
      attempts: 1000,
      dueAt: state === 'done' ? null : LONG_AGO,
    }),
    laterCalls: MANY,
    ...(state === 'open' ? { due: { at: LONG_AGO, overdue: true } } : {}),
    figures: {
      calls: MANY,
      longestWaitMs: 86_399_000,
      latestAt: LONG_AGO,
      calleeNos: Array.from({ length: 5 }, (_, n) => `${n}${text}`),
      media: Array.from({ length: 50 }, (_, n) => ({ mediaType: 1_000 + n, subMediaType: null })),
    },
  });
}

export const tenRows = (text: string): ListRow[] => Array.from({ length: 10 }, (_, n) => largestRow(text, n));

/** One row of each kind. */
const everyRow = (text: string): ListRow[] => [
  row({ laterCalls: 2, figures: { calls: 3, calleeNos: ['1', '2', '3'] } }),
  row({
    caller: { kind: 'social', text, e164: null },
    callback: callback('claimed', { id: 8 }),
    figures: { media: [whatsApp] },
  }),
  row({ callback: callback('done', { id: 10, ownerId: null }) }),
  row({ callback: callback('done', { id: 11, ownerId: null, outcome: 'expired' }) }),
  ...OUTCOMES.map((outcome, n) => row({ callback: callback('done', { id: 12 + n, outcome, note: text }) })),
  row({ caller: { kind: 'withheld', text: '', e164: null }, callback: null, unclaimable: 'no-number' }),
  row({ callback: null, unclaimable: 'too-old' }),
];

const moreRows = (): ListRow[] => [
  row({
    caller: { ...phone(), e164: '+861088880990' },
    callback: callback('open', { id: 10 }),
    due: { at: at('15:00'), overdue: false },
  }),
  row({ callback: callback('open', { id: 9 }), due: { at: at('15:00'), overdue: true } }),
  row({ callback: callback('done', { proof: calledOut }) }),
  row({ callback: callback('done', { id: 8, proof: rangAgain }) }),
  row({ callback: callback('done', { id: 6, ownerId: null, outcome: 'vdn-removed' }) }),
];

/** An answer and a digest, whole and smaller. */
export function listMessages(text: string, context: MessageContext): Record<string, Message[]> {
  const list = {
    rowCount: MANY,
    filter: {
      caller: `*${text}`,
      callee: `${text}*`,
      media: [whatsApp, ...Array.from({ length: 30 }, (_, n) => ({ mediaType: 70 + n, subMediaType: null }))],
      waitOverMs: 86_399_000,
      state: 'open' as const,
      order: 'repeat-first' as const,
    },
    figures: {
      calls: MANY,
      callers: MANY,
      withoutNumber: MANY,
      longestWaitMs: 86_399_000,
      medianWaitMs: 86_399_000,
    },
  };
  const pages = [
    listPage(tenRows(text), { page: 250, pages: 500, stillOpen: MANY, list }),
    listPage(everyRow(text), { page: 1, pages: 3, list }),
    listPage(moreRows()),
    // Whom nobody has called back, after nine and ten new ones.
    listPage(tenRows(text), { pages: 500, stillOpen: MANY, list: { ...list, callbacksFrom: 9 } }),
    listPage(tenRows(text), { pages: 1, list: { ...list, filter: {}, callbacksFrom: 0 } }),
    listPage([]),
  ];
  const vdn = { number: 5000, name: text };
  const where = { outboxId: OUTBOX_ID, private: false, inviteBotId: 'U0DESK' };
  const stale = { code: 'unreachable' as const, asOfAt: LONG_AGO };
  const states = [
    ready({ malformed: MANY, complete: false, stale }),
    ready({ stale: { ...stale, asOfAt: null } }),
    ready(),
  ].map((data) => ({ ...data, vdn, asked: text, notHere: true as const }));
  const facts = { returnCode: text, returnDesc: text, retryAfterMs: 60_000 };
  const without = [
    answer({ state: 'asking' }),
    answer({ state: 'broken' }),
    ...(['refused', 'overloaded', 'credentials'] as const).map((code) =>
      answer({ state: 'failed', code, facts }, { vdn, asked: text }),
    ),
    ready(),
  ];
  const digest = {
    subscriptionNumber: MANY,
    vdn,
    fromAt: at('13:00'),
    toAt: at('14:00'),
    timeZone: ZONE,
    listId: null,
    gap: null,
    expired: MANY,
    manual: false,
    afterSeq: 0,
  };
  return {
    answerMessage: [
      ...states.flatMap((data) =>
        pages.flatMap((page) => [
          ...[0, 1, 2].map((shrunk) => answerMessage(data, page, { ...where, shrunk }, context)),
          answerMessage(
            { ...data, range: { ...data.range, zoneOf: 'asker' } },
            page,
            { outboxId: null, private: true, inviteBotId: null },
            context,
          ),
        ]),
      ),
      ...without.map((data) => answerMessage(data, null, where, context)),
    ],
    digestMessage: [
      ...pages.flatMap((page) =>
        [0, 1, 2].map((shrunk) =>
          digestMessage({ ...digest, listId: 'x' }, page, OUTBOX_ID, context, shrunk),
        ),
      ),
      digestMessage({ ...digest, listId: 'x' }, null, null, context),
      digestMessage({ ...digest, expired: 0 }, null, null, context),
      digestMessage({ ...digest, manual: true }, null, null, context),
      ...(['offline', 'no-data', 'paused'] as const).map((cause) =>
        digestMessage({ ...digest, gap: { sinceAt: LONG_AGO, cause } }, null, null, context),
      ),
    ],
  };
}
