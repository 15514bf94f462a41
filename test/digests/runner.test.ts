import { describe, expect, it, vi } from 'vitest';
import type { DigestRunner } from '../../src/digests/runner.ts';
import { at, type DigestDesk, digestDesk, HOUR, hourly, TEAM, VDN } from './digest-desk.ts';

const DAY = 24 * HOUR;

describe('a digest', () => {
  it('tells what is new since the slot in which the channel subscribed', async () => {
    const { subscribe, missed, passUntil, told } = await digestDesk();
    missed('too early', '07:59');
    missed('on the hour', '08:00');
    await subscribe();
    missed('new', '08:50');
    await passUntil('09:00');
    expect(await told()).toMatchObject([
      {
        kind: 'digest',
        channelId: 'C1',
        calls: ['on the hour', 'new'],
        data: {
          subscriptionNumber: 1,
          vdn: { number: VDN, name: 'Support' },
          fromAt: at('08:00'),
          toAt: at('09:00'),
          timeZone: 'UTC',
          gap: null,
          manual: false,
        },
      },
    ]);
  });

  it('tells every call once, from run to run and over a restart', async () => {
    const desk = await digestDesk();
    await desk.subscribe();
    desk.missed('one', '08:50');
    await desk.passUntil('09:00');
    desk.missed('two', '09:50');
    desk.runner = desk.newRunner();
    await desk.passUntil('10:00');
    await desk.passUntil('12:00');
    expect(await desk.toldCalls()).toEqual([['one'], ['two']]);
  });

  it('counts those who were never called back once, also where the contact centre is not read to its end', async () => {
    const { subscribe, missed, passUntil, told, centre, knex } = await digestDesk();
    await subscribe();
    await knex('callbacks').insert({
      ...{ team_id: TEAM, vdn: VDN, caller_key: 'num:1', opened_by: 'digest', state: 'done' },
      ...{ outcome: 'expired', opened_at: 0, since: at('08:50'), done_at: at('08:50') },
    });
    centre.complete = false;
    missed('one', '08:55');
    await passUntil('09:00');
    missed('two', '09:55');
    await passUntil('10:00');
    centre.complete = true;
    await passUntil('12:00');
    expect((await told()).map(({ data }) => data.expired)).toEqual([0, 0, 1]);
  });

  it('lists them after what is new, each with its own calls, and alone where nothing is', async () => {
    const { subscribe, fetch, missed, passUntil, lists, callbacks, knex } = await digestDesk();
    await subscribe();
    missed('one', '07:40');
    await fetch(TEAM, VDN);
    await callbacks.attachNew({ teamId: TEAM, vdn: VDN, openedBy: 'digest' });
    const ended = (time: string) => ({
      state: 'done',
      outcome: 'expired',
      done_at: at(time),
      since: at(time),
    });
    await knex('callbacks').update(ended('08:50'));
    missed('two', '08:55');
    await passUntil('09:00');
    await knex('callbacks').where({ state: 'open' }).update(ended('09:20'));
    await passUntil('10:00');
    const digests = await knex('outbox').orderBy('seq');
    const pages = await Promise.all(digests.map(({ list_id }) => lists.page(list_id, 0)));
    const told = pages.map((page) => [
      page?.list.figures.calls,
      page?.rows.map(({ callback, figures }) => [callback?.outcome, figures.calls]),
    ]);
    expect(told).toEqual([
      [
        1,
        [
          ['expired', 1],
          ['expired', 1],
        ],
      ],
      [0, [['expired', 1]]],
    ]);
  });

  it('counts of those who were never called back what is news to each channel', async () => {
    const { subscribe, passUntil, told, knex, clock } = await digestDesk();
    await subscribe();
    const expires = (time: string) =>
      knex('callbacks').insert({
        ...{ team_id: TEAM, vdn: VDN, caller_key: `num:${time}`, opened_by: 'digest', state: 'done' },
        ...{ outcome: 'expired', opened_at: 0, since: at(time), done_at: at(time) },
      });
    await expires('09:20');
    await passUntil('09:00');
    clock.at = at('09:30');
    await subscribe({ channelId: 'C2' });
    await expires('09:40');
    await passUntil('10:00');
    const counts = (await told()).map(({ channelId, data }) => [channelId, data.expired]);
    expect(counts.sort()).toEqual([
      ['C1', 2],
      ['C2', 1],
    ]);
  });

  it('does not leave out a call that a question brings while the digest is written', async () => {
    const { subscribe, fetch, lists, missed, clock, newRunner, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('09:00');
    const meanwhile: typeof lists = {
      ...lists,
      async create(request) {
        missed('two', '08:50');
        await fetch(TEAM, VDN);
        return lists.create(request);
      },
    };
    await newRunner({ lists: meanwhile }).runDue();
    await passUntil('10:00');
    expect(await toldCalls()).toEqual([['one'], ['two']]);
  });

  it('leaves a call that came after callbacks were given to the next, which has one for it', async () => {
    const { subscribe, fetch, callbacks, missed, clock, newRunner, passUntil, toldCalls } =
      await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('09:00');
    const meanwhile: typeof callbacks = {
      ...callbacks,
      async attachNew(request) {
        const joined = await callbacks.attachNew(request);
        missed('two', '08:50');
        await fetch(TEAM, VDN);
        return joined;
      },
    };
    await newRunner({ callbacks: meanwhile }).runDue();
    await passUntil('10:00');
    expect(await toldCalls()).toEqual([['one'], ['two']]);
  });

  it('keeps silent when nothing is new, and leaves no list behind', async () => {
    const { subscribe, passUntil, told, listCount, one } = await digestDesk();
    await subscribe();
    await passUntil('11:30');
    expect(await told()).toEqual([]);
    expect(await listCount()).toBe(0);
    expect(await one()).toMatchObject({ previousEndAt: at('11:00'), nextRunAt: at('12:00'), cursor: 0 });
  });

  it('says "all clear" when it was asked to, each time for its own range', async () => {
    const { subscribe, passUntil, told } = await digestDesk();
    await subscribe({ schedule: { ...hourly, allClear: true } });
    await passUntil('10:00');
    const data = (await told()).map((message) => message.data);
    expect(data).toMatchObject([
      { listId: null, fromAt: at('08:00'), toAt: at('09:00') },
      { listId: null, fromAt: at('09:00'), toAt: at('10:00') },
    ]);
  });

  it('tells rows that appear up to 24 h late, and no later ones', async () => {
    const { subscribe, missed, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    missed('late', '08:40', { lateMs: 20 * HOUR });
    missed('too late', '08:41', { lateMs: 26 * HOUR });
    await passUntil('2026-11-24T20:00');
    expect(await toldCalls()).toEqual([['late']]);
  });

  it('does not tell a late row of before the subscription', async () => {
    const { subscribe, missed, passUntil, told } = await digestDesk();
    missed('before', '07:30', { lateMs: 2 * HOUR });
    await subscribe();
    await passUntil('11:00');
    expect(await told()).toEqual([]);
  });

  it('tells what a question has fetched before', async () => {
    const { subscribe, missed, fetch, clock, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('08:50');
    expect(await fetch(TEAM, VDN)).toBe(1);
    await passUntil('09:00');
    expect(await toldCalls()).toEqual([['one']]);
  });

  it('tells each channel for itself', async () => {
    const { subscribe, missed, passUntil, told } = await digestDesk();
    await subscribe();
    missed('one', '08:50');
    await passUntil('09:10');
    await subscribe({ channelId: 'C2', schedule: { ...hourly, every: { minutes: 30 } } });
    missed('two', '09:20');
    await passUntil('10:00');
    expect((await told()).map(({ channelId, calls }) => [channelId, calls])).toEqual([
      ['C1', ['one']],
      ['C2', ['two']],
      ['C1', ['two']],
    ]);
  });

  it('tells after the night and the weekend what came in them', async () => {
    const { subscribe, missed, clock, passUntil, told } = await digestDesk({ timeZone: 'Europe/Berlin' });
    clock.at = at('2026-11-20T07:30');
    await subscribe({ schedule: { ...hourly, weekdays: true, hours: { from: 9, to: 18 } } });
    missed('Friday 17:30', '2026-11-20T16:30');
    missed('Friday 22:00', '2026-11-20T21:00');
    missed('Sunday', '2026-11-22T12:00');
    missed('Monday 08:30', '2026-11-23T07:30');
    await passUntil('2026-11-23T09:00');
    expect(await told()).toMatchObject([
      { calls: ['Friday 17:30'], data: { toAt: at('2026-11-20T17:00') } },
      {
        calls: ['Friday 22:00', 'Sunday', 'Monday 08:30'],
        data: { fromAt: at('2026-11-20T17:00'), toAt: at('2026-11-23T08:00'), gap: null },
      },
    ]);
  });

  it('tells what an incomplete sync brought, and the rest later', async () => {
    const { subscribe, missed, centre, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    centre.complete = false;
    missed('seen', '08:40');
    missed('on a page that moved', '08:41', { lateMs: HOUR });
    await passUntil('10:00');
    expect(await toldCalls()).toEqual([['seen'], ['on a page that moved']]);
  });

  it('tells what slipped past incomplete syncs, however old it is when it comes', async () => {
    const { subscribe, missed, centre, passUntil, toldCalls, one } = await digestDesk();
    await subscribe();
    centre.complete = false;
    missed('seen', '08:41');
    missed('on a page that moved', '08:40', { lateMs: 26 * HOUR });
    await passUntil('2026-11-24T10:00');
    expect(await one()).toMatchObject({ previousEndAt: at('08:00') });
    centre.complete = true;
    await passUntil('2026-11-24T11:00');
    expect(await toldCalls()).toEqual([['seen'], ['on a page that moved']]);
    expect(await one()).toMatchObject({ previousEndAt: at('2026-11-24T11:00') });
  });

  it('opens callbacks before it lists them', async () => {
    const { subscribe, missed, passUntil, knex } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    await passUntil('09:00');
    expect(await knex('callbacks').select('state', 'opened_by')).toEqual([
      { state: 'open', opened_by: 'digest' },
    ]);
    expect(await knex('list_rows').whereNotNull('callback_id')).toHaveLength(1);
  });
});

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

describe('while the contact centre gives no data', () => {
  it('tries again after 1, 5 and 15 minutes, and then every 15', async () => {
    const { subscribe, centre, passUntil, clock, one } = await digestDesk();
    await subscribe();
    centre.down();
    const tries: number[] = [];
    while (clock.at < at('10:30')) {
      const { retryAt, nextRunAt } = await one();
      await passUntil(retryAt ?? nextRunAt);
      tries.push(clock.at);
    }
    expect(tries).toEqual(
      ['09:00', '09:01', '09:06', '09:21', '09:36', '09:51', '10:06', '10:21', '10:36'].map(at),
    );
  });

  it('tells each channel once, at the third failure, and once when it is over, with the gap in one digest', async () => {
    const { subscribe, centre, missed, passUntil, told, one } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    missed('before', '08:40');
    await passUntil('09:00');
    await told();
    centre.down();
    missed('during', '09:30');
    await passUntil('10:05');
    expect(await told()).toEqual([]);
    missed('during too', '11:30');
    await passUntil('12:30');
    const notice = {
      kind: 'source-down',
      data: { subscriptionNumber: 1, sinceAt: at('09:00'), timeZone: 'UTC', code: 'unreachable' },
    };
    expect(await told()).toMatchObject([
      { ...notice, channelId: 'C1' },
      { ...notice, channelId: 'C2', data: { ...notice.data, subscriptionNumber: 2 } },
    ]);
    centre.up();
    await passUntil('12:45');
    const messages = (await told()).filter(({ channelId }) => channelId === 'C1');
    expect(messages).toMatchObject([
      { kind: 'source-back', data: { sinceAt: at('09:00'), code: null } },
      {
        kind: 'digest',
        calls: ['during', 'during too'],
        data: { fromAt: at('09:00'), gap: { sinceAt: at('09:00'), cause: 'no-data' } },
      },
    ]);
    expect(await one()).toMatchObject({
      failures: 0,
      retryAt: null,
      downToldAt: null,
      nextRunAt: at('13:00'),
    });
    missed('after', '12:50');
    await passUntil('14:00');
    expect((await told()).filter(({ channelId }) => channelId === 'C1')).toMatchObject([
      { calls: ['after'], data: { gap: null } },
    ]);
  });

  it('tells of the next outage again', async () => {
    const { subscribe, centre, passUntil, told } = await digestDesk();
    await subscribe();
    for (const [down, up] of [
      ['08:50', '09:30'],
      ['09:50', '10:30'],
    ] as const) {
      await passUntil(down);
      centre.down();
      await passUntil(up);
      centre.up();
    }
    await passUntil('11:00');
    expect((await told()).map(({ kind }) => kind)).toEqual([
      'source-down',
      'source-back',
      'source-down',
      'source-back',
    ]);
  });

  it('says nothing of an outage that was over by the second retry', async () => {
    const { subscribe, centre, missed, passUntil, told } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    centre.down();
    await passUntil('09:03');
    centre.up();
    await passUntil('09:30');
    expect(await told()).toMatchObject([{ kind: 'digest', calls: ['one'], data: { gap: null } }]);
  });
});

describe('after the desk was away', () => {
  async function deskThatStops(schedule = hourly) {
    const desk = await digestDesk();
    await desk.runner.runDue();
    await desk.subscribe({ schedule });
    return {
      ...desk,
      /** Stopped in good order from then to then. */
      async away(from: string, until: string) {
        await desk.passUntil(from);
        await desk.runner.stop();
        desk.clock.at = at(until);
        desk.runner = desk.newRunner();
        await desk.runner.runDue();
      },
    };
  }

  it('tells the gap in one digest that says since when the desk was offline', async () => {
    const { missed, away, told } = await deskThatStops();
    missed('before', '08:40');
    missed('during', '09:30');
    missed('during too', '10:30');
    await away('09:10', '11:20');
    expect(await told()).toMatchObject([
      { calls: ['before'], data: { gap: null } },
      {
        calls: ['during', 'during too'],
        data: { fromAt: at('09:00'), toAt: at('11:20'), gap: { sinceAt: at('09:10'), cause: 'offline' } },
      },
    ]);
  });

  it('goes on at the next slot', async () => {
    const { away, one, missed, passUntil, told } = await deskThatStops();
    await away('09:10', '11:20');
    expect(await one()).toMatchObject({ nextRunAt: at('12:00') });
    missed('after', '11:40');
    await passUntil('12:00');
    expect(await told()).toMatchObject([{ calls: ['after'], data: { gap: null } }]);
  });

  it('does not make a word of a restart over a slot', async () => {
    const { missed, away, told } = await deskThatStops();
    missed('one', '08:40');
    await away('08:58', '09:02');
    expect(await told()).toMatchObject([{ calls: ['one'], data: { gap: null } }]);
  });

  it('says of a daily digest how long the desk was away, not how long ago the last one was', async () => {
    const { missed, away, told } = await deskThatStops({
      ...hourly,
      every: { dailyAt: { hour: 9, minute: 0 } },
    });
    missed('one', '2026-11-22T12:00');
    await away('08:45', '11:00');
    expect(await told()).toMatchObject([
      {
        calls: ['one'],
        data: { fromAt: at('2026-11-22T09:00'), gap: { sinceAt: at('08:45'), cause: 'offline' } },
      },
    ]);
  });

  /** Begins a run, and dies in the middle of it. */
  async function dieInARun({ centre }: DigestDesk, runner: DigestRunner) {
    const asked = centre.asked.length;
    centre.answersAfter = new Promise(() => {});
    void runner.runDue();
    await expect.poll(() => centre.asked.length).toBe(asked + 1);
    centre.answersAfter = undefined;
  }

  it('tells it also when it went away in the middle of a run', async () => {
    const desk = await deskThatStops();
    desk.missed('one', '08:40');
    desk.clock.at = at('09:00') + 1;
    await dieInARun(desk, desk.runner);
    desk.clock.at = at('11:20');
    await desk.newRunner().runDue();
    expect(await desk.told()).toMatchObject([
      { calls: ['one'], data: { gap: { sinceAt: at('09:00') + 1, cause: 'offline' } } },
    ]);
  });

  it('tells it also when it dies again before it could', async () => {
    const desk = await deskThatStops();
    desk.missed('one', '08:40');
    await desk.runner.stop();
    desk.clock.at = at('11:20');
    await dieInARun(desk, desk.newRunner());
    desk.clock.at = at('11:21');
    await desk.newRunner().runDue();
    expect(await desk.told()).toMatchObject([
      { calls: ['one'], data: { gap: { sinceAt: at('08:30'), cause: 'offline' } } },
    ]);
  });

  it('tells all of it where it was back for a moment only before it could', async () => {
    const desk = await deskThatStops();
    desk.missed('one', '08:40');
    await desk.runner.stop();
    desk.clock.at = at('11:20');
    await dieInARun(desk, desk.newRunner());
    desk.clock.at = at('11:24');
    await desk.newRunner().runDue();
    expect(await desk.told()).toMatchObject([
      { calls: ['one'], data: { gap: { sinceAt: at('08:30'), cause: 'offline' } } },
    ]);
  });

  it('knows it within half a minute after a crash too', async () => {
    const desk = await deskThatStops();
    for (let minute = 31; minute <= 52; minute++) {
      desk.clock.at = at(`08:${minute}`);
      await desk.runner.runDue();
    }
    desk.missed('one', '08:55');
    desk.clock.at = at('09:40');
    await desk.newRunner().runDue();
    expect(await desk.told()).toMatchObject([{ data: { gap: { sinceAt: at('08:52'), cause: 'offline' } } }]);
  });
});

describe('now N', () => {
  it('tells what is new and does not move the schedule', async () => {
    const { subscribe, missed, clock, runner, one, passUntil, told } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    clock.at = at('08:45');
    expect(await runner.now(await one())).toEqual({ outcome: 'told' });
    expect(await one()).toMatchObject({ nextRunAt: at('09:00') });
    missed('two', '08:50');
    await passUntil('09:00');
    expect(await told()).toMatchObject([
      { calls: ['one'], data: { manual: true, fromAt: at('08:00'), toAt: at('08:45') } },
      { calls: ['two'], data: { manual: false, fromAt: at('08:45'), toAt: at('09:00') } },
    ]);
  });

  it('says only to the asker that nothing is new, even where an "all clear" is wished', async () => {
    const { subscribe, clock, runner, one, told } = await digestDesk();
    const before = await subscribe({ schedule: { ...hourly, allClear: true } });
    clock.at = at('08:45');
    expect(await runner.now(before)).toEqual({ outcome: 'nothing-new' });
    expect(await told()).toEqual([]);
    expect(await one()).toEqual(before);
  });

  it('says why the contact centre gave no answer, and counts no failure', async () => {
    const { subscribe, centre, runner, one } = await digestDesk();
    const before = await subscribe();
    centre.down();
    expect(await runner.now(before)).toMatchObject({ outcome: 'failed', error: { code: 'unreachable' } });
    expect(await one()).toEqual(before);
  });

  it('tells nothing for a subscription that is paused or removed', async () => {
    const { subscribe, subscriptions, missed, runner, one, told } = await digestDesk();
    await subscribe();
    missed('one', '08:20');
    await subscriptions.pause(TEAM, 1);
    expect(await runner.now(await one())).toEqual({ outcome: 'not-active' });
    await subscriptions.remove(TEAM, 1);
    expect(await runner.now(await one())).toEqual({ outcome: 'not-active' });
    expect(await told()).toEqual([]);
  });

  it('brings the end of an outage with it', async () => {
    const { subscribe, centre, missed, clock, passUntil, runner, one, told } = await digestDesk();
    await subscribe();
    centre.down();
    missed('one', '08:40');
    await passUntil('09:10');
    await told();
    centre.up();
    clock.at = at('09:12');
    expect(await runner.now(await one())).toEqual({ outcome: 'told' });
    expect((await told()).map(({ kind }) => kind)).toEqual(['source-back', 'digest']);
    await passUntil('09:50');
    expect(await told()).toEqual([]);
  });
});

describe('running by itself', () => {
  it('runs what has come due, also when the clock is moved, and wakes the outbox', async () => {
    const { subscribe, missed, clock, runner, knex, wakes } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    runner.start();
    clock.at = at('09:00');
    await expect.poll(() => knex('outbox').pluck('kind'), { timeout: 3000 }).toEqual(['digest']);
    expect(wakes()).toBeGreaterThan(0);
    await runner.stop();
  });

  it('finishes what is in hand when it stops', async () => {
    const { subscribe, centre, missed, clock, runner, toldCalls } = await digestDesk();
    await subscribe();
    missed('one', '08:40');
    let answer = () => {};
    centre.answersAfter = new Promise((resolve) => {
      answer = resolve;
    });
    clock.at = at('09:00');
    runner.start();
    await expect.poll(() => centre.asked.length).toBe(1);
    const stopping = runner.stop();
    answer();
    await stopping;
    expect(await toldCalls()).toEqual([['one']]);
  });

  it('breaks off a question that takes too long, without counting a failure', async () => {
    const { subscribe, centre, clock, runner, one } = await digestDesk();
    const before = await subscribe();
    centre.answersAfter = new Promise(() => {});
    clock.at = at('09:00');
    runner.start();
    await expect.poll(() => centre.asked.length).toBe(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stopping = runner.stop();
      await vi.advanceTimersByTimeAsync(5000);
      await stopping;
    } finally {
      vi.useRealTimers();
    }
    expect(await one()).toEqual(before);
  });
});
