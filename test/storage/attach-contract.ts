import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

/** What attaching calls to callbacks promises on every database. `openDatabase`: a new one, migrated. */
export function attachContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
  });
  afterEach(() => desk.knex.destroy());

  const only = async () => {
    const [id] = await desk.callbackIds();
    return await desk.callback(id);
  };
  const claimedBy = async (ownerId: string) => {
    await desk.arrive({});
    await desk.attach();
    const { id } = await only();
    await desk.act(ownerId, 'claim', id);
    return id;
  };
  const doneBy = async (ownerId: string) => {
    const id = await claimedBy(ownerId);
    await desk.act(ownerId, 'done', id);
    return id;
  };

  describe('a new call', () => {
    it('opens a callback for its caller', async () => {
      await desk.arrive({});
      await desk.attach('question');
      const callback = await only();
      expect(callback).toMatchObject({
        teamId: TEAM,
        vdn: VDN,
        callerKey: 'num:5550100',
        state: 'open',
        ownerId: null,
        since: NOON,
        openedAt: NOON,
        openedBy: 'question',
        doneAt: null,
        mergedInto: null,
      });
      expect(await desk.store.events(TEAM, callback.id)).toMatchObject([
        {
          action: 'open',
          at: NOON,
          actorId: null,
          before: null,
          after: { state: 'open', ownerId: null },
          message: null,
        },
      ]);
    });

    it('opens one callback for all calls of its caller, and one for each caller', async () => {
      await desk.arrive({}, { callerKey: 'num:5550101' }, {});
      await desk.attach();
      const [first, other, again] = await desk.callbackIds();
      expect(first).toBe(again);
      expect(new Set([first, other, null]).size).toBe(3);
    });

    it('joins the callback that is open, whose messages then show it', async () => {
      await desk.arrive({});
      await desk.attach();
      await desk.arrive({});
      await desk.attach();
      const callback = await only();
      expect(await desk.callbackIds()).toEqual([callback.id, callback.id]);
      expect((await desk.store.events(TEAM, callback.id)).map(({ action }) => action)).toEqual([
        'open',
        'join',
      ]);
    });

    it('is never the same caller in another VDN', async () => {
      await desk.arrive({}, { vdn: 160 });
      await desk.attach();
      await desk.attach('digest', 160);
      expect(await desk.callbackIds(160)).not.toEqual(await desk.callbackIds());
    });

    it('is left alone while another VDN or another workspace attaches its own', async () => {
      await desk.arrive({});
      await desk.attach('digest', 160);
      await desk.service.attachNew({ teamId: 'T2', vdn: VDN, openedBy: 'digest' });
      expect(await desk.callbackIds()).toEqual([null]);
    });

    it('has no callback when it carries no number, however often it is looked at', async () => {
      await desk.arrive({ callerKey: null }, {});
      await desk.attach();
      await desk.attach();
      expect(await desk.callbackIds()).toEqual([null, expect.any(Number)]);
    });

    it('is attached once: doing it again changes nothing', async () => {
      await desk.arrive({}, { callerKey: null }, { callEndAt: NOON - 8 * DAY, callerKey: 'num:5550101' });
      await desk.attach();
      const before = await desk.stored();
      await desk.attach('question');
      expect(await desk.stored()).toEqual(before);
    });
  });

  describe('the horizon', () => {
    it('opens a callback for a call that ended seven days ago, and none for an older one', async () => {
      await desk.arrive(
        { callEndAt: NOON - 7 * DAY },
        { callEndAt: NOON - 7 * DAY - 1, callerKey: 'num:5550101' },
      );
      await desk.attach();
      expect(await desk.callbackIds()).toEqual([expect.any(Number), null]);
    });

    it('counts from the end of a call, not from its beginning', async () => {
      await desk.arrive({ waitBeginAt: NOON - 7 * DAY - HOUR, callEndAt: NOON - 7 * DAY });
      await desk.attach();
      expect(await desk.callbackIds()).toEqual([expect.any(Number)]);
    });

    it('lets an old call join the callback that its caller has', async () => {
      await desk.arrive({});
      await desk.attach();
      await desk.arrive({ callEndAt: NOON - 20 * DAY });
      await desk.attach();
      const [id] = await desk.callbackIds();
      expect(await desk.callbackIds()).toEqual([id, id]);
    });

    it('never looks again at a call that was too old, even when its caller calls anew', async () => {
      await desk.arrive({ callEndAt: NOON - 8 * DAY });
      await desk.attach();
      await desk.arrive({});
      await desk.attach();
      expect(await desk.callbackIds()).toEqual([null, expect.any(Number)]);
    });
  });

  describe('a call of a caller who was called back', () => {
    it.each([
      ['before', NOON - 1],
      ['at the moment of', NOON],
    ])('that ended %s the completion belongs to that callback and opens none', async (_, callEndAt) => {
      const id = await doneBy('ana');
      await desk.arrive({ callEndAt });
      await desk.attach();
      expect(await desk.callbackIds()).toEqual([id, id]);
      expect((await desk.callback(id)).state).toBe('done');
    });

    it('that ended after the completion opens a new one', async () => {
      const id = await doneBy('ana');
      await desk.arrive({ callEndAt: NOON + 1 });
      await desk.attach();
      const [, newId] = await desk.callbackIds();
      expect(newId).not.toBe(id);
      expect((await desk.callback(newId)).state).toBe('open');
    });

    it('goes by its own end, in whichever order the calls arrive', async () => {
      const id = await doneBy('ana');
      await desk.arrive({ callEndAt: NOON + 1 });
      await desk.attach();
      await desk.arrive({ callEndAt: NOON - 1 });
      await desk.attach();
      const [, newId, lateId] = await desk.callbackIds();
      expect(lateId).toBe(id);
      expect(newId).not.toBe(id);
    });

    it('belongs to the latest completion of several', async () => {
      await doneBy('ana');
      desk.clock.time = NOON + HOUR;
      await desk.arrive({ callEndAt: NOON + MINUTE });
      await desk.attach();
      const [, second] = await desk.callbackIds();
      await desk.act('bo', 'claim', second ?? 0);
      await desk.act('bo', 'done', second ?? 0);
      await desk.arrive({ callEndAt: NOON - DAY });
      await desk.attach();
      expect((await desk.callbackIds()).at(-1)).toBe(second);
    });

    it('opens a callback again once the completion was taken back', async () => {
      const id = await doneBy('ana');
      await desk.act('ana', 'undo', id);
      await desk.act('ana', 'release', id);
      await desk.arrive({ callEndAt: NOON - 1 });
      await desk.attach();
      expect((await desk.callback(id)).state).toBe('open');
      expect(await desk.callbackIds()).toEqual([id, id]);
    });
  });

  describe('what the owner is told', () => {
    const messages = async () =>
      (await desk.knex('outbox').orderBy('seq')).map((row) => ({
        ...row,
        created_at: Number(row.created_at),
        data: JSON.parse(row.data),
      }));

    it('is that a caller whom they hold has called again, in a direct message', async () => {
      const id = await claimedBy('ana');
      await desk.vdns.seed(TEAM, [{ number: VDN, name: 'Support', timeZone: null, country: null }]);
      await desk.arrive({ callEndAt: NOON + MINUTE }, { callEndAt: NOON + 2 * MINUTE });
      const joined = await desk.attach();
      expect(joined).toMatchObject([{ ownerId: 'ana', calls: [{ callbackId: id }, { callbackId: id }] }]);
      expect(await messages()).toMatchObject([
        {
          team_id: TEAM,
          channel_id: 'ana',
          kind: 'joined-calls',
          state: 'pending',
          created_at: NOON,
          data: {
            vdn: { number: VDN, name: 'Support' },
            callers: [
              {
                caller: { kind: 'phone', text: '5550100' },
                callbackId: id,
                calls: 2,
                latestAt: NOON + 2 * MINUTE - 10_000,
              },
            ],
          },
        },
      ]);
      expect(desk.wakes()).toBe(1);
    });

    it('comes in one message for all the callers whom they hold, the last who called first; others get their own', async () => {
      const keys = ['num:5550101', 'num:5550102', 'num:5550103'];
      await desk.arrive(...keys.map((callerKey) => ({ callerKey })));
      await desk.attach();
      const [first = 0, second = 0, third = 0] = await desk.callbackIds();
      await desk.act('ana', 'claim', first ?? 0);
      await desk.act('ana', 'claim', second ?? 0);
      await desk.act('bo', 'claim', third ?? 0);
      await desk.arrive(
        ...keys.map((callerKey, minutes) => ({ callerKey, callEndAt: NOON + minutes * MINUTE })),
      );
      await desk.attach();
      const told = (await messages()).map(({ channel_id, data }) => [
        channel_id,
        data.callers.map(({ callbackId }: { callbackId: number }) => callbackId),
      ]);
      expect(told).toEqual([
        ['ana', [second, first]],
        ['bo', [third]],
      ]);
    });

    it('is said once', async () => {
      await claimedBy('ana');
      await desk.arrive({ callEndAt: NOON + MINUTE });
      await desk.attach();
      expect(await desk.attach()).toEqual([]);
      expect(await messages()).toHaveLength(1);
    });

    it('leaves out calls that ended before the claim', async () => {
      await claimedBy('ana');
      await desk.arrive({ callEndAt: NOON - 1 });
      expect(await desk.attach()).toEqual([]);
      expect(await messages()).toEqual([]);
    });

    it('counts from the claim, also after Done was taken back', async () => {
      const id = await claimedBy('ana');
      desk.clock.time = NOON + HOUR;
      await desk.act('ana', 'done', id);
      await desk.act('ana', 'undo', id);
      await desk.arrive({ callEndAt: NOON + MINUTE });
      expect(await desk.attach()).toHaveLength(1);
    });

    it('is nothing while nobody holds the callback, or once it is done', async () => {
      await desk.arrive({});
      await desk.attach();
      await desk.arrive({ callEndAt: NOON + MINUTE });
      expect(await desk.attach()).toEqual([]);
      const { id } = await only();
      await desk.act('ana', 'claim', id);
      desk.clock.time = NOON + HOUR;
      await desk.act('ana', 'done', id);
      await desk.arrive({ callEndAt: NOON + 2 * MINUTE });
      expect(await desk.attach()).toEqual([]);
      expect(await desk.callbackIds()).toEqual([id, id, id]);
    });

    it('is decided together with what it speaks of: without the message no call is attached', async () => {
      const id = await claimedBy('ana');
      await desk.arrive({ callEndAt: NOON + MINUTE });
      const failing = desk.store.attachNew(
        { teamId: TEAM, vdn: VDN, openedBy: 'digest' },
        {
          now: NOON,
          opensFromAt: 0,
          joinedDrafts: () => {
            throw new Error('no words');
          },
        },
      );
      await expect(failing).rejects.toThrow('no words');
      expect(await desk.callbackIds()).toEqual([id, null]);
    });
  });

  it("makes a callback that a question opened the digest's, once a digest has told it", async () => {
    await desk.arrive({});
    await desk.attach('question');
    await desk.arrive({});
    await desk.attach('question');
    expect((await only()).openedBy).toBe('question');
    await desk.arrive({});
    await desk.attach('digest');
    expect((await only()).openedBy).toBe('question');
    await desk.digestTells();
    expect((await only()).openedBy).toBe('digest');
    await desk.arrive({});
    await desk.attach('question');
    expect((await only()).openedBy).toBe('digest');
  });

  it('attaches each call once when several attach at the same time', async () => {
    await claimedBy('ana');
    await desk.arrive({ callEndAt: NOON + 1 }, { callerKey: 'num:5550101' }, { callerKey: 'num:5550102' });
    const joined = await Promise.all(Array.from({ length: 8 }, () => desk.attach()));
    expect(joined.flat()).toHaveLength(1);
    expect(await desk.knex('callbacks')).toHaveLength(3);
    expect(await desk.knex('callback_events').where('action', 'open')).toHaveLength(3);
    expect(await desk.knex('outbox')).toHaveLength(1);
  });

  it('attaches the 12,000 calls of a day in two transactions of a handful of statements', async () => {
    await desk.arrive(
      ...Array.from({ length: 12_000 }, (_, n) => ({
        callerKey: n % 10 === 0 ? null : `num:555${String(n % 7_000).padStart(4, '0')}`,
        callEndAt: NOON - n * 1000,
      })),
    );
    let statements = 0;
    desk.knex.on('query', () => {
      statements += 1;
    });
    await desk.attach();
    expect(statements).toBeLessThan(50);
    const ids = await desk.callbackIds();
    expect(ids.filter((id) => id === null)).toHaveLength(1_200);
    expect(new Set(ids).size).toBe(6_300 + 1);
  });
}
