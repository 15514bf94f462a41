import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Callback } from '../../../src/callbacks/callback.ts';
import { decodeAction } from '../../../src/slack/messages/actions.ts';
import { joinedCallsMessage } from '../../../src/slack/messages/joined-calls.ts';
import { problemsOf } from '../limits-checker.ts';
import { anyContext, caller, moment, namedVdn, userId } from './arbitraries.ts';
import { at, buttons, callback, english, OUTBOX_ID, phone, read, vdn } from './examples.ts';

const joined = (calls: number, text?: string, callbackId = 7) => ({
  caller: phone(text),
  callbackId,
  calls,
  latestAt: at('14:20'),
});
/** What ana reads, with the callbacks as they stand. */
const toAna = (...callbacks: Callback[]) => ({
  outboxId: OUTBOX_ID,
  readerId: 'U0ANA',
  callbacks: new Map(callbacks.map((one) => [one.id, one])),
});
const lines = (...callbacks: Callback[]) =>
  read(joinedCallsMessage({ vdn, callers: [joined(2)] }, toAna(...callbacks), english))
    .split('\n')
    .slice(2);
const CALLED = '*+86 10 8888 0990* · 2 more calls, latest 2026-11-23 06:20 UTC';

it('tells who has called again, how often and when, and lets the work be ended there', () => {
  const message = joinedCallsMessage({ vdn, callers: [joined(2)] }, toAna(callback('claimed')), english);
  expect(read(message).split('\n')).toEqual([
    '*Called again: Support (VDN 159)*',
    'You are calling this person back:',
    CALLED,
    '[Log result]',
  ]);
  expect(message.text).toBe('1 caller that you are calling back has called again: Support (VDN 159)');
  expect(decodeAction(buttons(message)['log:7'])).toEqual({
    page: 0,
    callbackId: 7,
    outboxId: OUTBOX_ID,
  });
});

it('shows what has become of it since, with what its reader can do now', () => {
  expect(lines(callback('done'))).toEqual([
    CALLED,
    '✓ Done by <@U0ANA>, 2026-11-23 06:20 UTC',
    '[Undo] [History]',
  ]);
  expect(lines(callback('open'))).toEqual([CALLED, '[Claim]']);
});

it('offers nothing where somebody else has it now, it went into another callback, or the desk keeps it no longer', () => {
  const bos = { ownerId: 'U0BO' };
  expect(lines(callback('claimed', bos))).toEqual([
    CALLED,
    '📞 Claimed by <@U0BO> since 2026-11-23 06:03 UTC',
  ]);
  expect(lines(callback('done', bos))).toEqual([CALLED, '✓ Done by <@U0BO>, 2026-11-23 06:20 UTC']);
  expect(lines()).toEqual([CALLED]);
  expect(lines(callback('done', { mergedInto: 8 }))).toEqual([CALLED]);
});

it('tells of several in one, and counts those that do not fit', () => {
  const callers = Array.from({ length: 18 }, (_, index) => joined(1, `8888000${index}`, index + 1));
  const several = read(joinedCallsMessage({ vdn, callers }, toAna(), english)).split('\n');
  expect(several[1]).toBe('You are calling these people back:');
  expect(several.at(-1)).toBe('and 8 more callers');
});

it('stays within every limit whatever the data', () => {
  const row = fc.record({
    caller,
    callbackId: fc.integer({ min: 1 }),
    calls: fc.integer({ min: 1 }),
    latestAt: moment,
    state: fc.constantFrom('open', 'claimed', 'done'),
    ownerId: userId,
  });
  const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: (one) => one.callbackId });
  fc.assert(
    fc.property(namedVdn, rows, anyContext, (named, callers, context) => {
      const callbacks = callers.map(({ callbackId: id, state, ownerId }) =>
        callback(state, { id, ownerId: state === 'open' ? null : ownerId }),
      );
      expect(problemsOf(joinedCallsMessage({ vdn: named, callers }, toAna(...callbacks), context))).toEqual(
        [],
      );
    }),
  );
});
