import { describe, expect } from 'vitest';
import { officeSeed } from '../../src/sandbox/slack/seed.ts';
import { it, MR_GREEN, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const DESK = `<@${officeSeed.app.botUserId}>`;

describe.each(modes)('the desk, spoken to over %s', { concurrent: true }, (mode) => {
  it('answers a mention in its channel, as it answers the command', async ({ openScene }) => {
    const { becomes, misses, presses, read, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const { ack } = await slack.as('tom').say('#support', `${DESK} missed *7* today`);
    expect(ack?.status).toBe('acked');
    const answer = await sees('ana', '#support', '1 call from 1 caller');
    expect(answer.threadTs).toBeUndefined();
    expect(read(answer)).toContain('Asked by @Tom Baker');
    await presses('ana', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Ana Souza');
  });

  it('answers in the thread that it was mentioned in', async ({ openScene }) => {
    const { becomes, misses, presses, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const { message } = await slack.as('tom').say('#support', 'Who calls back?');
    await slack.as('ana').say('#support', `${DESK} today`, message.ts);
    const answer = await sees('tom', '#support', '1 call from 1 caller');
    expect(answer.threadTs).toBe(message.ts);
    await presses('tom', answer, 'Claim');
    await becomes('ana', answer, 'Claimed by @Tom Baker');
    await slack.as('ana').say('#support', `${DESK} gibberish`, message.ts);
    const refused = await sees('ana', '#support', 'gibberish');
    expect(refused).toMatchObject({ threadTs: message.ts, ephemeralTo: 'U0ANASOUZ' });
  });

  it('tells only who asked what is theirs alone: private answers, mistakes, help', async ({ openScene }) => {
    const { misses, readAll, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    for (const [said, answered] of [
      ['7 today private', '1 call from 1 caller'],
      ['7 tomorow', 'tomorow'],
      ['', '/missed digest'],
      ['digest list', 'There are no digests'],
    ] as const) {
      await slack.as('tom').say('#support', `${DESK} ${said}`);
      expect((await sees('tom', '#support', answered)).ephemeralTo).toBe('U0TOMBAKE');
    }
    expect(readAll('ana', '#support')).toEqual([]);
  });

  it('makes a digest when it is told to', async ({ openScene }) => {
    const { sees, slack } = await openScene(mode, { config });
    await slack.as('tom').say('#support', `${DESK} digest 7 hourly`);
    expect((await sees('ana', '#support', 'This channel now gets')).ephemeralTo).toBeUndefined();
  });

  it('answers in a direct message, where the answer stays and changes', async ({ openScene }) => {
    const { asks, becomes, misses, presses, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    await slack.as('li').say('@app', '7 today');
    const answer = await sees('li', '@app', '1 个来电');
    expect(answer.ephemeralTo).toBeUndefined();
    const inChannel = await asks('tom', '#support', 'today');
    await presses('tom', inChannel, 'Claim');
    await becomes('li', answer, 'Tom Baker');
    await slack.as('li').say('@app', 'gibberish');
    const refused = await sees('li', '@app', 'gibberish');
    expect(refused.ephemeralTo).toBeUndefined();
  });

  it('is silent to itself, to other apps, and to what is only changed or deleted', async ({ openScene }) => {
    const { misses, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const said = { channel: 'D0TOMBAKE', channel_type: 'im', user: 'U0TOMBAKE', text: '7 today' };
    const ts = slack.workspace.messages.nextTs();
    const quiet = [
      { ...said, type: 'message', ts, subtype: 'message_changed', hidden: true, message: said },
      { ...said, type: 'message', ts, subtype: 'message_deleted', previous_message: said },
      { ...said, type: 'message', ts, subtype: 'bot_message', bot_id: 'B0OTHER01' },
      { ...said, type: 'message', ts, bot_id: 'B0OTHER01', user: 'U0OTHERBOT' },
      { ...said, type: 'message', ts, user: slack.botUserId },
      { ...said, type: 'message', ts, edited: { user: 'U0TOMBAKE', ts } },
      {
        ...said,
        type: 'app_mention',
        channel: 'C0SUPPORT',
        text: `${DESK} 7 today`,
        ts,
        bot_id: 'B0OTHER01',
      },
      {
        ...said,
        type: 'app_mention',
        channel: 'C0SUPPORT',
        text: `${DESK} 7`,
        ts,
        edited: { user: 'U0', ts },
      },
    ];
    for (const event of quiet) expect((await slack.emit(event))?.status).toBe('acked');
    await slack.as('tom').say('@app', '7 today');
    await sees('tom', '@app', '1 call from 1 caller');
    const posts = slack.calls.filter(({ method }) => /^chat\.post/.test(method));
    expect(posts).toHaveLength(1);
  });

  it('answers once what Slack delivers twice', async ({ openScene }) => {
    const { cms, misses, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    await slack.as('tom').say('#support', `${DESK} 7 today`);
    expect((await slack.redeliver()).status).toBe('acked');
    await sees('tom', '#support', '1 call from 1 caller');
    expect((await slack.redeliver()).status).toBe('acked');
    await slack.as('ana').say('#support', `${DESK} 7 yesterday`);
    await sees('ana', '#support', 'Yesterday');
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2);
    expect(cms.requests.length).toBeGreaterThan(0);
  });

  it('refuses people of another organisation, and numbers where they read along', async ({ openScene }) => {
    const mia = {
      id: 'U0PARTNER',
      handle: 'mia',
      name: 'Mia',
      locale: 'en-US',
      tz: 'UTC',
      team: 'T0OTHER01',
    };
    const workspace = {
      ...officeSeed,
      people: [...officeSeed.people, mia],
      channels: officeSeed.channels.map((one) =>
        one.shared ? { ...one, members: [...one.members, mia.id] } : one,
      ),
    };
    const { cms, misses, readAll, sees, slack } = await openScene(mode, { config, workspace });
    misses(MR_GREEN);
    await slack.as('mia').say('#partners', `${DESK} 7 today`);
    const refused = await sees('mia', '#partners', 'I only answer people of the workspace');
    expect(refused.ephemeralTo).toBe(mia.id);
    await slack.as('tom').say('#partners', `${DESK} 7 today`);
    await sees('tom', '#partners', 'shared with another organisation');
    expect(readAll('ana', '#partners')).toEqual([]);
    expect(cms.requests).toEqual([]);
  });
});

describe('an answer in a thread whose arrival is in doubt', () => {
  it('is looked for in the thread, and not posted twice', async ({ openScene }) => {
    const { clock, fliesUntil, misses, sees, slack } = await openScene('socket', { config });
    misses(MR_GREEN);
    const { message } = await slack.as('tom').say('#support', 'Who calls back?');
    slack.faults.add({ kind: 'accept-then-drop', method: 'chat.postMessage', times: 1 });
    await slack.as('ana').say('#support', `${DESK} today`, message.ts);
    await sees('tom', '#support', '1 call from 1 caller');
    clock.advance(60_000);
    await fliesUntil(() => slack.calls.some(({ method }) => method === 'conversations.replies'));
    clock.advance(60_000);
    await slack.as('ana').say('#support', `${DESK} yesterday`, message.ts);
    await sees('tom', '#support', 'Yesterday');
    const answers = slack.calls.filter(({ method, performed }) => method === 'chat.postMessage' && performed);
    expect(answers).toHaveLength(2);
  });
});
