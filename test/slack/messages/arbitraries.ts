import fc from 'fast-check';
import { OUTCOMES } from '../../../src/callbacks/callback.ts';
import type { ListPage } from '../../../src/callbacks/list-page.ts';
import type { AnswerData } from '../../../src/questions/answer.ts';
import { createI18n, type MessageContext } from '../../../src/slack/i18n.ts';
import { callback, LIST_ID, listPage, row } from './examples.ts';

/** What a contact centre, a person or an attacker might put where a short text is expected. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '',
    ' ',
    '<!channel>',
    '<@U0EVIL>',
    '*bold* _it_ `code` ~no~',
    '&amp;&lt;',
    '<'.repeat(10_000),
    '&'.repeat(10_000),
    '"'.repeat(10_000),
    '\\'.repeat(10_000),
    '😀'.repeat(5000),
    '1'.repeat(10_000),
    '\ud83d',
    '\u0000\u0007\u202e21',
    'a\n\nb',
    '```',
    '{{count}} $t(answer.title) $& $1',
    '<!date^1^{time}|x>',
  ),
);

export const moment = fc.integer({ min: Date.UTC(1971), max: Date.UTC(2200) });
export const zone = fc.constantFrom(
  'Asia/Shanghai',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'UTC',
);
const waitMs = fc.integer({ min: 0, max: 400 * 86_400_000 });
const count = fc.integer({ min: 1, max: 5000 });
const mediaCode = fc.option(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer()), { nil: null });
const medium = fc.record({ mediaType: mediaCode, subMediaType: mediaCode });
export const namedVdn = fc.record({
  number: fc.integer({ min: 1, max: 5000 }),
  name: fc.option(hostileText, { nil: null }),
});
export const userId = fc.oneof(fc.constant('U0ANA'), hostileText);

export const caller = fc.record({
  kind: fc.constantFrom('phone' as const, 'social' as const, 'other' as const, 'withheld' as const),
  text: hostileText,
  e164: fc.constantFrom(null, '+861088880990', '+551191234567890'),
});

const anyRow = fc
  .record({
    caller,
    state: fc.constantFrom('open' as const, 'claimed' as const, 'done' as const, null),
    ownerId: fc.option(userId, { nil: null }),
    since: moment,
    doneAt: fc.option(moment, { nil: null }),
    proof: fc.option(
      fc.record({
        callId: hostileText,
        direction: fc.constantFrom('inbound' as const, 'outbound' as const),
        at: moment,
        talkMs: fc.option(waitMs, { nil: null }),
      }),
      { nil: null },
    ),
    outcome: fc.constantFrom(...OUTCOMES, 'expired' as const, 'vdn-removed' as const, null),
    note: fc.option(hostileText, { nil: null }),
    attempts: fc.integer({ min: 0, max: 1000 }),
    dueAt: fc.option(moment, { nil: null }),
    unclaimable: fc.constantFrom('too-old' as const, 'no-number' as const, null, null),
    laterCalls: fc.integer({ min: 0, max: 5000 }),
    calls: count,
    longestWaitMs: waitMs,
    latestAt: moment,
    calleeNos: fc.array(hostileText, { maxLength: 50 }),
    media: fc.array(medium, { maxLength: 12 }),
    due: fc.option(fc.record({ at: moment, overdue: fc.boolean() }), { nil: undefined }),
  })
  .map(
    (one) => (id: number) =>
      row({
        caller: one.caller,
        callback:
          one.state &&
          callback(one.state, {
            id,
            ownerId: one.ownerId,
            since: one.since,
            doneAt: one.doneAt,
            proof: one.proof,
            outcome: one.outcome,
            note: one.note,
            attempts: one.attempts,
            dueAt: one.dueAt,
          }),
        unclaimable: one.unclaimable,
        laterCalls: one.laterCalls,
        ...(one.due && { due: one.due }),
        figures: {
          calls: one.calls,
          longestWaitMs: one.longestWaitMs,
          latestAt: one.latestAt,
          calleeNos: one.calleeNos,
          media: one.media,
        },
      }),
  );

const filter = fc.record(
  {
    caller: hostileText,
    callee: hostileText,
    media: fc.array(
      fc.record({ mediaType: fc.integer(), subMediaType: fc.option(fc.integer(), { nil: null }) }),
      { maxLength: 30 },
    ),
    waitOverMs: waitMs,
    state: fc.constantFrom('open' as const, 'claimed' as const, 'done' as const),
  },
  { requiredKeys: [] },
);

export const anyListPage: fc.Arbitrary<ListPage> = fc
  .record({
    rows: fc.array(anyRow, { maxLength: 10 }),
    page: fc.integer({ min: 0, max: 500 }),
    more: fc.integer({ min: 1, max: 500 }),
    stillOpen: fc.integer({ min: 0, max: 5000 }),
    callbacksFrom: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    filter,
    figures: fc.record({
      calls: fc.integer({ min: 0, max: 5000 }),
      callers: fc.integer({ min: 0, max: 5000 }),
      withoutNumber: fc.integer({ min: 0, max: 5000 }),
      longestWaitMs: waitMs,
      medianWaitMs: waitMs,
    }),
  })
  .map(({ rows, page, more, stillOpen, callbacksFrom, filter, figures }) =>
    listPage(
      rows.map((make, index) => ({ ...make(Number.MAX_SAFE_INTEGER - index), position: index })),
      {
        page,
        pages: page + more,
        stillOpen,
        list: {
          filter,
          figures,
          rowCount: (page + more) * 10,
          ...(callbacksFrom !== undefined && { callbacksFrom }),
        },
      },
    ),
  );

export const failure = fc.record({
  code: fc.constantFrom(
    'credentials' as const,
    'address-not-allowed' as const,
    'overloaded' as const,
    'unreachable' as const,
    'refused' as const,
    'not-understood' as const,
  ),
  facts: fc.record(
    { status: fc.integer(), returnCode: hostileText, returnDesc: hostileText, retryAfterMs: waitMs },
    { requiredKeys: [] },
  ),
});

export const anyAnswer: fc.Arbitrary<AnswerData> = fc.record({
  vdn: namedVdn,
  askerId: userId,
  range: fc
    .record({
      fromAt: moment,
      length: waitMs,
      timeZone: zone,
      zoneOf: fc.constantFrom('vdn' as const, 'asker' as const),
    })
    .map(({ length, ...range }) => ({ ...range, toAt: range.fromAt + length })),
  asked: hostileText,
  askedAt: moment,
  invite: fc.boolean(),
  status: fc.oneof(
    fc.constantFrom({ state: 'asking' as const }, { state: 'broken' as const }),
    failure.map((facts) => ({ state: 'failed' as const, ...facts })),
    fc.record({
      state: fc.constant('ready' as const),
      listId: fc.constant(LIST_ID),
      stale: fc.option(
        fc.record({ code: failure.map(({ code }) => code), asOfAt: fc.option(moment, { nil: null }) }),
        { nil: null },
      ),
      malformed: fc.integer({ min: 0, max: 5000 }),
      complete: fc.boolean(),
    }),
  ),
});

export const locale = fc.constantFrom('en-US', 'zh-CN');

const i18n = createI18n();
/** Whoever may read, in every language, with numbers masked or whole. */
export const anyContext: fc.Arbitrary<MessageContext> = fc
  .record({ locale, masked: fc.boolean() })
  .map(({ locale, masked }) => ({ ...i18n.forLocale(locale), masked }));
