import { describe, expect } from 'vitest';
import { isObject } from '../../src/sandbox/slack/json.ts';
import type { ViewContent } from '../../src/sandbox/slack/views.ts';
import { collectLog } from '../collect-log.ts';
import { it, modes, postSigned } from './scene.ts';

const modal: ViewContent = {
  definition: {
    type: 'modal',
    callback_id: 'of-another-version',
    title: { type: 'plain_text', text: 'A note' },
    submit: { type: 'plain_text', text: 'Save' },
    notify_on_close: true,
  },
  blocks: [],
};
const button = { type: 'button', action_id: 'escalate', text: { type: 'plain_text', text: 'Escalate' } };
const menu = {
  type: 'overflow',
  action_id: 'more',
  options: [{ text: { type: 'plain_text', text: 'More' }, value: 'more' }],
};

describe.each(modes)('what the desk does not know, over %s', { concurrent: true }, (mode) => {
  it('is acked: a command, and who typed it is told what there is', async ({ openScene }) => {
    const { sees, slack } = await openScene(mode);
    const { ack } = await slack.as('tom').command('#support', '/lost', '159 today');
    expect(ack.status).toBe('acked');
    await sees('tom', '#support', 'I do not know that command. /missed help shows what I can do.');
  });

  it('is acked: a button and a menu in a message, and who used it is told', async ({ openScene }) => {
    const { readAll, slack } = await openScene(mode);
    const tom = slack.as('tom');
    const message = slack.workspace.messages.post({
      channel: 'C0SUPPORT',
      user: slack.botUserId,
      byApp: false,
      text: 'An old message',
      blocks: [{ type: 'actions', block_id: 'a', elements: [button, menu] }],
    });
    expect(await tom.click(message, 'Escalate')).toMatchObject({ status: 'acked' });
    await slack.settled(() => readAll('tom', '#support').length === 1);
    expect(await tom.selectOverflow(message, 'More')).toMatchObject({ status: 'acked' });
    await slack.settled(() => readAll('tom', '#support').length === 2);
    for (const told of readAll('tom', '#support')) expect(told).toContain('I do not know this button');
  });

  it('is acked: a modal that is submitted or closed, a button of a Home tab, and any event', async ({
    openScene,
  }) => {
    const log = collectLog();
    const { slack } = await openScene(mode, { log: log.log });
    const tom = slack.as('tom');
    slack.workspace.views.open(tom.id, modal);
    expect(await tom.submitView()).toMatchObject({ ack: { status: 'acked' }, errors: {} });
    slack.workspace.views.open(tom.id, modal);
    expect(await tom.closeView()).toMatchObject({ status: 'acked' });
    const home = slack.workspace.views.publish(tom.id, {
      definition: { type: 'home' },
      blocks: [{ type: 'actions', block_id: 'a', elements: [button, menu] }],
    });
    expect(await tom.click(home, 'Escalate')).toMatchObject({ status: 'acked' });
    expect(await tom.selectOverflow(home, 'More')).toMatchObject({ status: 'acked' });
    expect(await tom.openHome()).toMatchObject({ status: 'acked' });
    expect((await tom.say('#support', `<@${slack.botUserId}> hello`)).ack).toMatchObject({ status: 'acked' });
    expect((await tom.say('@app', 'hello')).ack).toMatchObject({ status: 'acked' });
    expect(log.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe('what the desk does not know, over http', { concurrent: true }, () => {
  const about = {
    api_app_id: 'A0DESKAPP',
    token: 'sandbox',
    team: { id: 'T0OFFICE1', domain: 'office' },
    user: { id: 'U0TOMBAKE', team_id: 'T0OFFICE1' },
    trigger_id: '1.2.3',
  };

  it.for([
    ['a global shortcut', { type: 'shortcut', callback_id: 'ask', action_ts: '1.2' }],
    [
      'a message shortcut',
      {
        type: 'message_action',
        callback_id: 'claim',
        response_url: 'http://127.0.0.1:9/',
        message: { ts: '1' },
      },
    ],
    [
      'a menu’s question for options',
      { type: 'block_suggestion', action_id: 'vdn', block_id: 'b', value: 'su' },
    ],
  ] as const)('is acked: %s', async ([, payload], { openScene }) => {
    const scene = await openScene('http');
    const body = new URLSearchParams({ payload: JSON.stringify({ ...about, ...payload }) });
    const began = performance.now();
    const response = await postSigned(scene, body);
    expect(response.status).toBe(200);
    expect(performance.now() - began).toBeLessThan(2_000);
    if (payload.type === 'block_suggestion') {
      const answer: unknown = await response.json();
      expect(isObject(answer) && answer.options).toEqual([]);
    }
  });

  it('answers the challenge with which Slack checks the address', async ({ openScene }) => {
    const { slack } = await openScene('http');
    await slack.verifyUrl();
  });
});
