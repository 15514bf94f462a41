import fc from 'fast-check';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallbackAction } from '../../src/callbacks/callback.ts';
import { act, type Situation } from '../../src/callbacks/state.ts';
import { DAY, HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

/** What a click promises on every database. `openDatabase`: a new one, migrated. */
export function callbackActContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  /** An open callback. */
  let id: number;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
    await desk.arrive({});
    await desk.attach();
    id = (await desk.callbackIds())[0] ?? 0;
  });
  afterEach(() => desk.knex.destroy());

  const history = async (callbackId: number) =>
    (await desk.store.events(TEAM, callbackId)).map(({ action, actorId }) => [action, actorId]);

  describe('a click', () => {
    it('changes the callback, says so in its history, and counts the change', async () => {
      desk.clock.time = NOON + MINUTE;
      const result = await desk.act('ana', 'claim', id);
      expect(result).toEqual({ outcome: 'changed', callback: await desk.callback(id) });
      expect(result).toMatchObject({
        callback: { state: 'claimed', ownerId: 'ana', since: NOON + MINUTE, openedAt: NOON },
      });
      expect((await desk.store.events(TEAM, id)).at(-1)).toMatchObject({
        callbackId: id,
        at: NOON + MINUTE,
        actorId: 'ana',
        action: 'claim',
        fromState: 'open',
        toState: 'claimed',
        fromOwnerId: null,
        toOwnerId: 'ana',
        message: 'C1/1.2',
      });
    });

    it('keeps who did it and when it was done, until that is taken back', async () => {
      await desk.act('ana', 'claim', id);
      desk.clock.time = NOON + HOUR;
      await desk.act('ana', 'done', id);
      expect(await desk.callback(id)).toMatchObject({ state: 'done', ownerId: 'ana', doneAt: NOON + HOUR });
      await desk.act('ana', 'undo', id);
      expect(await desk.callback(id)).toMatchObject({ state: 'claimed', ownerId: 'ana', doneAt: null });
    });

    it('that lost is told who has it, since when', async () => {
      await desk.act('ana', 'claim', id);
      desk.clock.time = NOON + MINUTE;
      expect(await desk.act('bo', 'claim', id)).toMatchObject({
        outcome: 'refused',
        callback: { state: 'claimed', ownerId: 'ana', since: NOON },
      });
      expect(await history(id)).toEqual([
        ['open', null],
        ['claim', 'ana'],
      ]);
    });

    it('is not made to fail by a call that joined meanwhile', async () => {
      await desk.arrive({});
      await desk.attach();
      expect(await desk.act('ana', 'claim', id)).toMatchObject({ outcome: 'changed' });
    });

    it('is undone after a call has joined', async () => {
      await desk.act('ana', 'claim', id);
      await desk.act('ana', 'done', id);
      await desk.arrive({});
      await desk.attach();
      expect(await desk.act('ana', 'undo', id)).toMatchObject({
        outcome: 'changed',
        callback: { state: 'claimed' },
      });
    });

    it("on what is not there, or is another workspace's, finds it gone", async () => {
      expect(await desk.act('ana', 'claim', id + 1)).toEqual({ outcome: 'gone' });
      const elsewhere = {
        teamId: 'T2',
        callbackId: id,
        action: 'claim',
        actorId: 'ana',
        message: null,
      } as const;
      expect(await desk.service.act(elsewhere)).toEqual({ outcome: 'gone' });
      expect((await desk.callback(id)).state).toBe('open');
    });
  });

  describe('the same click again', () => {
    it.each<[CallbackAction, CallbackAction[]]>([
      ['claim', []],
      ['done', ['claim']],
      ['release', ['claim']],
      ['undo', ['claim', 'done']],
    ])('within seconds is the same %s', async (action, before) => {
      for (const one of before) await desk.act('ana', one, id);
      const { callback } = (await desk.act('ana', action, id)) as { callback: unknown };
      desk.clock.time += 5_000;
      expect(await desk.act('ana', action, id)).toEqual({ outcome: 'repeated', callback });
    });

    it('is one still when a call joined in between', async () => {
      await desk.act('ana', 'claim', id);
      await desk.arrive({});
      await desk.attach();
      expect(await desk.act('ana', 'claim', id)).toMatchObject({ outcome: 'repeated' });
    });

    it('is refused later, with the callback as it stands', async () => {
      await desk.act('ana', 'claim', id);
      desk.clock.time += 5_001;
      expect(await desk.act('ana', 'claim', id)).toMatchObject({
        outcome: 'refused',
        callback: { ownerId: 'ana', since: NOON },
      });
    });

    it('is refused when it no longer holds', async () => {
      await desk.act('ana', 'claim', id);
      await desk.act('ana', 'release', id);
      await desk.act('bo', 'claim', id);
      expect(await desk.act('ana', 'release', id)).toMatchObject({
        outcome: 'refused',
        callback: { ownerId: 'bo' },
      });
    });
  });

  describe('many who click at once', () => {
    const people = Array.from({ length: 40 }, (_, n) => `person-${n}`);

    it('are one who wins, and all the others are told who', async () => {
      const results = await Promise.all(people.map((person) => desk.act(person, 'claim', id)));
      const winners = people.filter((_, n) => results[n]?.outcome === 'changed');
      expect(winners).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === 'refused')).toHaveLength(39);
      for (const result of results) expect(result).toMatchObject({ callback: { ownerId: winners[0] } });
      expect(await history(id)).toHaveLength(2);
    });

    it('are one click when it is the same person', async () => {
      const results = await Promise.all(people.map(() => desk.act('ana', 'claim', id)));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual([
        'changed',
        ...Array(39).fill('repeated'),
      ]);
      expect(await history(id)).toHaveLength(2);
    });

    it('leave a history that is a legal one, whatever they do', async () => {
      const actions = ['claim', 'done', 'release', 'undo'] as const;
      await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          desk.act(`person-${n % 3}`, actions[(n * 7) % 4] ?? 'claim', id),
        ),
      );
      let situation: Situation = { state: 'open', ownerId: null };
      const [, ...events] = await desk.store.events(TEAM, id);
      expect(events.length).toBeGreaterThan(5);
      for (const { action, actorId, toState, toOwnerId } of events) {
        const next = act(situation, { action: action as CallbackAction, actorId: actorId ?? '' });
        expect(next).toMatchObject({ state: toState, ownerId: toOwnerId });
        if (next) situation = next;
      }
      expect(await desk.callback(id)).toMatchObject({ state: situation.state, ownerId: situation.ownerId });
    });
  });

  it('decides every sequence of clicks as the pure machine does', async () => {
    const people = fc.constantFrom('ana', 'bo', 'cy');
    const actions = fc.constantFrom<CallbackAction[]>('claim', 'done', 'release', 'undo');
    let caller = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(people, actions), { maxLength: 25 }), async (steps) => {
        caller += 1;
        await desk.arrive({ callerKey: `social:2:${caller}` });
        await desk.attach();
        const fresh = (await desk.callbackIds()).at(-1) ?? 0;
        let situation: Situation = { state: 'open', ownerId: null };
        for (const [actorId, action] of steps) {
          const next = act(situation, { action, actorId });
          const result = await desk.act(actorId, action, fresh);
          expect(result.outcome === 'changed').toBe(next !== undefined);
          situation = next ?? situation;
          expect(await desk.callback(fresh)).toMatchObject({
            state: situation.state,
            ownerId: situation.ownerId,
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  describe('undo of done while the caller has a newer callback', () => {
    /** ana has done the first; the caller has called again since. */
    let newer: number;
    beforeEach(async () => {
      await desk.act('ana', 'claim', id);
      await desk.act('ana', 'done', id);
      await desk.arrive({ callEndAt: NOON + MINUTE });
      desk.clock.time = NOON + HOUR;
      await desk.attach();
      newer = (await desk.callbackIds())[1] ?? 0;
    });

    it('merges into the newer one, which has all the calls then', async () => {
      const result = await desk.act('ana', 'undo', id);
      expect(result).toMatchObject({
        outcome: 'merged',
        callback: { id, state: 'done', mergedInto: newer },
        into: { id: newer, state: 'open', ownerId: null },
      });
      expect(await desk.callbackIds()).toEqual([newer, newer]);
      expect((await history(id)).at(-1)).toEqual(['merge', 'ana']);
      expect((await history(newer)).at(-1)).toEqual(['join', 'ana']);
    });

    it('leaves the newer one to who has claimed it', async () => {
      await desk.act('bo', 'claim', newer);
      expect(await desk.act('ana', 'undo', id)).toMatchObject({
        outcome: 'merged',
        into: { state: 'claimed', ownerId: 'bo' },
      });
    });

    it('is no merge for anybody but who has done it', async () => {
      expect(await desk.act('bo', 'undo', id)).toMatchObject({
        outcome: 'refused',
        callback: { id, state: 'done' },
      });
      expect(await desk.callbackIds()).toEqual([id, newer]);
    });

    it('is a plain undo when the newer one is done too', async () => {
      await desk.act('bo', 'claim', newer);
      await desk.act('bo', 'done', newer);
      expect(await desk.act('ana', 'undo', id)).toMatchObject({
        outcome: 'changed',
        callback: { state: 'claimed' },
      });
    });

    it('clicked twice is one', async () => {
      await desk.act('ana', 'undo', id);
      expect(await desk.act('ana', 'undo', id)).toMatchObject({
        outcome: 'repeated',
        callback: { id: newer },
      });
      desk.clock.time += MINUTE;
      expect(await desk.act('ana', 'undo', id)).toMatchObject({
        outcome: 'refused',
        callback: { id: newer },
      });
    });

    it('leads clicks on old messages to the newer one, as the caller is the same', async () => {
      await desk.act('ana', 'undo', id);
      expect(await desk.act('cy', 'claim', id)).toMatchObject({
        outcome: 'changed',
        callback: { id: newer, ownerId: 'cy' },
      });
      expect(await desk.act('cy', 'claim', id)).toMatchObject({
        outcome: 'repeated',
        callback: { id: newer },
      });
      expect(await desk.act('bo', 'claim', id)).toMatchObject({
        outcome: 'refused',
        callback: { ownerId: 'cy' },
      });
    });

    it('takes the completion back: an earlier call no longer counts as dealt with', async () => {
      await desk.act('ana', 'undo', id);
      await desk.arrive({ callEndAt: NOON - MINUTE });
      await desk.attach();
      expect((await desk.callbackIds()).at(-1)).toBe(newer);
    });

    it('leads in one step to the newest after several merges', async () => {
      await desk.act('ana', 'undo', id);
      await desk.act('bo', 'claim', newer);
      await desk.act('bo', 'done', newer);
      desk.clock.time = NOON + 2 * HOUR;
      await desk.arrive({ callEndAt: NOON + 2 * HOUR });
      await desk.attach();
      const newest = (await desk.callbackIds()).at(-1) ?? 0;
      await desk.act('bo', 'undo', newer);
      expect(await desk.callback(id)).toMatchObject({ mergedInto: newest });
      expect(new Set(await desk.callbackIds())).toEqual(new Set([newest]));
      expect(await desk.act('cy', 'claim', id)).toMatchObject({
        outcome: 'changed',
        callback: { id: newest },
      });
    });

    it('never leaves two that are not done, however the clicks cross', async () => {
      await Promise.all([
        desk.act('bo', 'claim', newer),
        desk.act('ana', 'undo', id),
        desk.act('ana', 'undo', id),
        desk.act('bo', 'done', newer),
        desk.attach(),
      ]);
      const notDone = await desk.knex('callbacks').whereNot('state', 'done');
      expect(notDone.length).toBeLessThanOrEqual(1);
    });
  });

  describe('the retention', () => {
    const removeAllCalls = () => desk.calls.removeEndedBefore(NOON + DAY);

    it('forgets callbacks that hold no call any more, with their history', async () => {
      await desk.act('ana', 'claim', id);
      await removeAllCalls();
      expect(await desk.store.removeOlderThan(NOON + 1)).toBe(1);
      expect(await desk.store.events(TEAM, id)).toEqual([]);
      expect(await desk.act('ana', 'done', id)).toEqual({ outcome: 'gone' });
    });

    it('keeps those that hold calls and those that changed since', async () => {
      expect(await desk.store.removeOlderThan(NOON + 1)).toBe(0);
      await removeAllCalls();
      expect(await desk.store.removeOlderThan(NOON)).toBe(0);
      expect((await desk.callback(id)).id).toBe(id);
    });
  });

  it('finds callbacks of its own workspace only', async () => {
    expect([...(await desk.store.findAll(TEAM, [id, id + 1])).keys()]).toEqual([id]);
    expect((await desk.store.findAll('T2', [id])).size).toBe(0);
    expect(await desk.store.events('T2', id)).toEqual([]);
    expect((await desk.callback(id)).vdn).toBe(VDN);
  });
}
