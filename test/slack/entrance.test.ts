import type { Receiver, ReceiverEvent } from '@slack/bolt';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { Entrance } from '../../src/slack/entrance.ts';

it('tells of an acknowledgement before it goes out and after it has', async () => {
  const told: string[] = [];
  const receiver: Receiver = { init() {}, start: async () => {}, stop: async () => {} };
  const options = { receiver, convoStore: false, authorize: async () => ({ botToken: 'xoxb' }) } as const;
  const app = new Entrance(options, { log: silentLog, reach: (seam) => told.push(seam) });
  app.command('/missed', ({ ack }) => ack('heard'));

  const event: ReceiverEvent = {
    body: {
      command: '/missed',
      team_id: 'T0OFFICE1',
      user_id: 'U0TOMBAKE',
      channel_id: 'C0SUPPORT',
      trigger_id: '1.2',
    },
    ack: async (answer) => void told.push(String(answer)),
  };
  await app.processEvent(event);
  expect(told).toEqual(['before ack', 'heard', 'after ack']);
});
