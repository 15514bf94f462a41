import { NOTICES } from '../../../src/callbacks/notices.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { callbackNoticesMessage } from '../../../src/slack/messages/callback-notices.ts';
import { nobodyWaits } from '../../../src/slack/messages/claim-next.ts';
import * as clicks from '../../../src/slack/messages/click-replies.ts';
import { joinedCallsMessage } from '../../../src/slack/messages/joined-calls.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { revealed } from '../../../src/slack/messages/reveal.ts';
import { at, callback, calledOut, listPage, OUTBOX_ID, phone, rangAgain, row } from '../messages/examples.ts';
import { card } from '../views/examples.ts';
import { tenRows } from './list-messages.ts';

const social = (text: string) => ({ kind: 'social' as const, text, e164: null });

/** What is said of callbacks: notices, and the answers to clicks. */
export function callbackMessages(text: string, context: MessageContext): Record<string, Message[]> {
  const vdn = { number: 159, name: text, timeZone: null, country: null };
  const unnamed = { number: 161, name: null };
  const inView = {
    outboxId: OUTBOX_ID,
    hidden: new Set<number>(),
    vdns: new Map([159, 160].map((number) => [number, { ...vdn, number }])),
  };
  // Each of another heading than the one before it.
  const entries = Array.from({ length: 10 }, (_, n) => ({
    notice: NOTICES[n % NOTICES.length] ?? 'due',
    callbackId: 2 ** 31 - n,
    actorId: n % 2 === 0 ? `U${'W'.repeat(20)}` : text,
  }));
  const together = NOTICES.map((notice) => ({
    data: {
      entries: Array.from({ length: 10 }, (_, n) => ({ notice, callbackId: n, actorId: 'U0LIWEI' })),
      calls: { group: 'S0GROUP' },
    },
    page: listPage(
      Array.from({ length: 2 }, (_, position) =>
        row({ position, callback: callback('claimed', { id: position + 1 }) }),
      ),
    ),
  }));
  const joiners = Array.from({ length: 200 }, (_, callbackId) => ({
    caller: callbackId % 2 === 0 ? social(text) : phone(text),
    callbackId,
    calls: 5000,
    latestAt: at('14:20'),
  }));
  const toOwner = {
    outboxId: OUTBOX_ID,
    readerId: 'U0ANA',
    callbacks: new Map(
      joiners.map(({ callbackId }) => {
        const state = (['open', 'claimed', 'done'] as const)[callbackId % 3] ?? 'open';
        return [callbackId, callback(state, { id: callbackId, note: text })];
      }),
    ),
  };
  return {
    callbackNoticesMessage: [
      callbackNoticesMessage(
        { entries, calls: 'here' },
        listPage(tenRows(text), { pages: 40, list: { rowCount: 400 } }),
        inView,
        context,
      ),
      ...together.map(({ data, page }) => callbackNoticesMessage(data, page, inView, context)),
      callbackNoticesMessage({ entries: [], calls: null }, null, inView, context),
    ],
    joinedCallsMessage: [
      joinedCallsMessage({ vdn, callers: joiners }, toOwner, context),
      joinedCallsMessage({ vdn: unnamed, callers: joiners.slice(0, 1) }, toOwner, context),
    ],
    revealed: [revealed(card(), context), revealed(card({ caller: social(text) }), context)],
    nobodyWaits: [nobodyWaits(vdn, context), nobodyWaits(null, context)],
    clickReached: [clicks.clickReached(calledOut, context), clicks.clickReached(rangAgain, context)],
    clickRefused: [
      ...(['open', 'claimed', 'done'] as const).flatMap((state) =>
        ['U0ANA', 'U0LIWEI'].map((actor) => clicks.clickRefused(callback(state), actor, context)),
      ),
      clicks.clickRefused(callback('done', { ownerId: null }), 'U0ANA', context),
      clicks.clickRefused(callback('claimed', { ownerId: text }), 'U0ANA', context),
    ],
    clickMerged: [
      clicks.clickMerged(callback('claimed', { ownerId: text }), context),
      clicks.clickMerged(callback('open'), context),
    ],
    clickLater: [clicks.clickLater(context)],
    formLate: [clicks.formLate(context)],
    callbackGone: [clicks.callbackGone(context)],
  };
}
