import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { expect, it } from 'vitest';
import { watchAcks } from '../../src/slack/acks.ts';

it('an acknowledgement is told of before it goes out and after it has', async () => {
  const told: string[] = [];
  const receiver: Receiver = { init() {}, start: async () => {}, stop: async () => {} };
  const app = new App({ receiver, convoStore: false, authorize: async () => ({ botToken: 'xoxb' }) });
  app.command('/missed', ({ ack }) => ack('heard'));
  watchAcks(app, (seam) => told.push(seam));

  const event: ReceiverEvent = {
    body: { command: '/missed', team_id: 'T0OFFICE1', user_id: 'U0TOMBAKE', channel_id: 'C0SUPPORT' },
    ack: async (answer) => void told.push(String(answer)),
  };
  await app.processEvent(event);
  expect(told).toEqual(['before ack', 'heard', 'after ack']);
});
