import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/callbacks/callback.ts';
import { opened } from '../../../src/callbacks/state.ts';
import { assignView } from '../../../src/slack/views/assign.ts';
import { logResultView, NOTHING_CHOSEN } from '../../../src/slack/views/log-result.ts';
import { snoozeView } from '../../../src/slack/views/snooze.ts';
import { WHENS } from '../../../src/slack/views/when.ts';
import { problemsOfView } from '../limits-checker.ts';
import { anyContext, caller, hostileText, moment, namedVdn, userId, zone } from '../messages/arbitraries.ts';
import { at, callback, english, row } from '../messages/examples.ts';
import { ana, bo, card, metadata, view } from './examples.ts';

const shown = (...args: Parameters<typeof logResultView>) => JSON.stringify(logResultView(...args));
const no = (outcome: (typeof OUTCOMES)[number]) => ({ choice: { ...NOTHING_CHOSEN, outcome } });

describe('the form of a callback', () => {
  it('has the number to tap', () => {
    const dialled = { kind: 'phone' as const, text: '+86 10 8888 0990', e164: '+861088880990' };
    expect(shown(card({ caller: dialled }), view(), english)).toContain(
      '<tel:+861088880990|+86 10 8888 0990>',
    );
  });

  it('says which channel to answer on where there is no number', () => {
    const social = {
      caller: { kind: 'social' as const, text: '16599', e164: null },
      figures: row({ figures: { media: [{ mediaType: 53, subMediaType: 2 }] } }).figures,
    };
    expect(shown(card(social), view(), english)).toContain('Answer on: WhatsApp');
    expect(shown(card(), view(), english)).not.toContain('Answer on');
  });

  it.each(OUTCOMES)('after "%s" asks when to try again only where nobody was reached', (outcome) => {
    const asks = outcome === 'no-answer' || outcome === 'left-message';
    expect(shown(card(), view(no(outcome)), english).includes('Tomorrow at opening')).toBe(asks);
  });

  it('tells its owner that it is theirs, and others whose it is', () => {
    expect(shown(card(), view(), english)).toContain('Yours since');
    expect(shown(card(), view({ reader: bo }), english)).toContain('Claimed by <@U0ANA> since');
  });

  it('asks its owner alone, and offers to take over to others, which asks first', () => {
    const others = logResultView(card(), view({ reader: bo }), english);
    expect(others.submit).toBeUndefined();
    expect(others.blocks.some(({ type }) => type === 'input')).toBe(false);
    expect(JSON.stringify(others)).toContain('Take over?');
    expect(shown(card(), view(), english)).not.toContain('Take over?');
  });

  it('offers Undo to whoever made the last change, and to nobody else', () => {
    const last = {
      id: 3,
      action: 'done' as const,
      actorId: 'U0ANA',
      at: at('14:20'),
      before: opened(0),
      toState: 'done' as const,
    };
    const done = card({ callback: callback('done', { outcome: 'reached' }), last });
    expect(shown(done, view(), english)).toContain('Undo result');
    expect(shown(done, view({ reader: bo }), english)).not.toContain('Undo');
  });

  it('stays within every limit whatever the data', () => {
    const note = fc.option(hostileText, { nil: null });
    const anyEvent = fc.record({
      id: fc.integer({ min: 1 }),
      callbackId: fc.constant(7),
      at: moment,
      actorId: fc.option(userId, { nil: null }),
      action: fc.constantFrom('assign' as const, 'attempt' as const, 'done' as const, 'join' as const),
      before: fc.constant(null),
      after: fc
        .record({ note, ownerId: userId, dueAt: moment, outcome: fc.constantFrom(...OUTCOMES) })
        .map((some) => ({ ...opened(0), ...some })),
      message: fc.constant(null),
    });
    const situation = fc.record({
      state: fc.constantFrom('open' as const, 'claimed' as const, 'done' as const),
      ownerId: fc.option(userId, { nil: null }),
      note,
      attempts: fc.integer({ min: 0, max: 1e6 }),
      dueAt: fc.option(moment, { nil: null }),
    });
    const any = fc.record({
      caller,
      named: namedVdn,
      events: fc.array(anyEvent, { maxLength: 30 }),
      situation,
      calleeNos: fc.array(hostileText, { maxLength: 10 }),
      outcome: fc.constantFrom(...OUTCOMES),
      when: fc.constantFrom(...WHENS),
      timeZone: zone,
      notice: fc.constantFrom(undefined, 'Somebody else has it.'),
    });
    fc.assert(
      fc.property(any, anyContext, (one, context) => {
        const shownCard = card({
          caller: one.caller,
          vdn: { ...one.named, timeZone: null, country: null },
          events: one.events,
          callback: callback('claimed', one.situation),
          figures: row({ figures: { calleeNos: one.calleeNos } }).figures,
        });
        const reader = { ...ana, timeZone: one.timeZone };
        const { outcome, when, notice } = one;
        const said = notice === undefined ? {} : { notice };
        const forms = [
          logResultView(
            shownCard,
            { reader, metadata, choice: { outcome, when, note: 'x'.repeat(500) }, ...said },
            context,
          ),
          snoozeView(shownCard, { reader, metadata, when, ...said }, context),
          assignView(shownCard, { reader, metadata, ...said }, context),
        ];
        expect(forms.flatMap(problemsOfView)).toEqual([]);
      }),
    );
  });
});
