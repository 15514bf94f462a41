import type { RespondArguments } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { createReply } from '../../src/slack/reply.ts';

const message = { text: 'Hello', blocks: [] };

function open(status = 200) {
  const sent: RespondArguments[] = [];
  const warned: object[] = [];
  const log: Log = { ...silentLog, warn: (facts) => void warned.push(facts) };
  const respond = async (what: string | RespondArguments) => {
    if (typeof what !== 'string') sent.push(what);
    return new Response('ok', { status });
  };
  return { reply: createReply(respond, log), sent, warned };
}

describe('a reply through a response_url', () => {
  it('is for one person, for the channel, or in the place of what was clicked, and never by accident', async () => {
    const { reply, sent } = open();
    await reply.privately(message);
    await reply.toChannel(message);
    await reply.replace(message);
    expect(sent).toEqual([
      { ...message, response_type: 'ephemeral', replace_original: false },
      { ...message, response_type: 'in_channel', replace_original: false },
      { ...message, replace_original: true },
    ]);
  });

  it('that Slack does not take is no failure of the work, but a line in the log', async () => {
    const { reply, warned } = open(404);
    await reply.privately(message);
    expect(warned).toEqual([{ status: 404 }]);
  });

  it('is not tried where Slack gives no response_url', async () => {
    await createReply(undefined, silentLog).privately(message);
  });
});
