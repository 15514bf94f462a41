import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallbackRunner } from '../../src/callbacks/runner.ts';
import { type CallbackRules, defaultRules } from '../../src/callbacks/vdn-rules.ts';
import { silentLog } from '../../src/log.ts';
import { createLeases } from '../../src/work/leases.ts';
import { DAY, HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

/** What the desk does with callbacks by itself, on every database. `openDatabase`: a new one, migrated. */
export function callbackWakeContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  let rules: CallbackRules;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
    rules = { ...defaultRules('UTC'), raise: [] };
  });
  afterEach(() => desk.knex.destroy());

  const newRunner = () =>
    createCallbackRunner({
      store: desk.store,
      notices: desk.notices,
      rulesOf: async () => rules,
      channelsOf: async () => ['C1', 'C2'],
      outbox: {
        wake() {},
      },
      leases: createLeases({ log: silentLog }),
      clock: desk.clock,
      log: silentLog,
      newId: randomUUID,
      horizonMs: 7 * DAY,
    });

  /** Lets time pass until then, and the desk look once. */
  async function runAt(at: number) {
    desk.clock.time = at;
    await newRunner().runDue();
  }

  /** Callbacks of that many callers, told by a digest. */
  async function opens(callers: number, openedBy: 'question' | 'digest' = 'digest') {
    await desk.arrive(...Array.from({ length: callers }, (_, n) => ({ callerKey: `social:2:${n}` })));
    await desk.attach(openedBy);
    return (await desk.callbackIds()).map((id) => id ?? 0);
  }

  const messages = async () =>
    (await desk.knex('outbox').orderBy('seq')).map(({ channel_id, data }) => {
      const { entries, calls } = JSON.parse(data);
      const notices = entries.map(({ notice }: { notice: string }) => notice);
      return { to: channel_id, notices, ...(calls && { calls }) };
    });
  const actions = async (id: number) => (await desk.store.events(TEAM, id)).map(({ action }) => action);

  describe('what is due', () => {
    it('is told to its owner, once, all of it in one message', async () => {
      const ids = await opens(12);
      for (const id of ids) {
        await desk.act('ana', 'claim', id);
        await desk.act('ana', { action: 'snooze', dueAt: NOON + HOUR }, id);
      }
      await runAt(NOON + HOUR - 1);
      expect(await messages()).toEqual([]);
      await Promise.all([runAt(NOON + HOUR), newRunner().runDue()]);
      await runAt(NOON + HOUR);
      expect(await messages()).toEqual([{ to: 'ana', notices: Array(12).fill('due') }]);
      expect(await desk.callback(ids[0])).toMatchObject({ state: 'claimed', dueAt: null });
      const [{ list_id }] = await desk.knex('outbox').select('list_id');
      expect((await desk.page(list_id, 1)).rows).toHaveLength(2);
    });

    it('is not told any more when its owner has moved it meanwhile', async () => {
      const [id = 0] = await opens(1);
      await desk.act('ana', 'claim', id);
      await desk.act('ana', { action: 'snooze', dueAt: NOON + HOUR }, id);
      desk.clock.time = NOON + HOUR;
      const [due] = await desk.store.toWake(NOON + HOUR, 10);
      await desk.act('ana', { action: 'snooze', dueAt: NOON + 2 * HOUR }, id);
      const looked: unknown[] = [];
      await desk.store.wake([due ?? { id, teamId: TEAM, vdn: VDN }], NOON + HOUR, {
        look: ({ dueAt }) => {
          looked.push(dueAt);
          return { wakeAt: dueAt };
        },
        tell: () => [],
      });
      expect(looked).toEqual([NOON + 2 * HOUR]);
    });
  });

  describe('a claim that rests', () => {
    it('reminds its owner, then is open again and says so, and others can claim it', async () => {
      const [id = 0] = await opens(1);
      await desk.act('ana', 'claim', id);
      await runAt(NOON + 30 * MINUTE);
      await runAt(NOON + 45 * MINUTE);
      expect(await messages()).toEqual([{ to: 'ana', notices: ['resting'] }]);
      await runAt(NOON + HOUR);
      await runAt(NOON + HOUR + MINUTE);
      expect(await messages()).toEqual([
        { to: 'ana', notices: ['resting'] },
        { to: 'ana', notices: ['returned'] },
        { to: 'C1', notices: ['back'] },
        { to: 'C2', notices: ['back'] },
      ]);
      expect(await desk.callback(id)).toMatchObject({ state: 'open', ownerId: null });
      expect(await actions(id)).toEqual(['open', 'claim', 'remind', 'return']);
      expect(await desk.act('bo', 'claim', id)).toMatchObject({ outcome: 'changed' });
    });

    it('rests no more once something has happened', async () => {
      const [id = 0] = await opens(1);
      await desk.act('ana', 'claim', id);
      await runAt(NOON + 30 * MINUTE);
      await runAt(NOON + 31 * MINUTE);
      await desk.act('ana', { action: 'snooze', dueAt: NOON + 5 * HOUR }, id);
      await runAt(NOON + 4 * HOUR);
      expect(await desk.callback(id)).toMatchObject({ state: 'claimed', ownerId: 'ana' });
      await runAt(NOON + 5 * HOUR);
      await runAt(NOON + 5 * HOUR + 29 * MINUTE);
      expect((await messages()).map(({ notices }) => notices[0])).toEqual(['resting', 'due']);
    });
  });

  describe('a burst', () => {
    /** Somebody does the same to each, some seconds apart, while the desk looks every second. */
    async function oneByOne(ids: number[], seconds: number, act: (id: number) => Promise<unknown>) {
      for (const id of ids) {
        await act(id);
        for (let n = 0; n < seconds; n += 1) await runAt(desk.clock.time + 1000);
      }
    }
    /** What was told to each, a number a message. */
    const told = async () => (await messages()).map(({ to, notices }) => [to, notices[0], notices.length]);

    it('of callbacks that are given to somebody one by one is one message now, and one when it is over', async () => {
      const ids = await opens(20);
      await oneByOne(ids, 6, (id) => desk.act('ana', { action: 'assign', toId: 'bo' }, id));
      await runAt(desk.clock.time + MINUTE);
      expect(await told()).toEqual([
        ['bo', 'assigned', 1],
        ['bo', 'assigned', 19],
      ]);
      expect(await desk.waiting()).toEqual([]);
    });

    it('of claims that come back is one message to their owner, and one to each channel', async () => {
      const ids = await opens(15);
      for (const id of ids) {
        await desk.act('ana', 'claim', id);
        desk.clock.time += 10_000;
      }
      for (let at = NOON + 30 * MINUTE; at <= NOON + 35 * MINUTE; at += 10_000) await runAt(at);
      expect(await told()).toEqual([['ana', 'resting', 15]]);
      for (let at = NOON + 60 * MINUTE; at <= NOON + 65 * MINUTE; at += 10_000) await runAt(at);
      expect((await told()).slice(1)).toEqual([
        ['ana', 'returned', 15],
        ['C1', 'back', 15],
        ['C2', 'back', 15],
      ]);
    });

    it('says to a channel what is open still, and nothing where that is nothing', async () => {
      const [first = 0, second = 0] = await opens(2);
      for (const id of [first, second]) await desk.act('ana', 'claim', id);
      await runAt(NOON + 30 * MINUTE);
      await runAt(NOON + HOUR);
      await desk.act('bo', 'claim', first);
      await runAt(NOON + HOUR + MINUTE);
      expect((await told()).slice(-2)).toEqual([
        ['C1', 'back', 1],
        ['C2', 'back', 1],
      ]);
      for (const who of ['bo', 'cy']) await desk.act(who, 'claim', who === 'bo' ? second : first);
      const before = (await told()).length;
      await desk.act('bo', 'release', second);
      expect((await told()).length).toBe(before);
    });

    it('of changes of one callback is a message each, so that it has one row in each', async () => {
      const [id = 0] = await opens(1);
      await desk.act('ana', { action: 'assign', toId: 'bo' }, id);
      await desk.act('ana', { action: 'take-over' }, id);
      for (let n = 0; n <= 2; n += 1) await runAt(NOON + n * MINUTE);
      expect(await told()).toEqual([
        ['bo', 'assigned', 1],
        ['bo', 'taken', 1],
      ]);
    });

    it('is told once by two desks', async () => {
      const [id = 0] = await opens(1);
      await desk.act('ana', { action: 'assign', toId: 'bo' }, id);
      await Promise.all([newRunner().runDue(), newRunner().runDue()]);
      expect(await told()).toEqual([['bo', 'assigned', 1]]);
    });
  });

  describe('what nobody claims', () => {
    beforeEach(() => {
      rules = {
        ...rules,
        raise: [
          { afterMs: HOUR, to: { kind: 'channel' } },
          { afterMs: 2 * HOUR, to: { kind: 'group', groupId: 'S1' } },
          { afterMs: 3 * HOUR, to: { kind: 'person', userId: 'U1' } },
        ],
      };
    });

    it('is raised in the channels, then to a group there, then to a person, each once', async () => {
      await opens(2);
      for (const hours of [1, 1, 2, 3, 4]) await runAt(NOON + hours * HOUR);
      const notices = ['raised', 'raised'];
      expect(await messages()).toEqual([
        { to: 'C1', notices, calls: 'here' },
        { to: 'C2', notices, calls: 'here' },
        { to: 'C1', notices, calls: { group: 'S1' } },
        { to: 'C2', notices, calls: { group: 'S1' } },
        { to: 'U1', notices },
      ]);
    });

    it('is not raised when only a question has told it, until a digest does', async () => {
      await opens(1, 'question');
      await runAt(NOON + 90 * MINUTE);
      expect(await messages()).toEqual([]);
      await desk.digestTells();
      await runAt(NOON + 90 * MINUTE);
      expect(await messages()).toHaveLength(2);
    });

    it('is given up in the end, which nobody is told of but the next digest', async () => {
      rules = { ...defaultRules('UTC'), raise: [] };
      const [id = 0] = await opens(1);
      await runAt(NOON + 7 * DAY);
      expect(await desk.callback(id)).toMatchObject({ state: 'done', outcome: 'expired', ownerId: null });
      expect(await messages()).toEqual([]);
      expect(await desk.act('ana', 'undo', id)).toMatchObject({ outcome: 'refused' });
      const expired = (afterAt: number, uptoAt: number) =>
        desk.store.expiredBetween(TEAM, VDN, afterAt, uptoAt);
      expect(await expired(NOON, NOON + 7 * DAY)).toEqual([{ callerKey: 'social:2:0', callbackId: id }]);
      expect(await expired(NOON, NOON + 7 * DAY - 1)).toEqual([]);
      expect(await expired(NOON + 7 * DAY, NOON + 8 * DAY)).toEqual([]);
      expect(await desk.store.expiredBetween(TEAM, VDN + 1, NOON, NOON + 8 * DAY)).toEqual([]);
    });
  });

  it('looks at thousands that have just opened in a few statements, and then not until their time', async () => {
    await opens(1200);
    await runAt(NOON);
    expect(await desk.store.toWake(NOON + 6 * DAY, 10)).toEqual([]);
    expect(await desk.store.toWake(NOON + 7 * DAY, 5000)).toHaveLength(1200);
  });
}
