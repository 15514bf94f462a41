import type { ModalView } from '@slack/types';
import { type CallbackEvent, NOTE_MAX, OUTCOMES, type Situation } from '../../../src/callbacks/callback.ts';
import type { CallbackCard } from '../../../src/callbacks/card.ts';
import { opened } from '../../../src/callbacks/state.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { section } from '../../../src/slack/messages/message.ts';
import { askView, NOTHING_ASKED } from '../../../src/slack/views/ask.ts';
import { assignView } from '../../../src/slack/views/assign.ts';
import { eraseView } from '../../../src/slack/views/erase.ts';
import { type LogView, logResultView, NOTHING_CHOSEN } from '../../../src/slack/views/log-result.ts';
import { revealedView } from '../../../src/slack/views/revealed.ts';
import { snoozeView } from '../../../src/slack/views/snooze.ts';
import { toldView } from '../../../src/slack/views/told.ts';
import { modal } from '../../../src/slack/views/view.ts';
import { at, callback, calledOut, OUTBOX_ID, phone, row, ZONE } from '../messages/examples.ts';

export const ana = { userId: 'U0ANA', timeZone: ZONE, now: at('14:30') };
export const bo = { ...ana, userId: 'U0BO' };

/** Claimed by Ana. */
export function card(more: Partial<CallbackCard> = {}): CallbackCard {
  return {
    callback: callback('claimed'),
    vdn: { number: 159, name: 'Support', timeZone: ZONE, country: 'CN' },
    caller: phone(),
    figures: row().figures,
    events: [],
    last: null,
    openingAt: at('09:00', '2026-11-24'),
    ...more,
  };
}

export const metadata = { callbackId: 7, seen: 3, outboxId: OUTBOX_ID };
export const view = (more: Partial<LogView> = {}): LogView => ({
  reader: ana,
  metadata,
  choice: NOTHING_CHOSEN,
  ...more,
});

export function event(action: CallbackEvent['action'], after: Partial<Situation> = {}): CallbackEvent {
  return {
    id: 1,
    callbackId: 7,
    at: at('14:03'),
    actorId: 'U0ANA',
    action,
    before: opened(at('09:12')),
    after: { ...opened(at('09:12')), ...after },
    message: null,
  };
}

/** One of each that a history can hold. */
export const everyEvent: CallbackEvent[] = [
  ...(['claim', 'take-over', 'release', 'undo', 'merge', 'join'] as const).map((action) => event(action)),
  event('assign', { ownerId: 'U0BO' }),
  event('attempt', { lastAttempt: 'no-answer', dueAt: at('15:00'), note: 'rang out' }),
  event('attempt', { lastAttempt: 'left-message', dueAt: at('15:00') }),
  event('attempt', { lastAttempt: 'left-message', dueAt: null }),
  event('attempt', { lastAttempt: 'no-answer', dueAt: null }),
  event('snooze', { dueAt: at('15:00') }),
  event('done'),
  ...OUTCOMES.map((outcome) => event('done', { outcome })),
  { ...event('reached', { outcome: 'reached', proof: calledOut }), actorId: null },
  ...(['open', 'due', 'remind', 'return', 'raise', 'expire'] as const).map((action) => ({
    ...event(action),
    actorId: null,
  })),
];

/** Every form of the desk's besides the settings, in its variants and with the most, by the function that makes it. `text` stands wherever people put what they like. */
export function forms(text: string, context: MessageContext): Record<string, ModalView[]> {
  const last = {
    id: 3,
    action: 'snooze' as const,
    actorId: 'U0ANA',
    at: at('14:03'),
    before: opened(0),
    toState: 'claimed' as const,
  };
  const note = text.slice(0, NOTE_MAX).toWellFormed();
  const social = card({
    caller: { kind: 'social', text, e164: null },
    vdn: { number: 159, name: text, timeZone: ZONE, country: 'CN' },
    figures: row({
      figures: {
        calls: 5000,
        calleeNos: Array.from({ length: 5 }, (_, n) => `${n}${text}`),
        media: Array.from({ length: 50 }, (_, n) => ({ mediaType: 53 + n, subMediaType: 2 })),
      },
    }).figures,
  });
  const events = [
    ...everyEvent,
    ...Array.from({ length: 15 }, () => event('attempt', { lastAttempt: 'no-answer', note })),
  ];
  const notAgain = { outcome: 'no-answer', when: 'picked', note } as const;
  const known = Array.from({ length: 100 }, (_, n) => ({ number: n + 1, name: text }));
  const entry = { ...NOTHING_ASKED, vdn: '1', other: text, filter: text, channelId: 'C0SUP' };
  const kept = { calls: 5000, callbacks: 5000 };
  return {
    logResultView: [
      ...[0, 15, everyEvent.length].map((from) =>
        logResultView(
          card({ events: [...events.slice(from), ...everyEvent], last }),
          view({ choice: notAgain }),
          context,
        ),
      ),
      logResultView(social, view({ reader: bo }), context),
      logResultView({ ...social, callback: callback('claimed', { note: text }), last }, view(), context),
      logResultView(
        card({ callback: callback('open', { attempts: 1 }) }),
        view({ notice: 'word '.repeat(1000) }),
        context,
      ),
      logResultView(card({ callback: callback('done', { outcome: 'reached' }) }), view(), context),
    ],
    snoozeView: [
      snoozeView(card(), { reader: ana, metadata, when: 'picked', notice: '!' }, context),
      snoozeView(social, { reader: ana, metadata, when: '1h' }, context),
    ],
    assignView: [card(), social].map((one) =>
      assignView(one, { reader: ana, metadata, notice: '!' }, context),
    ),
    revealedView: [card(), social].map((one) => revealedView(one, context)),
    askView: [
      askView([], { ...entry, range: 'today' }, context),
      askView(known, { ...entry, range: 'other' }, context),
      askView([...known, { number: 101, name: text }], { ...entry, channelId: null }, context),
    ],
    eraseView: [
      eraseView(
        Array.from({ length: 5000 }, (_, n) => ({ vdn: { number: n + 1, name: text }, kept })),
        { typed: text.slice(0, 300), vdn: 159 },
        context,
      ),
    ],
    toldView: [toldView('It is gone.', context), toldView('word '.repeat(1000), context)],
    modal: [modal('any', '', { title: text || '…', close: text || '…' }, [section('…')])],
  };
}
