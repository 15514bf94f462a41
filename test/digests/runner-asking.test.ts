import { describe, expect, it } from 'vitest';
import { at, digestDesk, HOUR, hourly, TEAM, VDN } from './digest-desk.ts';

const DAY = 24 * HOUR;

describe('asking the contact centre', () => {
  it('happens once a VDN for all the subscriptions that are due', async () => {
    const { subscribe, centre, passUntil, missed, told } = await digestDesk();
    for (const channelId of ['C1', 'C2', 'C3']) await subscribe({ channelId });
    await subscribe({ channelId: 'C1', vdn: 160 });
    missed('one', '08:40');
    await passUntil('09:00');
    expect(centre.asked.map(({ vdn }) => vdn).toSorted()).toEqual([VDN, 160]);
    expect((await told()).map(({ channelId }) => channelId)).toEqual(['C1', 'C2', 'C3']);
  });

  it('reaches back for whoever of the VDN still needs it, due or not, paused by an error or not', async () => {
    const { subscribe, subscriptions, knex, clock, centre, runner } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    await subscribe({ channelId: 'C3' });
    clock.at = at('2026-11-26T09:00');
    const told = (number: number, previousEndAt: number, more = {}) =>
      knex('subscriptions')
        .where({ number })
        .update({ previous_end_at: previousEndAt, ...more });
    await told(1, at('2026-11-26T08:00'));
    await told(2, at('2026-11-25T08:00'), { next_run_at: at('2026-11-27T08:00') });
    await told(3, at('2026-11-24T20:00'), { state: 'paused', paused_by: 'error' });
    await runner.runDue();
    expect(centre.asked[0]?.neededFromAt).toBe(at('2026-11-24T20:00') - DAY);

    await told(3, at('2026-11-24T20:00'), { paused_by: 'person' });
    clock.at = at('2026-11-26T10:00');
    await runner.runDue();
    expect(centre.asked[1]?.neededFromAt).toBe(at('2026-11-25T08:00') - DAY);

    await subscriptions.remove(TEAM, 2);
    clock.at = at('2026-11-26T11:00');
    await runner.runDue();
    expect(centre.asked[2]?.neededFromAt).toBe(at('2026-11-26T10:00') - DAY);
  });

  it('does not run a VDN again that is in hand, nor hold another one up', async () => {
    const { subscribe, centre, clock, runner, missed, told } = await digestDesk();
    await subscribe();
    let answer = () => {};
    centre.answersAfter = new Promise((resolve) => {
      answer = resolve;
    });
    missed('one', '08:40');
    clock.at = at('09:00');
    const first = runner.runDue();
    await expect.poll(() => centre.asked.length).toBe(1);
    centre.answersAfter = undefined;
    await subscribe({
      vdn: 160,
      channelId: 'C2',
      schedule: { ...hourly, every: { minutes: 15 }, allClear: true },
    });
    clock.at = at('09:15');
    await runner.runDue();
    expect(centre.asked.map(({ vdn }) => vdn)).toEqual([VDN, 160]);
    expect((await told()).map(({ channelId }) => channelId)).toEqual(['C2']);
    answer();
    await first;
    expect((await told()).map(({ channelId, calls }) => [channelId, calls])).toEqual([['C1', ['one']]]);
  });

  it('makes one list for the channels that have told as much, and another for one that has not', async () => {
    const { subscribe, missed, clock, runner, told, toldCalls, listCount } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    const third = await subscribe({ channelId: 'C3' });
    missed('one', '08:40');
    clock.at = at('08:45');
    await runner.now(third);
    expect(await toldCalls()).toEqual([['one']]);
    missed('two', '08:50');
    clock.at = at('09:00');
    await runner.runDue();
    expect(await listCount()).toBe(1 + 2);
    const calls = new Map((await told()).map((message) => [message.channelId, message.calls]));
    expect(Object.fromEntries(calls)).toEqual({ C1: ['one', 'two'], C2: ['one', 'two'], C3: ['two'] });
  });

  it('asks of eight VDNs at a time', async () => {
    const { subscribe, centre, clock, runner } = await digestDesk();
    for (let vdn = 1; vdn <= 12; vdn++) await subscribe({ vdn });
    let answer = () => {};
    centre.answersAfter = new Promise((resolve) => {
      answer = resolve;
    });
    clock.at = at('09:00');
    const running = runner.runDue();
    await expect.poll(() => centre.asked.length).toBe(8);
    await runner.runDue();
    expect(centre.asked).toHaveLength(8);
    answer();
    await running;
    expect(centre.asked).toHaveLength(12);
  });
});

describe('when something moves during a run', () => {
  it('one of two desks tells, and the other leaves nothing behind', async () => {
    const { subscribe, missed, clock, runner, newRunner, toldCalls, listCount } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('09:00');
    await Promise.all([runner.runDue(), newRunner().runDue()]);
    expect(await toldCalls()).toEqual([['one']]);
    expect(await listCount()).toBe(1);
  });

  it('one of two desks says "all clear"', async () => {
    const { subscribe, clock, runner, newRunner, told } = await digestDesk();
    await subscribe({ schedule: { ...hourly, allClear: true } });
    clock.at = at('09:00');
    await Promise.all([runner.runDue(), newRunner().runDue()]);
    expect(await told()).toHaveLength(1);
  });

  it('a subscription that is paused meanwhile is not told, and its list is deleted', async () => {
    const { subscribe, subscriptions, lists, missed, clock, newRunner, told, listCount } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('09:00');
    const paused: typeof lists = {
      ...lists,
      async create(request) {
        await subscriptions.pause(TEAM, 1);
        return lists.create(request);
      },
    };
    await newRunner({ lists: paused }).runDue();
    expect(await told()).toEqual([]);
    expect(await listCount()).toBe(0);
  });

  it('a failure of one subscription does not keep the others from being told', async () => {
    const { subscribe, lists, missed, clock, newRunner, told, one } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    missed('one', '08:40');
    clock.at = at('09:00');
    let failed = false;
    const failing: typeof lists = {
      ...lists,
      async create(request) {
        if (failed) return lists.create(request);
        failed = true;
        throw new Error('disk full');
      },
    };
    await newRunner({ lists: failing }).runDue();
    expect((await told()).map(({ channelId }) => channelId)).toEqual(['C2']);
    expect(await one(1)).toMatchObject({ failures: 1, retryAt: at('09:01'), cursor: 0 });
    expect(await one(2)).toMatchObject({ failures: 0 });
  });

  it('one that cannot be written down does not keep the others from being told', async () => {
    const { subscribe, store, missed, clock, newRunner, told, one } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    missed('one', '08:40');
    clock.at = at('09:00');
    const failing: typeof store = {
      ...store,
      async moveAll(moves, now) {
        if (moves.some(({ read }) => read.number === 1)) throw new Error('a value that is refused');
        return store.moveAll(moves, now);
      },
    };
    await newRunner({ subscriptions: failing }).runDue();
    expect((await told()).map(({ channelId }) => channelId)).toEqual(['C2']);
    expect(await one(1)).toMatchObject({ failures: 1, retryAt: at('09:01'), cursor: 0 });
    expect(await one(2)).toMatchObject({ failures: 0 });
  });
});
