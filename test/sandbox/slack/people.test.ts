import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asTyped } from '../../../src/sandbox/slack/person/typed.ts';
import { type Running, runBolt } from './harness.ts';

let running: Running;
const actions: object[] = [];
const states: object[] = [];
beforeEach(async () => {
  actions.length = 0;
  states.length = 0;
  running = await runBolt('socket', (app) => {
    app.action(/.*/, async ({ ack, action, body }) => {
      actions.push(action);
      if (body.type === 'block_actions') states.push(body.state?.values ?? {});
      await ack();
    });
  });
});
afterEach(() => running.stop());

describe('what people see', () => {
  it('is what is said in channels that they may see', async () => {
    const { slack } = running;
    await slack.as('tom').say('#private', 'between us');
    expect(slack.as('li').messages('#private')).toHaveLength(1);
    expect(() => slack.as('ana').messages('#private')).toThrow('Ana Souza does not see private');
    await slack.as('ana').say('@tom', 'hi');
    expect(slack.as('tom').messages('@ana')).toMatchObject([{ text: 'hi' }]);
    expect(() => slack.as('li').messages('D0ANATOM1')).toThrow('does not see');
  });

  it('does not change under their eyes', async () => {
    const { slack, app } = running;
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'before' });
    const [seen] = slack.as('ana').messages('#support');
    await app.client.chat.update({ channel: 'C0SUPPORT', ts, text: 'after' });
    expect(seen?.text).toBe('before');
    expect(slack.as('ana').messages('#support')[0]?.text).toBe('after');
  });

  it('are people and channels that are there', () => {
    const { slack } = running;
    expect(slack.as('U0LIWEI01').name).toBe('Li Wei');
    expect(() => slack.as('bob')).toThrow('Nobody called bob here; there are li (U0LIWEI01)');
    expect(() => slack.as('li').messages('#nowhere')).toThrow('No channel #nowhere here');
  });
});

describe('what people may not do', () => {
  it('a command where they are no member, or where nobody may', async () => {
    const { slack } = running;
    await expect(slack.as('ana').command('#private', '/x')).rejects.toThrow('does not see');
    await expect(slack.as('li').command('#old-days', '/x')).rejects.toThrow('archived');
    slack.workspace.channel('#sales').members.delete('U0LIWEI01');
    await expect(slack.as('li').command('#sales', '/x')).rejects.toThrow('not in #sales');
  });

  it('a command of an app without the scope', async () => {
    running.slack.workspace.app.scopes = ['chat:write'];
    await expect(running.slack.as('li').command('#support', '/x')).rejects.toThrow('not a valid command');
  });
});

describe('what people type', () => {
  it.each([
    ['wait>30s & <b>', 'wait&gt;30s &amp; &lt;b&gt;'],
    ['<@U1> in <#C1|general> <!here>', '<@U1> in <#C1|general> <!here>'],
    ['a < b <@U1>', 'a &lt; b <@U1>'],
  ])('%s', (text, made) => {
    expect(asTyped(text)).toBe(made);
  });
});

describe('what people choose', () => {
  const options = ['done', 'release'].map((value) => ({
    text: { type: 'plain_text' as const, text: value.toUpperCase() },
    value,
  }));
  const overflow = (action_id: string) => ({
    type: 'section' as const,
    block_id: action_id,
    text: { type: 'mrkdwn' as const, text: action_id },
    accessory: { type: 'overflow' as const, action_id, options },
  });

  it('from the overflow menu that they mean', async () => {
    const { slack, app } = running;
    const blocks = [overflow('row:1'), overflow('row:2')];
    await app.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'rows', blocks });
    const [seen] = slack.as('li').messages('#support');
    if (!seen) throw new Error('no message');
    await slack.as('li').selectOverflow(seen, 'RELEASE', 1);
    expect(actions).toMatchObject([
      { type: 'overflow', action_id: 'row:2', selected_option: { value: 'release' } },
    ]);
    await expect(slack.as('li').selectOverflow(seen, 'BURN')).rejects.toThrow('BURN');
    await expect(slack.as('li').click(seen, 'row:1')).rejects.toThrow('no button');
  });

  it('in a message, whose state tells all that it holds', async () => {
    const { slack, app } = running;
    await app.client.chat.postMessage({
      channel: 'C0SUPPORT',
      text: 'choose',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [
            { type: 'static_select', action_id: 'outcome', options },
            { type: 'datepicker', action_id: 'day', initial_date: '2022-11-17' },
          ],
        },
      ],
    });
    const [seen] = slack.as('li').messages('#support');
    if (!seen) throw new Error('no message');
    await slack.as('li').choose(seen, 'outcome', 'DONE');
    expect(actions).toMatchObject([{ type: 'static_select', selected_option: { value: 'done' } }]);
    expect(states).toEqual([
      {
        b: {
          outcome: { type: 'static_select', selected_option: options[0] },
          day: { type: 'datepicker', selected_date: '2022-11-17' },
        },
      },
    ]);
  });

  it('a button among several of the same label, also one that was there when they looked', async () => {
    const { slack, app } = running;
    const button = (n: number) => ({
      type: 'button' as const,
      action_id: `claim:${n}`,
      text: { type: 'plain_text' as const, text: 'Claim' },
      value: `${n}`,
    });
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0SUPPORT',
      text: 'rows',
      blocks: [{ type: 'actions', elements: [button(1), button(2)] }],
    });
    const [seen] = slack.as('li').messages('#support');
    if (!seen) throw new Error('no message');
    await app.client.chat.update({ channel: 'C0SUPPORT', ts, text: 'gone', blocks: [] });
    await slack.as('li').click(seen, 'Claim', 1);
    expect(actions).toMatchObject([{ action_id: 'claim:2', value: '2' }]);
    await expect(slack.as('li').click(seen, 'Claim', 2)).rejects.toThrow('number 2');
  });
});

describe('waiting', () => {
  it('ends when what is waited for happens, and fails when it does not', async () => {
    const { slack } = running;
    const waited = slack.settled(() => slack.as('li').messages('#support')[0]?.text);
    await slack.as('ana').say('#support', 'now');
    expect(await waited).toBe('now');
    await expect(slack.settled(() => false, 10)).rejects.toThrow('within 10 ms');
    await expect(slack.settled(() => slack.as('bob'))).rejects.toThrow('Nobody called bob');
  });
});
