import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackAction, CallbackChange, Situation } from '../../src/callbacks/callback.ts';
import { type Act, act, CHANGES, isRepeat, type LastChange, opened } from '../../src/callbacks/state.ts';
import { changeOf, type SimpleAction } from '../storage/callback-desk.ts';
import { step } from './any-changes.ts';
import { MINUTE, NOON } from './made-up-calls.ts';

/** What has happened to a callback: where it stands, and each change in order. */
interface Life {
  situation: Situation;
  events: { act: Act; before: Situation; after: Situation }[];
}

const begun: Life = { situation: opened(NOON), events: [] };

/** The last event that counts as a change, as the store keeps it. */
function lastOf({ events }: Life): LastChange | null {
  const id = events.findLastIndex(({ act: { action } }) => CHANGES.some((one) => one === action));
  const event = events[id];
  const action = CHANGES.find((one) => one === event?.act.action);
  if (!event || !action) return null;
  const { actorId, at } = event.act;
  return { id, action, actorId, at, before: event.before, toState: event.after.state };
}

function after(life: Life, change: Act): Life | undefined {
  const situation = act(life.situation, change, lastOf(life));
  return (
    situation && {
      situation,
      events: [...life.events, { act: change, before: life.situation, after: situation }],
    }
  );
}

type Step = [actorId: string | null, change: CallbackChange | SimpleAction];

const actOf = ([actorId, change]: Step, n: number): Act => ({
  ...(typeof change === 'string' ? changeOf(change) : change),
  actorId,
  at: NOON + (n + 1) * MINUTE,
});

/** What the steps lead to, a minute apart; undefined as soon as one is refused. */
const cameOf = (...steps: Step[]): Situation | undefined =>
  steps.reduce<Life | undefined>((life, one, n) => life && after(life, actOf(one, n)), begun)?.situation;

const noAnswer = {
  action: 'attempt',
  outcome: 'no-answer',
  note: 'rang out',
  dueAt: NOON + 60 * MINUTE,
} as const;
const assign = (toId: string) => ({ action: 'assign', toId }) as const;
const snooze = { action: 'snooze', dueAt: NOON + 30 * MINUTE } as const;
const CLAIMED: Step = ['ana', 'claim'];

describe('the life of a callback', () => {
  it('is claimed, then done with an outcome and a note, by the same person', () => {
    expect(cameOf(CLAIMED)).toMatchObject({ state: 'claimed', ownerId: 'ana', since: NOON + MINUTE });
    expect(cameOf(CLAIMED, ['ana', { action: 'done', outcome: 'wrong-number', note: 'a bakery' }])).toEqual({
      ...opened(NOON),
      state: 'done',
      ownerId: 'ana',
      since: NOON + 2 * MINUTE,
      doneAt: NOON + 2 * MINUTE,
      outcome: 'wrong-number',
      note: 'a bakery',
    });
  });

  it('counts what reached nobody, whether it is tried again or ends there', () => {
    expect(cameOf(CLAIMED, ['ana', noAnswer])).toMatchObject({
      state: 'claimed',
      since: NOON + MINUTE,
      attempts: 1,
      note: 'rang out',
      dueAt: NOON + 60 * MINUTE,
      outcome: null,
    });
    const ended = { action: 'done', outcome: 'left-message', note: null } as const;
    expect(cameOf(CLAIMED, ['ana', noAnswer], ['ana', ended])).toMatchObject({
      state: 'done',
      outcome: 'left-message',
      attempts: 2,
      note: 'rang out',
      dueAt: null,
    });
  });

  it('stays with its owner after an attempt for which no next time is known, and rests from then on', () => {
    const unknown = { ...noAnswer, dueAt: null };
    const planned = cameOf(CLAIMED, ['ana', noAnswer]);
    expect(cameOf(CLAIMED, ['ana', unknown])).toEqual({ ...planned, dueAt: null });
    expect(cameOf(CLAIMED, ['ana', unknown], [null, { action: 'remind' }])).toMatchObject({
      state: 'claimed',
    });
    expect(cameOf(CLAIMED, ['ana', unknown], ['ana', 'undo'])).toEqual(cameOf(CLAIMED));
  });

  describe('whose caller was reached, as a call proves', () => {
    const proof = { callId: '1-1', direction: 'outbound', at: NOON - MINUTE, talkMs: 60_000 } as const;
    const REACHED: Step = [null, { action: 'reached', proof }];

    it('is done, since that call, by nobody who had it', () => {
      expect(cameOf(REACHED)).toEqual({
        ...opened(NOON),
        state: 'done',
        since: NOON + MINUTE,
        doneAt: proof.at,
        outcome: 'reached',
        proof,
      });
      expect(cameOf(CLAIMED, ['ana', snooze], REACHED)).toMatchObject({
        state: 'done',
        ownerId: 'ana',
        dueAt: null,
        proof,
      });
    });

    it('is taken back by anybody, to whom it was, once', () => {
      expect(cameOf(REACHED, ['bo', 'undo'])).toEqual(opened(NOON));
      expect(cameOf(CLAIMED, REACHED, ['bo', 'undo'])).toEqual(cameOf(CLAIMED));
      expect(cameOf(CLAIMED, REACHED, ['bo', 'undo'], ['bo', 'undo'])).toBeUndefined();
    });

    it('is for the desk to say, of what is not done', () => {
      expect(cameOf(['ana', { action: 'reached', proof }])).toBeUndefined();
      expect(cameOf(CLAIMED, ['ana', 'done'], REACHED)).toBeUndefined();
    });
  });

  it('is open again and nobody has it when its owner releases it; what was tried stays known', () => {
    expect(cameOf(CLAIMED, ['ana', noAnswer], ['ana', 'release'])).toMatchObject({
      state: 'open',
      ownerId: null,
      dueAt: null,
      attempts: 1,
    });
    expect(cameOf(CLAIMED, ['ana', 'release'], ['bo', 'claim'])).toMatchObject({ ownerId: 'bo' });
  });

  it('is given to somebody, open or claimed, by anybody', () => {
    expect(cameOf(['bo', assign('ana')])).toMatchObject({ state: 'claimed', ownerId: 'ana' });
    expect(cameOf(CLAIMED, ['ana', snooze], ['bo', assign('cy')])).toMatchObject({
      ownerId: 'cy',
      dueAt: snooze.dueAt,
    });
    expect(cameOf(CLAIMED, ['bo', assign('ana')])).toBeUndefined();
  });

  it('is taken over from its owner by somebody else', () => {
    expect(cameOf(CLAIMED, ['bo', 'take-over'])).toMatchObject({ ownerId: 'bo', since: NOON + 2 * MINUTE });
    expect(cameOf(CLAIMED, ['ana', 'take-over'])).toBeUndefined();
    expect(cameOf(['bo', 'take-over'])).toBeUndefined();
  });

  it.each<Step>([
    ['bo', 'claim'],
    ['bo', 'done'],
    ['bo', 'release'],
    ['bo', 'undo'],
    ['bo', noAnswer],
    ['bo', snooze],
    ['ana', 'claim'],
    ['ana', { action: 'return' }],
    [null, 'release'],
    [null, { action: 'raise', raised: 1 }],
    [null, { action: 'due' }],
  ])('once claimed by ana, refuses that %s does %s', (...one) => {
    expect(cameOf(CLAIMED, one)).toBeUndefined();
  });

  it.each<Step>([
    ['ana', 'claim'],
    ['bo', 'take-over'],
    ['bo', assign('bo')],
    ['ana', 'done'],
    ['ana', 'release'],
    ['ana', noAnswer],
    ['bo', 'undo'],
    [null, { action: 'return' }],
  ])('once done by ana, refuses that %s does %s', (...one) => {
    expect(cameOf(CLAIMED, ['ana', 'done'], one)).toBeUndefined();
  });

  it.each<Step>([
    ['ana', 'done'],
    ['ana', 'release'],
    ['ana', 'undo'],
    ['ana', snooze],
    ['ana', { action: 'expire' }],
    [null, 'claim'],
    [null, { action: 'remind' }],
  ])('while open, refuses that %s does %s', (...one) => {
    expect(cameOf(one)).toBeUndefined();
  });
});

describe('what the desk does by itself', () => {
  it('tells that it is time, when it is, and once', () => {
    const soon = { action: 'snooze', dueAt: NOON + 3 * MINUTE } as const;
    expect(cameOf(CLAIMED, ['ana', soon], [null, { action: 'due' }])).toMatchObject({
      state: 'claimed',
      ownerId: 'ana',
      dueAt: null,
    });
    expect(cameOf(CLAIMED, ['ana', snooze], [null, { action: 'due' }])).toBeUndefined();
    const due: Step = [null, { action: 'due' }];
    expect(cameOf(CLAIMED, ['ana', soon], due, due)).toBeUndefined();
  });

  it('reminds of a claim that rests, but not of one that waits for its time', () => {
    expect(cameOf(CLAIMED, [null, { action: 'remind' }])).toEqual(cameOf(CLAIMED));
    expect(cameOf(CLAIMED, ['ana', snooze], [null, { action: 'remind' }])).toBeUndefined();
  });

  it('opens again what rests, and raises what is open, from the beginning each time', () => {
    const raise = (raised: number): Step => [null, { action: 'raise', raised }];
    expect(cameOf(raise(1), raise(2))).toMatchObject({ state: 'open', raised: 2 });
    expect(cameOf(raise(2), raise(2))).toBeUndefined();
    expect(cameOf(raise(1), CLAIMED, [null, { action: 'return' }])).toMatchObject({
      state: 'open',
      ownerId: null,
      raised: 0,
    });
  });

  it('ends what nobody has called back in time, and whatever there is of a VDN that is removed', () => {
    const ended = { state: 'done', ownerId: null, outcome: 'expired', dueAt: null };
    expect(cameOf([null, { action: 'expire' }])).toMatchObject({ ...ended, doneAt: NOON + MINUTE });
    expect(cameOf(CLAIMED, ['ana', snooze], [null, { action: 'expire' }])).toMatchObject(ended);
  });
});

describe('undo', () => {
  it.each<[string, Step[], Step]>([
    ['a claim', [], CLAIMED],
    ['a release', [CLAIMED], ['ana', 'release']],
    ['an assignment', [CLAIMED], ['ana', assign('bo')]],
    ['a taking over', [CLAIMED], ['bo', 'take-over']],
    ['an attempt', [CLAIMED], ['ana', noAnswer]],
    ['a snooze', [CLAIMED], ['ana', snooze]],
    ['Done', [CLAIMED, ['ana', noAnswer]], ['ana', 'done']],
  ])('takes back %s: all is as it was', (_, steps, last) => {
    const before = steps.length === 0 ? opened(NOON) : cameOf(...steps);
    expect(cameOf(...steps, last, [last[0], 'undo'])).toEqual(before);
  });

  it('is only for whoever made the change', () => {
    expect(cameOf(CLAIMED, ['bo', 'take-over'], ['ana', 'undo'])).toBeUndefined();
  });

  it('is only of the last change', () => {
    expect(cameOf(CLAIMED, ['bo', 'take-over'], ['bo', snooze], ['ana', 'undo'])).toBeUndefined();
  });

  it('takes back nothing that the desk did', () => {
    expect(cameOf(CLAIMED, [null, { action: 'return' }], ['ana', 'undo'])).toBeUndefined();
    expect(cameOf([null, { action: 'expire' }], ['ana', 'undo'])).toBeUndefined();
  });

  it('is not hindered by a reminder', () => {
    expect(cameOf(CLAIMED, [null, { action: 'remind' }], ['ana', 'undo'])).toEqual(opened(NOON));
  });

  it('is not undone, so that a second click on a stale button brings nothing back', () => {
    expect(cameOf(CLAIMED, ['ana', 'done'], ['ana', 'undo'], ['ana', 'undo'])).toBeUndefined();
  });
});

describe('any sequence of actions by any people and the desk', () => {
  const steps = fc.array(step, { maxLength: 60 });

  /** The life that the steps lead to, those that are refused left out. */
  function live(tried: { actorId: string | null; change: CallbackChange; minutes: number }[]): Life {
    let at = NOON;
    return tried.reduce((life, { actorId, change, minutes }) => {
      at += minutes * MINUTE;
      return after(life, { ...change, actorId, at }) ?? life;
    }, begun);
  }

  it('never leaves a callback in an illegal state', () => {
    fc.assert(
      fc.property(steps, (tried) => {
        for (const { after: situation } of live(tried).events) {
          const { state, ownerId, outcome, doneAt, dueAt, attempts, proof } = situation;
          // Whoever was reached may have had nobody who calls back.
          if (proof) expect([state, outcome]).toEqual(['done', 'reached']);
          else expect(ownerId === null).toBe(state === 'open' || outcome === 'expired');
          expect(outcome !== null).toBe(state === 'done');
          expect(doneAt !== null).toBe(state === 'done');
          if (state !== 'claimed') expect(dueAt).toBeNull();
          expect(attempts).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('changes an owner only by the owner, by somebody who takes it or gives it, or by the desk that returns or ends it', () => {
    const may: readonly CallbackAction[] = [
      'claim',
      'assign',
      'take-over',
      'release',
      'return',
      'undo',
      'expire',
    ];
    fc.assert(
      fc.property(steps, (tried) => {
        for (const { act: change, before, after: now } of live(tried).events) {
          if (before.ownerId !== now.ownerId) expect(may).toContain(change.action);
          if (now.ownerId !== null && before.ownerId === null)
            expect(['claim', 'assign', 'undo']).toContain(change.action);
          if (before.ownerId !== null && before.ownerId !== change.actorId && before.ownerId !== now.ownerId)
            expect(['assign', 'take-over', 'return', 'expire', 'undo']).toContain(change.action);
        }
      }),
    );
  });

  it('is told whole by its events: each begins where the one before ended, and Undo ends where its change began', () => {
    fc.assert(
      fc.property(steps, (tried) => {
        const { situation, events } = live(tried);
        const replayed = events.reduce((now, { before, after: next }) => {
          expect(before).toEqual(now);
          return next;
        }, opened(NOON));
        expect(replayed).toEqual(situation);
        events.forEach(({ act: change, after: next }, n) => {
          if (change.action !== 'undo') return;
          const taken = lastOf({ situation, events: events.slice(0, n) });
          if (taken?.action !== 'reached') expect(taken?.actorId).toBe(change.actorId);
          expect(next).toEqual(taken?.before);
        });
      }),
    );
  });

  it('leaves whoever has it a way on, and everybody else a way to take it', () => {
    fc.assert(
      fc.property(steps, (tried) => {
        const life = live(tried);
        const { state, ownerId } = life.situation;
        const can = (actorId: string, change: SimpleAction) =>
          act(life.situation, { ...changeOf(change), actorId, at: NOON }, lastOf(life)) !== undefined;
        if (state === 'open') expect(can('ana', 'claim')).toBe(true);
        if (state !== 'claimed' || ownerId === null) return;
        expect(can(ownerId, 'release') && can(ownerId, 'done')).toBe(true);
        expect(can('di', 'take-over')).toBe(true);
      }),
    );
  });
});

describe('a repeated click', () => {
  const last: LastChange = {
    id: 1,
    action: 'claim',
    actorId: 'ana',
    at: NOON,
    before: opened(NOON),
    toState: 'claimed',
  };
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
