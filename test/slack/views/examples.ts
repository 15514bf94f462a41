import type { ModalView } from '@slack/types';
import { type CallbackEvent, OUTCOMES, type Situation } from '../../../src/callbacks/callback.ts';
import type { CallbackCard } from '../../../src/callbacks/card.ts';
import { opened } from '../../../src/callbacks/state.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { assignView } from '../../../src/slack/views/assign.ts';
import { type LogView, logResultView, NOTHING_CHOSEN } from '../../../src/slack/views/log-result.ts';
import { snoozeView } from '../../../src/slack/views/snooze.ts';
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
  event('snooze', { dueAt: at('15:00') }),
  event('done'),
  ...OUTCOMES.map((outcome) => event('done', { outcome })),
  { ...event('reached', { outcome: 'reached', proof: calledOut }), actorId: null },
  ...(['open', 'due', 'remind', 'return', 'raise', 'expire'] as const).map((action) => ({
    ...event(action),
    actorId: null,
  })),
];

/** Every form of the desk's, in its variants. */
export function everyForm(context: MessageContext): ModalView[] {
  const last = {
    id: 3,
    action: 'snooze' as const,
    actorId: 'U0ANA',
    at: at('14:03'),
    before: opened(0),
    toState: 'claimed' as const,
  };
  const social = card({
    caller: { kind: 'social', text: 'wa-1', e164: null },
    figures: row({ figures: { calls: 3, media: [{ mediaType: 53, subMediaType: 2 }] } }).figures,
  });
  const notAgain = { outcome: 'no-answer', when: 'picked', note: 'rang out' } as const;
  return [
    ...[0, 15].map((from) =>
      logResultView(
        card({ events: [...everyEvent.slice(from), ...everyEvent], last }),
        view({ choice: notAgain }),
        context,
      ),
    ),
    logResultView(social, view({ reader: bo }), context),
    logResultView(card({ callback: callback('open', { attempts: 1 }) }), view({ notice: '!' }), context),
    logResultView(card({ callback: callback('done', { outcome: 'reached' }) }), view(), context),
    snoozeView(card(), { reader: ana, metadata, when: 'picked', notice: '!' }, context),
    assignView(card(), { reader: ana, metadata, notice: '!' }, context),
  ];
}

/** As a message, for whoever reads texts. */
export const plainView = ({ blocks, title }: ModalView): Message => ({
  text: title.text,
  // The desk's own: all of them are known.
  blocks: blocks as Message['blocks'],
});
