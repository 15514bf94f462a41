import { describe, expect, it, vi } from 'vitest';
import { at, digestDesk, HOUR, hourly, TEAM, VDN } from './digest-desk.ts';

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
