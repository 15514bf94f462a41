import fc from 'fast-check';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallbackEvent, PersonsChange } from '../../src/callbacks/callback.ts';
import { act, type LastChange, opened } from '../../src/callbacks/state.ts';
import { person, personsChange } from '../callbacks/any-changes.ts';
import { DAY, HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, type SimpleAction, TEAM, VDN } from './callback-desk.ts';

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
        before: { state: 'open', ownerId: null },
        after: { state: 'claimed', ownerId: 'ana' },
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
    it.each<[SimpleAction, SimpleAction[]]>([
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
      const events = await desk.store.events(TEAM, id);
      expect(events.length).toBeGreaterThan(5);
      await expectWhole(events);
      expect(await desk.callback(id)).toMatchObject(events.at(-1)?.after ?? {});
    });

    it('never give it to two, however they take it from each other', async () => {
      await desk.act('ana', 'claim', id);
      const takers = people.map((one) => desk.act(one, 'take-over', id));
      const givers = people.map((one, n) =>
        desk.act(one, { action: 'assign', toId: `person-${(n + 7) % 40}` }, id),
      );
      await Promise.all([...takers, ...givers]);
      const events = await desk.store.events(TEAM, id);
      await expectWhole(events);
      expect((await desk.callback(id)).ownerId).toBe(events.at(-1)?.after.ownerId);
    });
  });

  /** Each change begins where the one before ended: no event is lost, and none is made up. */
  async function expectWhole(events: CallbackEvent[]) {
    let now = events[0]?.after;
    for (const { before, after } of events.slice(1)) {
      expect(before).toEqual(now);
      now = after;
    }
  }

  it('decides every sequence of changes as the pure machine does, and its events tell the whole', async () => {
    let caller = 0;
    const steps = fc.array(fc.tuple(person, personsChange), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(steps, async (tried) => {
        caller += 1;
        desk.clock.time = NOON;
        await desk.arrive({ callerKey: `social:2:${caller}` });
        await desk.attach();
        const fresh = (await desk.callbackIds()).at(-1) ?? 0;
        let situation = opened(NOON);
        let last: LastChange | null = null;
        for (const [actorId, change] of tried) {
          desk.clock.time += MINUTE;
          const made = { ...change, actorId, at: desk.clock.time };
          const next = act(situation, made, last);
          const result = await desk.act(actorId, change, fresh);
          expect(result.outcome === 'changed').toBe(next !== undefined);
          if (next) {
            last = { ...made, id: 0, before: situation, toState: next.state };
            situation = next;
          }
          expect(await desk.callback(fresh)).toMatchObject(situation);
        }
        const events = await desk.store.events(TEAM, fresh);
        await expectWhole(events);
        expect(events.at(-1)?.after).toEqual(situation);
      }),
      { numRuns: 40 },
    );
  });

  describe('a form', () => {
    const noAnswer: PersonsChange = {
      action: 'attempt',
      outcome: 'no-answer',
      note: 'rang out',
      dueAt: NOON + HOUR,
    };
    const seen = async () => (await desk.store.lastChange(TEAM, id))?.id ?? null;

    it('that was opened before the last change is refused, with the callback as it stands', async () => {
      await desk.act('ana', 'claim', id);
      const opening = await seen();
      await desk.act('ana', { action: 'snooze', dueAt: NOON + HOUR }, id);
      expect(await desk.act('ana', noAnswer, id, opening)).toMatchObject({
        outcome: 'refused',
        callback: { attempts: 0, dueAt: NOON + HOUR },
      });
      expect(await desk.act('ana', noAnswer, id, await seen())).toMatchObject({ outcome: 'changed' });
    });

    it('that is submitted twice counts once', async () => {
      await desk.act('ana', 'claim', id);
      const opening = await seen();
      await Promise.all([desk.act('ana', noAnswer, id, opening), desk.act('ana', noAnswer, id, opening)]);
      desk.clock.time += MINUTE;
      expect(await desk.act('ana', noAnswer, id, opening)).toMatchObject({ outcome: 'repeated' });
      expect(await desk.callback(id)).toMatchObject({ attempts: 1, note: 'rang out', dueAt: NOON + HOUR });
    });

    it('is not out of date because a call joined', async () => {
      await desk.act('ana', 'claim', id);
      const opening = await seen();
      await desk.arrive({});
      await desk.attach();
      expect(await desk.act('ana', noAnswer, id, opening)).toMatchObject({ outcome: 'changed' });
    });
  });

  describe('whoever gets or loses it by somebody else', () => {
    it.each<[string, [string, PersonsChange | SimpleAction][], [string, string][]]>([
      [
        'nobody of their own doing',
        [
          ['ana', 'claim'],
          ['ana', 'release'],
          ['ana', 'undo'],
        ],
        [],
      ],
      ['who is given it', [['ana', { action: 'assign', toId: 'bo' }]], [['bo', 'assigned']]],
      [
        'whom it is taken from',
        [
          ['ana', 'claim'],
          ['bo', 'take-over'],
        ],
        [['ana', 'taken']],
      ],
      [
        'both, when a third gives it on',
        [
          ['ana', 'claim'],
          ['cy', { action: 'assign', toId: 'bo' }],
        ],
        [
          ['ana', 'taken'],
          ['bo', 'assigned'],
        ],
      ],
      [
        'who has it back by an Undo',
        [
          ['ana', 'claim'],
          ['bo', 'take-over'],
          ['bo', 'undo'],
        ],
        [
          ['ana', 'taken'],
          ['ana', 'assigned'],
        ],
      ],
    ])('is told: %s', async (_, steps, expected) => {
      for (const [who, change] of steps) await desk.act(who, change, id);
      expect(await desk.waiting()).toEqual(expected);
    });

    it('in a message with a list that shows it, and its own calls only', async () => {
      await desk.arrive({ callEndAt: NOON - HOUR });
      await desk.attach();
      await desk.act('ana', { action: 'assign', toId: 'bo' }, id);
      await desk.tell();
      const [{ list_id }] = await desk.knex('outbox').select('list_id');
      expect((await desk.page(list_id)).rows).toMatchObject([
        { position: 0, callback: { id, ownerId: 'bo' }, figures: { calls: 2 } },
      ]);
      await desk.arrive({ callEndAt: NOON + MINUTE });
      await desk.attach();
      expect((await desk.page(list_id)).rows).toMatchObject([{ figures: { calls: 2 }, laterCalls: 1 }]);
    });
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

  it('says when the first call of each was missed, whichever arrived first', async () => {
    const own = (await desk.stored()).filter((call) => call.callbackId === id);
    const firstAt = Math.min(...own.map(({ waitBeginAt }) => waitBeginAt));
    expect(await desk.store.missedSince(TEAM, [id, id + 1000])).toEqual(new Map([[id, firstAt]]));
    await desk.arrive({ callerKey: own[0]?.callerKey ?? null, waitBeginAt: firstAt - MINUTE });
    await desk.attach();
    expect(await desk.store.missedSince(TEAM, [id])).toEqual(new Map([[id, firstAt - MINUTE]]));
    expect(await desk.store.missedSince('T2', [id])).toEqual(new Map());
  });

  it('finds callbacks of its own workspace only', async () => {
    expect([...(await desk.store.findAll(TEAM, [id, id + 1])).keys()]).toEqual([id]);
    expect((await desk.store.findAll('T2', [id])).size).toBe(0);
    expect(await desk.store.events('T2', id)).toEqual([]);
    expect((await desk.callback(id)).vdn).toBe(VDN);
  });
}
