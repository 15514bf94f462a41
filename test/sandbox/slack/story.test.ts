import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Running, runBolt } from './harness.ts';

/** A small app with a command, a button that edits its message, a modal and a Home tab. */
function smallApp(app: App) {
  app.command('/missed', async ({ ack, command, client }) => {
    await ack();
    await client.chat.postMessage({
      channel: command.channel_id,
      text: `You asked: ${command.text}`,
      metadata: { event_type: 'answer', event_payload: { id: 'one' } },
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: command.text } },
        {
          type: 'actions',
          block_id: 'row',
          elements: [
            { type: 'button', action_id: 'claim', text: { type: 'plain_text', text: 'Claim' }, value: '7' },
          ],
        },
      ],
    });
  });
  app.command('/form', async ({ ack, command, client }) => {
    await ack();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'note',
        private_metadata: 'about 7',
        title: { type: 'plain_text', text: 'A note' },
        submit: { type: 'plain_text', text: 'Save' },
        blocks: [
          {
            type: 'input',
            block_id: 'note',
            label: { type: 'plain_text', text: 'Note' },
            element: { type: 'plain_text_input', action_id: 'text', max_length: 20 },
          },
        ],
      },
    });
  });
  app.action<BlockAction<ButtonAction>>('claim', async ({ ack, body, action, client }) => {
    await ack();
    await client.chat.update({
      channel: body.channel?.id ?? '',
      ts: body.message?.ts ?? '',
      text: `${body.user.name} has ${action.value}`,
      blocks: [],
    });
  });
  app.view('note', async ({ ack, view, body, client }) => {
    const note = view.state.values.note?.text?.value ?? '';
    if (note === 'bad') return ack({ response_action: 'errors', errors: { note: 'Not that' } });
    await ack();
    return void (await client.chat.postMessage({
      channel: body.user.id,
      text: `${view.private_metadata}: ${note}`,
    }));
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome home' } }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  app.event('app_mention', async ({ event, say }) => void (await say(`Heard: ${event.text}`)));
  app.message(
    async ({ message, say }) => void (await say(`In private: ${'text' in message ? message.text : ''}`)),
  );
}

describe.each(['socket', 'http'] as const)('a real Bolt app over %s', (mode) => {
  let running: Running;
  afterEach(() => running.stop());

  it('answers a command, and a click on its answer edits it', async () => {
    running = await runBolt(mode, smallApp);
    const { slack } = running;
    const ana = slack.as('ana');

    const { ack, shown } = await ana.command('#support', '/missed', 'wait>30s');
    expect(ack.status).toBe('acked');
    expect(ack.withinMs).toBeLessThan(3000);
    expect(shown).toBeUndefined();

    const asked = await slack.settled(() => slack.as('tom').messages('#support')[0]);
    expect(asked.text).toBe('You asked: wait&gt;30s');
    expect(await slack.as('tom').click(asked, 'Claim')).toMatchObject({ status: 'acked' });
    const claimed = await slack.settled(() => ana.messages('#support').find((m) => m.blocks.length === 0));
    expect(claimed).toMatchObject({ text: 'tom has 7', ts: asked.ts });
  });

  it('opens a modal, shows its errors, and takes what is submitted', async () => {
    running = await runBolt(mode, smallApp);
    const { slack } = running;
    const li = slack.as('li');

    await li.command('#support', '/form');
    await slack.settled(() => li.views.length === 1);
    await expect(li.submitView()).rejects.toThrow('Note: it must be filled in');
    await expect(li.submitView({ Note: 'x'.repeat(21) })).rejects.toThrow('too long');
    expect(await li.submitView({ note: 'bad' })).toMatchObject({ errors: { note: 'Not that' } });
    expect(li.views).toHaveLength(1);
    expect(await li.submitView({ text: 'rang twice' })).toMatchObject({ errors: {} });
    expect(li.views).toHaveLength(0);
    const told = await slack.settled(() => li.messages('@app')[0]);
    expect(told.text).toBe('about 7: rang twice');
  });

  it('hears of the Home tab, mentions and direct messages, and not of other talk', async () => {
    running = await runBolt(mode, smallApp);
    const { slack } = running;
    const tom = slack.as('tom');

    expect(await tom.openHome()).toMatchObject({ status: 'acked' });
    const home = await slack.settled(() => tom.home);
    expect(home.blocks[0]).toMatchObject({ text: { text: 'Welcome home' } });
    expect(slack.as('li').home).toBeUndefined();

    expect((await tom.say('#support', 'good morning')).ack).toBeUndefined();
    expect((await tom.say('#support', `<@${slack.botUserId}> help & more`)).ack).toMatchObject({
      status: 'acked',
    });
    await slack.settled(() => tom.messages('#support').some((m) => m.text.startsWith('Heard: <@')));
    expect(tom.messages('#support').at(-1)?.text).toContain('help &amp; more');

    await tom.say('@app', 'psst');
    await slack.settled(() => tom.messages('@app').some((m) => m.text === 'In private: psst'));
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(2);
  });
});
