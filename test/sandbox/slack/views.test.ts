import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTriggers } from '../../../src/sandbox/slack/triggers.ts';
import { errorOf, movableClock, type Running, runBolt } from './harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: plain('A form'),
  blocks: [{ type: 'section', text: plain('Hello') }],
  ...more,
});
const asking = (more: Partial<ModalView> = {}) =>
  modal({
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'when',
        label: plain('When'),
        element: { type: 'datepicker', action_id: 'date', initial_date: '2022-11-17' },
      },
      {
        type: 'input',
        block_id: 'who',
        label: plain('Who'),
        optional: true,
        element: { type: 'users_select', action_id: 'user' },
      },
      {
        type: 'input',
        block_id: 'how',
        label: plain('How'),
        element: {
          type: 'radio_buttons',
          action_id: 'how',
          options: [
            { text: plain('By phone'), value: 'phone' },
            { text: plain('By mail'), value: 'mail' },
          ],
        },
      },
      {
        type: 'input',
        block_id: 'times',
        label: plain('Times'),
        element: {
          type: 'number_input',
          action_id: 'n',
          is_decimal_allowed: false,
          initial_value: '1',
          max_value: '9',
        },
      },
    ],
    ...more,
  });

let running: Running;
/** The trigger of the last command; what the next submission is answered with; what was submitted. */
let trigger = '';
let answer: object | undefined;
let submitted: { values: object; private_metadata: string }[] = [];
let closed: boolean[] = [];

beforeEach(async () => {
  answer = undefined;
  submitted = [];
  closed = [];
  running = await runBolt('socket', (app) => {
    app.command('/open', async ({ ack, command }) => {
      trigger = command.trigger_id;
      await ack();
    });
    app.view({ callback_id: 'form', type: 'view_submission' }, async ({ ack, view }) => {
      submitted.push({ values: view.state.values, private_metadata: view.private_metadata });
      await (answer ? ack(answer as never) : ack());
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push('is_cleared' in body && body.is_cleared === true);
      await ack();
    });
    app.action(/.*/, ({ ack }) => ack());
  });
});
afterEach(() => running.stop());

async function open(view: ModalView = modal(), how: 'open' | 'push' = 'open') {
  await running.slack.as('ana').command('#support', '/open');
  const { view: shown } = await running.app.client.views[how]({ trigger_id: trigger, view });
  return shown;
}

describe('triggers', () => {
  it('open one view within three seconds, for the person who acted', async () => {
    const { slack, app, clock } = running;
    await open();
    expect(slack.as('ana').views).toHaveLength(1);
    expect(slack.as('tom').views).toHaveLength(0);
    const again = () => errorOf(app.client.views.open({ trigger_id: trigger, view: modal() }));
    expect(await again()).toBe('exchanged_trigger_id');
    await slack.as('ana').command('#support', '/open');
    clock.move(3001);
    expect(await again()).toBe('expired_trigger_id');
    trigger = 'made-up';
    expect(await again()).toBe('invalid_trigger_id');
  });

  it('live exactly three seconds', () => {
    const clock = movableClock();
    const triggers = openTriggers(clock);
    const id = triggers.issue('U1');
    clock.move(3000);
    expect(triggers.exchange(id)).toBe('U1');
  });

  it('are not used up by a view that Slack refuses', async () => {
    const { slack, app } = running;
    await slack.as('ana').command('#support', '/open');
    const bad = { trigger_id: trigger, view: modal({ title: plain('x'.repeat(25)) }) };
    expect(await errorOf(app.client.views.open(bad))).toBe('invalid_arguments');
    expect(await errorOf(app.client.views.open({ trigger_id: trigger, view: modal() }))).toBe('ok');
  });
});

describe('what Slack refuses in views', () => {
  const blocks = (n: number) => Array.from({ length: n }, () => ({ type: 'divider' as const }));
  it.each<[string, object, string]>([
    [
      'a title of 25',
      modal({ title: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a submit of 25',
      modal({ submit: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'a close of 25',
      modal({ close: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/close/text]',
    ],
    [
      'private_metadata of 3001',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      '101 blocks',
      modal({ blocks: blocks(101) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'inputs without submit',
      modal({ blocks: asking().blocks }),
      'missing required field: submit [json-pointer:/view]',
    ],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
    [
      'a Home tab in a modal',
      { type: 'home', blocks: [] },
      'must provide a view of type modal [json-pointer:/view/type]',
    ],
    [
      'fields of its own',
      { ...modal(), footer: 'f' },
      'invalid additional property: footer [json-pointer:/view]',
    ],
    [
      'wrong blocks',
      modal({ blocks: [{ type: 'section' }] }),
      'must define either `fields` or `text` [json-pointer:/view/blocks/0]',
    ],
  ])('%s', async (_, view, problem) => {
    await running.slack.as('ana').command('#support', '/open');
    const call = running.app.client.apiCall('views.open', { trigger_id: trigger, view });
    const refused = await call.catch((error) => error.data);
    expect(refused).toMatchObject({ error: 'invalid_arguments' });
    expect(refused.errors).toContain(problem);
  });

  it('more than 250 KB', async () => {
    const text = 'x'.repeat(3000);
    const view = modal({
      blocks: Array.from({ length: 90 }, () => ({ type: 'section' as const, text: plain(text) })),
    });
    await running.slack.as('ana').command('#support', '/open');
    expect(await errorOf(running.app.client.views.open({ trigger_id: trigger, view }))).toBe(
      'view_too_large',
    );
  });

  it('an external id that another view has', async () => {
    await open(modal({ external_id: 'mine' }));
    await running.slack.as('tom').command('#support', '/open');
    const second = running.app.client.views.open({
      trigger_id: trigger,
      view: modal({ external_id: 'mine' }),
    });
    expect(await errorOf(second)).toBe('duplicate_external_id');
  });
});

describe('a stack of modals', () => {
  it('is three deep', async () => {
    const { slack, app } = running;
    await slack.as('ana').command('#support', '/open');
    expect(await errorOf(app.client.views.push({ trigger_id: trigger, view: modal() }))).toBe('not_found');
    const root = await open();
    const second = await open(modal(), 'push');
    expect(second).toMatchObject({ root_view_id: root?.id, previous_view_id: root?.id });
    await open(modal(), 'push');
    expect(await errorOf(open(modal(), 'push'))).toBe('push_limit_reached');
    expect(slack.as('ana').views).toHaveLength(3);
  });

  it('is updated by id or external id, and by hash only while nobody else did', async () => {
    const { slack, app } = running;
    const shown = await open(modal({ external_id: 'mine' }));
    const update = (by: object) =>
      errorOf(app.client.apiCall('views.update', { view: modal({ external_id: 'mine' }), ...by }));
    expect(await update({ view_id: shown?.id, hash: shown?.hash })).toBe('ok');
    expect(await update({ view_id: shown?.id, hash: shown?.hash })).toBe('hash_conflict');
    expect(await update({ external_id: 'mine' })).toBe('ok');
    expect(await update({ view_id: 'V1' })).toBe('not_found');
    expect(await update({})).toBe('invalid_arguments');
    expect(slack.as('ana').views).toHaveLength(1);
  });

  it('keeps what was entered where an update has the same input, and loses it with one that is gone', async () => {
    const { slack, app } = running;
    const ana = slack.as('ana');
    const shown = await open(asking({ callback_id: 'form' }));
    ana.fill({ When: '2022-11-18', Times: 3, how: 'By mail' });
    const [when, , how, times] = asking().blocks;
    if (!when || !how || !times) throw new Error('no inputs');
    const update = (blocks: ModalView['blocks']) =>
      app.client.views.update({
        view_id: shown?.id ?? '',
        view: asking({ callback_id: 'form', blocks }),
      });
    await update([when, how]);
    await update([when, how, times]);
    await ana.submitView();
    expect(submitted).toMatchObject([
      {
        values: {
          when: { date: { selected_date: '2022-11-18' } },
          how: { how: { selected_option: { value: 'mail' } } },
          times: { n: { value: '1' } },
        },
      },
    ]);
  });

  it('tells the app of a choice before the submission only where the input asks for that', async () => {
    const ana = running.slack.as('ana');
    const how = asking().blocks[2];
    if (!how) throw new Error('no input');
    await open(asking({ blocks: [how] }));
    const [view] = ana.views;
    if (!view) throw new Error('no view');
    await expect(ana.choose(view, 'how', 'mail')).rejects.toThrow('before the form is submitted');
    await open(asking({ blocks: [Object.assign(how, { dispatch_action: true })] }));
    const [asks] = ana.views;
    if (!asks) throw new Error('no view');
    expect(await ana.choose(asks, 'how', 'mail')).toMatchObject({ status: 'acked' });
  });

  it('tells the app that it was closed only if asked', async () => {
    const ana = running.slack.as('ana');
    await open(modal({ callback_id: 'form' }));
    expect(await ana.closeView()).toBeUndefined();
    await open(modal({ callback_id: 'form', notify_on_close: true, clear_on_close: true }));
    expect(await ana.closeView()).toMatchObject({ status: 'acked' });
    expect(closed).toEqual([true]);
    expect(ana.views).toEqual([]);
  });
});

describe('submitting', () => {
  it('sends what every input holds', async () => {
    const ana = running.slack.as('ana');
    await open(asking({ callback_id: 'form', private_metadata: 'about 7' }));
    ana.fill({ When: '2022-11-18' });
    await ana.submitView({ how: 'By mail', times: 3 });
    expect(submitted).toEqual([
      {
        private_metadata: 'about 7',
        values: {
          when: { date: { type: 'datepicker', selected_date: '2022-11-18' } },
          who: { user: { type: 'users_select', selected_user: null } },
          how: { how: { type: 'radio_buttons', selected_option: { text: plain('By mail'), value: 'mail' } } },
          times: { n: { type: 'number_input', value: '3' } },
        },
      },
    ]);
    expect(ana.views).toEqual([]);
  });

  it('is held back by the client where an input is missing or wrong', async () => {
    const ana = running.slack.as('ana');
    await open(asking({ callback_id: 'form' }));
    await expect(ana.submitView()).rejects.toThrow('How: it must be filled in');
    await expect(ana.submitView({ how: 'By boat' })).rejects.toThrow(
      'No option By boat; there are By phone, By mail',
    );
    await expect(ana.submitView({ how: 'phone', times: 10 })).rejects.toThrow('Times: it is too large');
    await expect(ana.submitView({ times: 1.5 })).rejects.toThrow('whole number');
    await expect(ana.submitView({ colour: 'red' })).rejects.toThrow('Nothing called colour to fill in');
    expect(submitted).toEqual([]);
  });

  it('does what the app answers: errors, update, push, clear', async () => {
    const ana = running.slack.as('ana');
    await open(asking({ callback_id: 'form' }));
    const submit = () => ana.submitView({ how: 'phone' });
    answer = { response_action: 'errors', errors: { how: 'Not today' } };
    expect(await submit()).toMatchObject({ errors: { how: 'Not today' } });
    answer = { response_action: 'update', view: asking({ callback_id: 'form', title: plain('Again') }) };
    await submit();
    expect(ana.views).toMatchObject([{ definition: { title: { text: 'Again' } } }]);
    answer = { response_action: 'push', view: asking({ callback_id: 'form' }) };
    await submit();
    expect(ana.views).toHaveLength(2);
    answer = { response_action: 'clear' };
    await submit();
    expect(ana.views).toEqual([]);
  });

  it.each<[string, object]>([
    ['errors for a block that is no input', { response_action: 'errors', errors: { nowhere: 'Hm' } }],
    ['errors that are empty', { response_action: 'errors', errors: {} }],
    ['a view over a limit', { response_action: 'update', view: asking({ title: plain('x'.repeat(25)) }) }],
    ['an unknown action', { response_action: 'dance' }],
    ['something that is no answer', { text: 'Thanks' }],
  ])('shows trouble when the app answers with %s', async (_, given) => {
    const ana = running.slack.as('ana');
    await open(asking({ callback_id: 'form' }));
    answer = given;
    expect(await ana.submitView({ how: 'phone' })).toMatchObject({ trouble: expect.any(String) });
    expect(ana.views).toHaveLength(1);
  });
});

describe('the Home tab', () => {
  it('is published for one person, and by hash only while nobody else did', async () => {
    const { slack, app } = running;
    const publish = (more: object = {}) =>
      app.client.apiCall('views.publish', {
        user_id: 'U0LIWEI01',
        view: { type: 'home', blocks: [{ type: 'divider' }] },
        ...more,
      });
    const first = (await publish()) as { view?: { hash?: string } };
    expect(slack.as('li').home?.blocks).toHaveLength(1);
    expect(await errorOf(publish({ hash: first.view?.hash }))).toBe('ok');
    expect(await errorOf(publish({ hash: first.view?.hash }))).toBe('hash_conflict');
    expect(await errorOf(publish({ user_id: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await errorOf(publish({ view: modal() }))).toBe('invalid_arguments');
  });
});
