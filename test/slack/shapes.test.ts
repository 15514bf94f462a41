import { describe, expect, it } from 'vitest';
import { strangeIn } from '../../src/slack/shapes.ts';

const user = { id: 'U0TOM', team_id: 'T0OFFICE' };
const command = { command: '/missed', user_id: 'U0TOM', channel_id: 'C0SUP', trigger_id: '1.2.3', text: '' };
const button = { type: 'button', action_id: 'claim:7', action_ts: '1.2', value: '2.0.7.-' };
const click = {
  type: 'block_actions',
  user,
  trigger_id: '1.2.3',
  channel: { id: 'C0SUP' },
  actions: [button],
};
const form = {
  id: 'V0FORM',
  type: 'modal',
  callback_id: 'log',
  hash: '1.2',
  private_metadata: '',
  title: { type: 'plain_text', text: 'Log result' },
  root_view_id: 'V0FORM',
  previous_view_id: null,
  state: { values: { note: { note: { type: 'plain_text_input', value: null } } } },
};
const event = { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention', channel: 'C0SUP' } };

describe('what Slack sends', () => {
  it.each([
    ['a command', command],
    ['a click', click],
    ['a click in the Home, where there is no channel', { ...click, channel: null, view: form }],
    [
      'a choice',
      { ...click, actions: [{ ...button, type: 'static_select', selected_option: { value: '1' } }] },
    ],
    ['a form', { type: 'view_submission', user, view: form }],
    ['a shortcut', { type: 'shortcut', user, callback_id: 'missed-calls', trigger_id: '1.2.3' }],
    ['an event', event],
    [
      'an event whose channel is all of it',
      { ...event, event: { type: 'channel_rename', channel: { id: 'C0SUP' } } },
    ],
    ['more than the desk knows', { ...click, next_year: { new: true } }],
  ])('is read: %s', (_, body) => {
    expect(strangeIn(body)).toEqual([]);
  });

  it.each([
    ['user_id', { ...command, user_id: '<!channel>' }],
    ['user', { ...click, user: 'U0TOM' }],
    ['trigger_id', { ...click, trigger_id: '' }],
    ['actions', { ...click, actions: [] }],
    ['actions.0.value', { ...click, actions: [{ ...button, value: {} }] }],
    [
      'view.state.values.note',
      { type: 'view_submission', user, view: { ...form, state: { values: { note: null } } } },
    ],
    ['event.channel', { ...event, event: { type: 'app_mention', channel: null } }],
    ['type', { type: '__proto__' }],
    ['type', {}],
  ])('is not, where it is no %s', (place, body) => {
    expect(strangeIn(body)).toEqual([place]);
  });

  it('is told of by its places alone, and of some of them', () => {
    const values = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`block${n}`, null]));
    const strange = strangeIn({ type: 'view_submission', user, view: { ...form, state: { values } } });
    expect(strange).toHaveLength(5);
  });
});
