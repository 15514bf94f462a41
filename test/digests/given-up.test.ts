import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createOutbox } from '../../src/outbox/delivery.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { ScriptedSlack } from '../outbox/scripted-slack.ts';
import { at, digestDesk, HOUR, MINUTE, TEAM } from './digest-desk.ts';

it('a digest that Slack fails at again and again pauses its subscription, tells its creator, and is told when it is resumed', async () => {
  const desk = await digestDesk();
  const { clock, outboxStore: store, runner, subscriptions } = desk;
  const { number } = await desk.subscribe();
  desk.missed('one', '08:45');
  clock.at = at('09:00');
  await runner.runDue();

  const slack = new ScriptedSlack();
  slack.failsAt = ({ kind }) =>
    kind === 'digest' ? { outcome: 'unknown', error: 'internal_error' } : undefined;
  const outbox = createOutbox({
    store,
    port: slack,
    clock,
    log: silentLog,
    timeoutMs: 10_000,
    onRefused: (row, error) => subscriptions.pauseByError(row, error),
  });
  const pass = async (ms: number) => {
    for (const until = clock.at + ms; clock.at < until; clock.pass(5000)) await outbox.deliverDue();
  };
  await pass(MINUTE);
  await store.insert([draft('of another channel', 'C2')], clock.at);
  await pass(HOUR);
  expect(await desk.one(number)).toMatchObject({
    state: 'paused',
    pausedBy: 'error',
    pauseError: 'internal_error',
  });
  expect(slack.messages.map(({ channelId }) => channelId)).toEqual(['C2', 'UBOSS']);

  await subscriptions.resume(TEAM, number);
  await desk.told();
  await runner.runDue();
  expect(await desk.toldCalls()).toEqual([['one']]);
});
