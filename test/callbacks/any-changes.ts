import fc from 'fast-check';
import {
  ATTEMPT_OUTCOMES,
  type CallbackChange,
  type DesksChange,
  OUTCOMES,
  type PersonsChange,
} from '../../src/callbacks/callback.ts';
import type { ReachProof } from '../../src/calls/reached.ts';
import { MINUTE, NOON } from './made-up-calls.ts';

export const PEOPLE = ['ana', 'bo', 'cy'] as const;
export const person = fc.constantFrom(...PEOPLE);
const note = fc.option(fc.string({ unit: 'grapheme', maxLength: 20 }), { nil: null });
const dueAt = fc.integer({ min: 0, max: 60 }).map((minutes) => NOON + minutes * MINUTE);

export const personsChange: fc.Arbitrary<PersonsChange> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ action: 'claim' as const }) },
  fc.constantFrom({ action: 'release' as const }, { action: 'take-over' as const }),
  { weight: 3, arbitrary: fc.constant({ action: 'undo' as const }) },
  fc.record({ action: fc.constant('assign' as const), toId: person }),
  fc.record({
    action: fc.constant('attempt' as const),
    outcome: fc.constantFrom(...ATTEMPT_OUTCOMES),
    note,
    dueAt: fc.option(dueAt, { nil: null }),
  }),
  fc.record({ action: fc.constant('done' as const), outcome: fc.constantFrom(...OUTCOMES), note }),
  fc.record({ action: fc.constant('snooze' as const), dueAt }),
);

export const proof: fc.Arbitrary<ReachProof> = fc.record({
  callId: fc.string(),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const),
  at: fc.integer({ min: 0, max: 60 }).map((minutes) => NOON + minutes * MINUTE),
  talkMs: fc.option(fc.integer({ min: 0, max: 10 * MINUTE }), { nil: null }),
});

export const desksChange: fc.Arbitrary<DesksChange> = fc.oneof(
  fc.constantFrom<DesksChange[]>(
    { action: 'due' },
    { action: 'remind' },
    { action: 'return' },
    { action: 'expire' },
    { action: 'raise', raised: 1 },
    { action: 'raise', raised: 2 },
  ),
  fc.record({ action: fc.constant('reached' as const), proof }),
);

/** Something that somebody tries, or the desk (null), some minutes after what was tried before. */
export const step: fc.Arbitrary<{ actorId: string | null; change: CallbackChange; minutes: number }> =
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        actorId: person,
        change: personsChange,
        minutes: fc.integer({ min: 0, max: 9 }),
      }),
    },
    fc.record({
      actorId: fc.constant(null),
      change: desksChange,
      minutes: fc.integer({ min: 0, max: 9 }),
    }),
  );
