import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, actionId, decodeAction, encodeAction } from '../../../src/slack/messages/actions.ts';
import { OUTBOX_ID } from './examples.ts';

const value = { page: 2, callbackId: 7, outboxId: OUTBOX_ID };
const uuid = fc.uuid();

describe('the value of a button', () => {
  it('names its version, list, page, callback and message', () => {
    expect(encodeAction(value)).toBe(`2.2.7.${OUTBOX_ID}`);
    expect(encodeAction({ ...value, callbackId: null, outboxId: null })).toBe(`2.2.-.-`);
  });

  it('is read back as it was written', () => {
    const anyValue = fc.record({
      page: fc.nat(),
      callbackId: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { nil: null }),
      outboxId: fc.option(uuid, { nil: null }),
    });
    fc.assert(
      fc.property(anyValue, (one) => {
        expect(decodeAction(encodeAction(one))).toEqual(one);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['another version', `1.2.7.${OUTBOX_ID}`],
    ['no list', `1..2.7.${OUTBOX_ID}`],
    ['a list that is no UUID', `1.list.2.7.${OUTBOX_ID}`],
    ['a page before the first', `2.-1.7.${OUTBOX_ID}`],
    ['a page with a leading zero', `2.02.7.${OUTBOX_ID}`],
    ['a callback that cannot be', `2.2.0.${OUTBOX_ID}`],
    ['half a callback', `2.2.7e1.${OUTBOX_ID}`],
    ['a callback beyond what a number holds', `2.2.9007199254740993.${OUTBOX_ID}`],
    ['too little', `2.2.7`],
    ['too much', `2.2.7.${OUTBOX_ID}.1`],
    ['a space', ` 2.2.7.${OUTBOX_ID}`],
    ['an outbox row that is no UUID', `2.2.7.x`],
    ['no text', 7],
    ['nothing at all', undefined],
  ])('is refused with %s', (_, text) => expect(decodeAction(text)).toBeUndefined());

  it('is never misread: what is read writes itself', () => {
    const nearly = fc.tuple(
      fc.nat(3),
      fc.oneof(uuid, fc.string()),
      fc.string(),
      fc.string(),
      fc.oneof(uuid, fc.string()),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          nearly.map((parts) => parts.join('.')),
        ),
        (text) => {
          const read = decodeAction(text);
          if (read) expect(encodeAction(read)).toBe(text);
        },
      ),
    );
  });
});

describe('an action_id', () => {
  it('is its name and what makes it unique, as the listeners expect', () => {
    expect(actionId(ACTIONS.claim, 7)).toBe('claim:7');
    expect(Object.values(ACTIONS)).toEqual([
      'claim',
      'log',
      'history',
      'snooze',
      'assign',
      'take-over',
      'release',
      'undo',
      'reveal',
      'outcome',
      'when',
      'page',
      'change-digest',
    ]);
  });
});
