import type { RespondArguments } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Log, silentLog } from '../../src/log.ts';
import { createReply, type Reply } from '../../src/slack/reply.ts';
import { runClient } from '../sandbox/slack/harness.ts';

const message = { text: 'Hello', blocks: [] };
/** The desk is a member of the first, not of the second. */
const HERE = 'C0SUPPORT';
const ELSEWHERE = 'C0SALES01';

async function open({ channelId = HERE as string | null, takes = true, url = true } = {}) {
  const { slack, client } = await runClient();
  onTestFinished(() => slack.close());
  const sent: RespondArguments[] = [];
  const errors: object[] = [];
  const log: Log = { ...silentLog, error: (facts) => void errors.push(facts) };
  const respond = async (what: string | RespondArguments) => {
    if (!takes) throw new Error('Failed to respond to the response_url: 404');
    if (typeof what !== 'string') sent.push(what);
    return new Response('ok');
  };
  const reply = createReply({
    respond: url ? respond : undefined,
    client,
    userId: 'U0TOMBAKE',
    channelId,
    log,
  });
  const tomReads = (channel: string) => slack.as('tom').messages(channel);
  const anaReads = (channel: string) => slack.as('ana').messages(channel);
  return { slack, reply, sent, errors, tomReads, anaReads };
}

describe('a reply through a response_url', () => {
  it('is for one person, for the channel, or in the place of what was clicked, and never by accident', async () => {
    const { reply, sent, slack } = await open();
    await reply.privately(message);
    await reply.toChannel(message);
    await reply.replace(message);
    expect(await reply.replaceForNow(message)).toBe(true);
    expect(sent).toEqual([
      { ...message, response_type: 'ephemeral', replace_original: false },
      { ...message, response_type: 'in_channel', replace_original: false },
      { ...message, replace_original: true },
      { ...message, replace_original: true },
    ]);
    expect(slack.calls).toEqual([]);
  });
});

describe('a reply that Slack does not take', () => {
  it.each(['privately', 'replace'] as const)(
    '(%s) comes in the channel for its reader alone, if the desk is there',
    async (how) => {
      const { reply, tomReads, anaReads } = await open({ takes: false });
      await reply[how](message);
      expect(tomReads('#support')).toMatchObject([{ text: 'Hello', ephemeralTo: 'U0TOMBAKE' }]);
      expect(anaReads('#support')).toEqual([]);
    },
  );

  it.each([
    ['the desk is no member', ELSEWHERE],
    ['it was in a direct message of others', 'D0ANATOM1'],
    ['it was in a view', null],
  ])('comes in a direct message where %s', async (_, channelId) => {
    const { reply, tomReads, errors } = await open({ takes: false, channelId });
    await reply.privately(message);
    expect(tomReads('@app')).toMatchObject([{ text: 'Hello' }]);
    expect(errors).toEqual([]);
  });

  it('for the channel is posted there', async () => {
    const { reply, anaReads } = await open({ takes: false });
    await reply.toChannel(message);
    expect(anaReads('#support')).toMatchObject([{ text: 'Hello' }]);
    expect(anaReads('#support')[0]?.ephemeralTo).toBeUndefined();
  });

  it('for a channel that takes no post either is told to who asked', async () => {
    const { reply, slack, tomReads } = await open({ takes: false });
    slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'restricted_action' });
    await reply.toChannel(message);
    expect(tomReads('#support')).toMatchObject([{ ephemeralTo: 'U0TOMBAKE' }]);
  });

  it('and only stands for an edit that is under way needs no other way', async () => {
    const { reply, slack } = await open({ takes: false });
    expect(await reply.replaceForNow(message)).toBe(false);
    expect(slack.calls).toEqual([]);
  });

  it('in any way is no failure of the work, but a line in the log', async () => {
    for (const how of ['privately', 'toChannel', 'replace'] satisfies (keyof Reply)[]) {
      const { reply, slack, errors } = await open({ takes: false });
      slack.faults.add({ kind: 'http', status: 500, method: '*', times: 20 });
      await reply[how](message);
      expect(errors).toEqual([{ userId: 'U0TOMBAKE', channelId: HERE }]);
    }
  });

  it('because Slack gives no response_url finds its way as well', async () => {
    const { reply, tomReads } = await open({ url: false });
    await reply.privately(message);
    expect(tomReads('#support')).toMatchObject([{ ephemeralTo: 'U0TOMBAKE' }]);
  });
});
