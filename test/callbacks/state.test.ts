import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackAction } from '../../src/callbacks/callback.ts';
import { act, isRepeat, type Situation } from '../../src/callbacks/state.ts';
import { NOON } from './made-up-calls.ts';

const opened: Situation = { state: 'open', ownerId: null };

type Step = [actorId: string, action: CallbackAction];

/** What the steps lead to; undefined as soon as one is refused. */
const cameOf = (...steps: Step[]): Situation | undefined =>
  steps.reduce<Situation | undefined>(
    (situation, [actorId, action]) => situation && act(situation, { action, actorId }),
    opened,
  );

describe('the life of a callback', () => {
  it('is claimed, then done, by the same person', () => {
    expect(cameOf(['ana', 'claim'])).toMatchObject({ state: 'claimed', ownerId: 'ana' });
    expect(cameOf(['ana', 'claim'], ['ana', 'done'])).toMatchObject({ state: 'done', ownerId: 'ana' });
  });

  it('is open again and nobody has it when its owner releases it', () => {
    expect(cameOf(['ana', 'claim'], ['ana', 'release'])).toMatchObject({ state: 'open', ownerId: null });
    expect(cameOf(['ana', 'claim'], ['ana', 'release'], ['bo', 'claim'])).toMatchObject({ ownerId: 'bo' });
  });

  it.each<Step>([
    ['bo', 'claim'],
    ['bo', 'done'],
    ['bo', 'release'],
    ['bo', 'undo'],
    ['ana', 'claim'],
  ])('once claimed by ana, refuses that %s does %s', (...step) => {
    expect(cameOf(['ana', 'claim'], step)).toBeUndefined();
  });

  it.each<Step>([
    ['ana', 'claim'],
    ['bo', 'claim'],
    ['ana', 'done'],
    ['ana', 'release'],
    ['bo', 'undo'],
  ])('once done by ana, refuses that %s does %s', (...step) => {
    expect(cameOf(['ana', 'claim'], ['ana', 'done'], step)).toBeUndefined();
  });

  it.each<Step>([
    ['ana', 'done'],
    ['ana', 'release'],
    ['ana', 'undo'],
  ])('while open, refuses that %s does %s', (...step) => {
    expect(cameOf(step)).toBeUndefined();
  });
});

describe('undo', () => {
  it('takes done back: its owner has it again', () => {
    const undone = cameOf(['ana', 'claim'], ['ana', 'done'], ['ana', 'undo']);
    expect(undone).toMatchObject({ state: 'claimed', ownerId: 'ana' });
  });

  it('takes back nothing else: a claim is taken back by Release', () => {
    expect(cameOf(['ana', 'claim'], ['ana', 'undo'])).toBeUndefined();
    expect(cameOf(['ana', 'claim'], ['ana', 'release'], ['ana', 'undo'])).toBeUndefined();
  });

  it('is not undone, so that a second click on a stale button brings nothing back', () => {
    expect(cameOf(['ana', 'claim'], ['ana', 'done'], ['ana', 'undo'], ['ana', 'undo'])).toBeUndefined();
  });
});

describe('any sequence of actions by any people', () => {
  const people = fc.constantFrom('ana', 'bo', 'cy');
  const actions = fc.constantFrom<CallbackAction[]>('claim', 'done', 'release', 'undo');

  it('never gives a callback two owners, takes it from its owner, or leaves it in an illegal state', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(people, actions), { maxLength: 40 }), (steps) => {
        let situation = opened;
        for (const [actorId, action] of steps) {
          const next = act(situation, { action, actorId });
          if (!next) continue;
          expect(next.ownerId === null).toBe(next.state === 'open');
          if (situation.ownerId !== null) expect(situation.ownerId).toBe(actorId);
          if (next.ownerId !== null) expect(next.ownerId).toBe(actorId);
          expect(next.state).not.toBe(situation.state);
          expect([situation.state, next.state]).not.toEqual(['open', 'done']);
          expect([situation.state, next.state]).not.toEqual(['done', 'open']);
          situation = next;
        }
      }),
    );
  });

  it('leaves whoever has it a way on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(people, actions), { maxLength: 40 }), (steps) => {
        const situation = steps.reduce((s, [actorId, action]) => act(s, { action, actorId }) ?? s, opened);
        const actorId = situation.ownerId ?? 'ana';
        const ways = (['claim', 'done', 'release', 'undo'] as const).filter((action) =>
          act(situation, { action, actorId }),
        );
        expect(ways).toEqual(
          { open: ['claim'], claimed: ['done', 'release'], done: ['undo'] }[situation.state],
        );
      }),
    );
  });
});

describe('a repeated click', () => {
  const last = { action: 'claim', actorId: 'ana', at: NOON } as const;
  const again = { action: 'claim', actorId: 'ana' } as const;

  it('is the same person doing the same thing again within the time', () => {
    expect(isRepeat(last, again, NOON + 5_000, 5_000)).toBe(true);
  });

  it.each([
    ['later', again, NOON + 5_001],
    ['by somebody else', { ...again, actorId: 'bo' }, NOON],
    ['of another button', { ...again, action: 'done' as const }, NOON],
  ])('is none when it comes %s', (_, request, now) => {
    expect(isRepeat(last, request, now, 5_000)).toBe(false);
  });

  it('is none where nothing has happened yet', () => {
    expect(isRepeat(null, again, NOON, 5_000)).toBe(false);
  });

  it('is an Undo again after it became a merge', () => {
    expect(isRepeat({ ...last, action: 'merge' }, { ...again, action: 'undo' }, NOON, 5_000)).toBe(true);
  });
});
