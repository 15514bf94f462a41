import { describe, expect, it } from 'vitest';
import type { DigestRunner } from '../../src/digests/runner.ts';
import { at, type DigestDesk, digestDesk, hourly } from './digest-desk.ts';

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
