import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallerDisplay } from '../../../src/calls/caller.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { answerMessage } from '../../../src/slack/messages/answer.ts';
import { callbackNoticesMessage } from '../../../src/slack/messages/callback-notices.ts';
import { digestMessage } from '../../../src/slack/messages/digest.ts';
import { joinedCallsMessage } from '../../../src/slack/messages/joined-calls.ts';
import { assignView } from '../../../src/slack/views/assign.ts';
import { logResultView, NOTHING_CHOSEN } from '../../../src/slack/views/log-result.ts';
import { snoozeView } from '../../../src/slack/views/snooze.ts';
import { ana, bo, card, event, metadata } from '../views/examples.ts';
import { anyContext } from './arbitraries.ts';
import { answer, at, callback, LIST_ID, listPage, OUTBOX_ID, ready, row, vdn, ZONE } from './examples.ts';

/** Somebody whom nobody may be able to call: no other digits of the messages are like theirs. */
const digits = fc.stringMatching(/^[2-9]{11}$/);
const id = fc.stringMatching(/^[Α-Ρ]{1,40}$/);
const caller: fc.Arbitrary<CallerDisplay> = fc.oneof(
  digits.map((all) => ({
    kind: 'phone' as const,
    text: `+86 ${all.slice(0, 3)} ${all.slice(3, 7)} ${all.slice(7)}`,
    e164: `+86${all}`,
  })),
  digits.map((text) => ({ kind: 'phone' as const, text, e164: null })),
  fc
    .tuple(fc.constantFrom('social' as const, 'other' as const), id)
    .map(([kind, text]) => ({ kind, text, e164: null })),
);
const numberOf = ({ text, e164 }: CallerDisplay) => e164?.slice('+86'.length) ?? text;

/** Every message and form that shows callers, in every state, of this one. */
function everything(caller: CallerDisplay, context: MessageContext): object[] {
  const number = numberOf(caller);
  const note = `They want to be called on ${/\d/.test(number) ? caller.text : 'that one'}`;
  const figures = {
    callerNo: number,
    callerKey: `tel:+86${number}`,
    media: [{ mediaType: 53, subMediaType: 2 }],
  };
  const callbacks = [
    callback('open', { id: 1, note }),
    callback('claimed', { id: 2, note }),
    callback('done', { id: 3, note, outcome: 'reached' }),
    callback('done', { id: 4, note, outcome: 'expired' }),
  ];
  const rows = callbacks.map((one, position) => row({ position, caller, callback: one, figures }));
  const patterns = /\d/.test(number) ? [number, `${number.slice(0, 7)}*`, `*${number.slice(2)}`] : [];
  const pages = [
    listPage([...rows, row({ caller, figures, callback: null, unclaimable: 'too-old' })]),
    ...patterns.map((pattern) => listPage(rows, { list: { filter: { caller: pattern } } })),
  ];
  const asked = patterns.map((pattern) => `159 caller ${pattern} today`);
  const digest = {
    subscriptionNumber: 7,
    vdn,
    fromAt: at('09:00'),
    toAt: at('10:00'),
    timeZone: ZONE,
    listId: LIST_ID,
    gap: null,
    expired: 1,
    manual: false,
    afterSeq: 0,
  };
  const entries = callbacks.map(({ id: callbackId }) => ({
    notice: 'due' as const,
    callbackId,
    actorId: null,
  }));
  const calledAgain = callbacks.map(({ id: callbackId }) => ({
    caller,
    callbackId,
    calls: 2,
    latestAt: at('14:20'),
  }));
  const byId = new Map(callbacks.map((one) => [one.id, one]));
  const view = { outboxId: OUTBOX_ID, private: false, inviteBotId: null };
  const forms = callbacks.flatMap((one) => {
    const shown = card({
      caller,
      callback: one,
      figures: row({ figures }).figures,
      events: [event('attempt', { note })],
    });
    return [ana, bo].flatMap((reader) => [
      logResultView(shown, { reader, metadata, choice: NOTHING_CHOSEN, notice: '!' }, context),
      snoozeView(shown, { reader, metadata, when: '1h' }, context),
      assignView(shown, { reader, metadata }, context),
    ]);
  });
  return [
    ...[0, 1, 2].flatMap((shrunk) =>
      pages.flatMap((page) => [
        digestMessage(digest, page, OUTBOX_ID, context, shrunk),
        answerMessage(ready(), page, { ...view, shrunk }, context),
      ]),
    ),
    ...asked.flatMap((asked) =>
      [ready(), answer({ state: 'asking' }), answer({ state: 'broken' })].flatMap((data) => [
        answerMessage({ ...data, asked }, pages[0] ?? null, view, context),
        answerMessage({ ...data, asked }, null, { ...view, private: true, shrunk: 2 }, context),
      ]),
    ),
    callbackNoticesMessage(
      { entries, calls: 'here' },
      listPage(rows),
      { outboxId: OUTBOX_ID, vdns: new Map(), hidden: new Set() },
      context,
    ),
    joinedCallsMessage(
      { vdn, callers: calledAgain },
      { outboxId: OUTBOX_ID, readerId: 'U0ANA', callbacks: byId },
      context,
    ),
    ...forms,
  ];
}

/** What Slack is sent, without what stands between the digits of a number, and the moments that it shows in the reader's zone. */
const sent = (message: object) =>
  JSON.stringify(message)
    .replaceAll(/<!date\^\d+/g, '')
    .replaceAll(/(?<=\d)[\s().\-/]+(?=\d)/g, '');

it('no message and no form tells more of a caller than the end, where numbers are masked', () => {
  fc.assert(
    fc.property(caller, anyContext, (one, context) => {
      for (const message of everything(one, { ...context, masked: true })) {
        const text = sent(message);
        expect(text).not.toContain('tel:');
        if (/\d/.test(numberOf(one))) {
          expect(text).not.toContain(numberOf(one).slice(-8));
          expect(text).not.toContain(numberOf(one).slice(0, 8));
        } else {
          expect(text).not.toMatch(/[Α-Ρ]{5}/);
          if ([...one.text].length < 6) expect(text).not.toMatch(/[Α-Ρ]/);
        }
      }
    }),
    { numRuns: 50 },
  );
});

it('shows them where they are not, so that it would be seen', () => {
  fc.assert(
    fc.property(caller, anyContext, (one, context) => {
      const texts = everything(one, { ...context, masked: false }).map(sent);
      expect(texts.filter((text) => text.includes(numberOf(one))).length).toBeGreaterThan(10);
    }),
    { numRuns: 10 },
  );
});

it('offers to reveal it where somebody may have to call, and in every form', () => {
  const [context] = fc.sample(anyContext, 1);
  if (!context) throw new Error('no context');
  const offers = (state: 'open' | 'claimed' | 'done', masked: boolean) =>
    JSON.stringify(
      digestMessage(
        {
          subscriptionNumber: 7,
          vdn,
          fromAt: 0,
          toAt: 1,
          timeZone: ZONE,
          listId: LIST_ID,
          gap: null,
          expired: 0,
          manual: false,
          afterSeq: 0,
        },
        listPage([row({ callback: callback(state) })]),
        OUTBOX_ID,
        { ...context, masked },
      ),
    ).includes('"reveal:7"');
  expect(['open', 'claimed', 'done'].map((state) => offers(state as 'open', true))).toEqual([
    true,
    true,
    false,
  ]);
  expect(offers('open', false)).toBe(false);
  const form = (masked: boolean) =>
    JSON.stringify(
      logResultView(card(), { reader: ana, metadata, choice: NOTHING_CHOSEN }, { ...context, masked }),
    );
  expect(form(true)).toContain('"reveal:7"');
  expect(form(false)).not.toContain('"reveal:7"');
});
