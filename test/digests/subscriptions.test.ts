import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { at, digestDesk, hourly, TEAM, VDN } from './digest-desk.ts';
import { takePost } from './take-post.ts';

describe('subscribing', () => {
  it('starts at the current slot, without asking the contact centre, and runs at the next one', async () => {
    const { subscribe, centre } = await digestDesk();
    expect(await subscribe()).toMatchObject({
      number: 1,
      state: 'active',
      startsAt: at('08:00'),
      previousEndAt: at('08:00'),
      nextRunAt: at('09:00'),
      cursor: 0,
    });
    expect(centre.asked).toEqual([]);
  });

  it("counts slots in the VDN's zone", async () => {
    const { subscribe } = await digestDesk({ timeZone: 'Asia/Kolkata' });
    const daily = { ...hourly, every: { dailyAt: { hour: 9, minute: 0 } } };
    expect(await subscribe({ schedule: daily })).toMatchObject({
      startsAt: at('03:30'),
      nextRunAt: at('2026-11-24T03:30'),
    });
    expect(await subscribe()).toMatchObject({ nextRunAt: at('2026-11-24T03:30') });
    expect(await subscribe({ channelId: 'C2' })).toMatchObject({ nextRunAt: at('09:30') });
  });

  it('is once a channel and VDN: the second is told of the first', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    const wish = { teamId: TEAM, channelId: 'C1', vdn: VDN, createdBy: 'UOTHER' };
    const schedule = { ...hourly, weekdays: true };
    expect(await subscriptions.subscribe({ ...wish, schedule })).toMatchObject({
      outcome: 'already',
      subscription: { number: 1, schedule: hourly, createdBy: 'UBOSS' },
    });
    expect(await subscribe({ vdn: 160 })).toMatchObject({ number: 2 });
    expect(await subscribe({ channelId: 'C2' })).toMatchObject({ number: 3 });
  });

  it('numbers them by workspace, and never gives a number twice', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    expect(await subscriptions.remove(TEAM, 2)).toMatchObject({ outcome: 'changed' });
    expect(await subscribe({ channelId: 'C2' })).toMatchObject({ number: 3, channelId: 'C2' });
    const elsewhere = { teamId: 'T2', channelId: 'C9', vdn: VDN, schedule: hourly, createdBy: 'U9' };
    expect((await subscriptions.subscribe(elsewhere)).subscription.number).toBe(1);
  });

  it('gives each its own number when many subscribe at once, and one channel one subscription', async () => {
    const { subscribe } = await digestDesk();
    const channels = ['C1', 'C2', 'C3', 'C4', 'C1', 'C2'];
    const made = await Promise.all(channels.map((channelId) => subscribe({ channelId })));
    expect(new Set(made.map(({ number }) => number)).size).toBe(4);
    expect(made[4]?.number).toBe(made[0]?.number);
  });
});

describe('commands about a subscription', () => {
  it('lists those that are not removed, of a channel or of all', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    await subscribe({ channelId: 'C2' });
    await subscribe({ channelId: 'C2', vdn: 160 });
    await subscriptions.remove(TEAM, 1);
    await subscriptions.pause(TEAM, 3);
    const numbers = async (channelId?: string) =>
      (await subscriptions.list(TEAM, channelId)).map(({ number }) => number);
    expect(await numbers()).toEqual([2, 3]);
    expect(await numbers('C1')).toEqual([]);
    expect(await numbers('C2')).toEqual([2, 3]);
    expect(await subscriptions.list('T2')).toEqual([]);
  });

  it('know no number of another workspace, and none that was removed', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    expect(await subscriptions.pause('T2', 1)).toEqual({ outcome: 'unknown-number' });
    expect(await subscriptions.pause(TEAM, 7)).toEqual({ outcome: 'unknown-number' });
    await subscriptions.remove(TEAM, 1);
    expect(await subscriptions.resume(TEAM, 1)).toEqual({ outcome: 'unknown-number' });
  });

  it('say so when there is nothing to do', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    expect(await subscriptions.resume(TEAM, 1)).toMatchObject({ outcome: 'unchanged' });
    expect(await subscriptions.pause(TEAM, 1)).toMatchObject({ outcome: 'changed' });
    expect(await subscriptions.pause(TEAM, 1)).toMatchObject({ outcome: 'unchanged' });
  });

  it('changes the schedule from now on and leaves what is untold untold', async () => {
    const { subscribe, subscriptions, missed, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    missed('before', '08:20');
    const schedule = { ...hourly, every: { minutes: 15 as const } };
    expect(await subscriptions.change(TEAM, 1, schedule)).toMatchObject({
      subscription: { schedule, nextRunAt: at('08:45'), startsAt: at('08:00') },
    });
    await passUntil('08:45');
    expect(await toldCalls()).toEqual([['before']]);
  });

  it('has nothing to change where the schedule is the same', async () => {
    const { subscribe, subscriptions } = await digestDesk();
    await subscribe();
    expect(await subscriptions.change(TEAM, 1, { ...hourly })).toMatchObject({ outcome: 'unchanged' });
    const weekdays = { ...hourly, weekdays: true };
    expect(await subscriptions.change(TEAM, 1, weekdays)).toMatchObject({ outcome: 'changed' });
    expect(await subscriptions.change(TEAM, 1, weekdays)).toMatchObject({ outcome: 'unchanged' });
  });

  it('starts now what a person resumes: what came meanwhile is not told', async () => {
    const { subscribe, subscriptions, missed, passUntil, toldCalls } = await digestDesk();
    await subscribe();
    await passUntil('09:10');
    await subscriptions.pause(TEAM, 1);
    missed('meanwhile', '09:40');
    await passUntil('11:20');
    expect(await subscriptions.resume(TEAM, 1)).toMatchObject({
      subscription: { state: 'active', pausedBy: null, startsAt: at('11:20'), nextRunAt: at('12:00') },
    });
    missed('after', '11:30');
    await passUntil('12:00');
    expect(await toldCalls()).toEqual([['after']]);
  });

  it('tells nothing while it is paused', async () => {
    const { subscribe, subscriptions, missed, passUntil, told, centre } = await digestDesk();
    await subscribe();
    await subscriptions.pause(TEAM, 1);
    missed('one', '08:40');
    await passUntil('12:00');
    expect(await told()).toEqual([]);
    expect(centre.asked).toEqual([]);
  });
});

describe('a channel that Slack refuses for good', () => {
  async function refusedDesk() {
    const desk = await digestDesk();
    await desk.subscribe();
    /** Slack refuses the oldest message that waits. */
    const refuse = async (error = 'is_archived') => {
      const row = (await takePost(desk)) as OutboxRow;
      await desk.subscriptions.pauseByError(row, error);
      return row;
    };
    return { ...desk, refuse };
  }

  it('pauses the subscription and tells its creator directly, once', async () => {
    const { passUntil, missed, refuse, subscriptions, one, outboxStore, told } = await refusedDesk();
    missed('lost', '08:40');
    await passUntil('09:00');
    const row = await refuse();
    await subscriptions.pauseByError(row, 'is_archived');
    expect(await one()).toMatchObject({ state: 'paused', pausedBy: 'error', pauseError: 'is_archived' });
    expect(await outboxStore.find(row.id)).toMatchObject({ state: 'failed', error: 'is_archived' });
    const messages = await told();
    expect(messages.map(({ kind, channelId }) => [kind, channelId])).toEqual([
      ['digest', 'C1'],
      ['subscription-paused', 'UBOSS'],
    ]);
    expect(messages[1]?.data).toEqual({
      subscriptionNumber: 1,
      vdn: { number: VDN, name: 'Support' },
      channelId: 'C1',
      error: 'is_archived',
    });
  });

  it('tells the gap when resumed, the refused calls among it, in one digest at once', async () => {
    const { passUntil, missed, refuse, subscriptions, told } = await refusedDesk();
    missed('told', '08:40');
    await passUntil('09:00');
    await told();
    missed('refused', '09:20');
    await passUntil('10:00');
    await refuse();
    await told();
    missed('meanwhile', '10:30');
    await passUntil('13:15');
    expect(await told()).toEqual([]);
    expect(await subscriptions.resume(TEAM, 1)).toMatchObject({ subscription: { nextRunAt: at('13:15') } });
    await passUntil('13:15');
    const messages = await told();
    expect(messages).toMatchObject([
      {
        kind: 'digest',
        calls: ['refused', 'meanwhile'],
        data: { fromAt: at('09:00'), toAt: at('13:15'), gap: { sinceAt: at('09:00'), cause: 'paused' } },
      },
    ]);
    missed('next', '13:40');
    await passUntil('14:00');
    expect(await told()).toMatchObject([{ calls: ['next'], data: { gap: null } }]);
  });

  it('takes back what waited behind the refused message, and tells it after the pause too', async () => {
    const { passUntil, missed, refuse, subscriptions, told, knex } = await refusedDesk();
    missed('first', '08:40');
    await passUntil('09:00');
    missed('second', '09:40');
    await passUntil('10:00');
    await refuse();
    expect(await knex('outbox').where({ state: 'pending' }).pluck('kind')).toEqual(['subscription-paused']);
    await told();
    await subscriptions.resume(TEAM, 1);
    await passUntil('10:01');
    expect(await told()).toMatchObject([{ calls: ['first', 'second'] }]);
  });

  it('says anew that there is no data when the channel did not take it, and that it is back', async () => {
    const { passUntil, centre, refuse, subscriptions, one, told } = await refusedDesk();
    centre.down();
    await passUntil('09:10');
    await refuse();
    expect(await one()).toMatchObject({ state: 'paused', downToldAt: null });
    await told();
    await passUntil('10:20');
    await subscriptions.resume(TEAM, 1);
    await passUntil('10:30');
    expect((await told()).map(({ kind }) => kind)).toEqual(['source-down']);

    centre.up();
    await passUntil('10:50');
    await refuse();
    await told();
    await subscriptions.resume(TEAM, 1);
    await passUntil('10:55');
    expect((await told()).map(({ kind }) => kind)).toEqual(['source-back']);
  });

  it('leaves alone what a person has paused meanwhile, and does not pause for a message of nobody', async () => {
    const desk = await refusedDesk();
    const { passUntil, missed, refuse, subscriptions, one, outboxStore, told, clock } = desk;
    missed('lost', '08:40');
    await passUntil('09:00');
    await subscriptions.pause(TEAM, 1);
    const row = await refuse();
    expect(await one()).toMatchObject({ state: 'paused', pausedBy: 'person' });
    expect(await outboxStore.find(row.id)).toMatchObject({ state: 'failed' });
    await told();
    const id = crypto.randomUUID();
    await outboxStore.insert([{ id, teamId: TEAM, channelId: 'U1', kind: 'other', data: {} }], clock.at);
    await subscriptions.pauseByError((await takePost(desk)) as OutboxRow, 'user_disabled');
    expect(await told()).toHaveLength(1);
  });

  it('starts now when a person has paused it after the error', async () => {
    const { passUntil, missed, refuse, subscriptions, told } = await refusedDesk();
    missed('lost', '08:40');
    await passUntil('09:00');
    await refuse();
    await subscriptions.pause(TEAM, 1);
    await told();
    await passUntil('11:20');
    await subscriptions.resume(TEAM, 1);
    await passUntil('12:00');
    expect(await told()).toEqual([]);
  });
});
