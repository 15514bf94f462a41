import { optionsOf } from '../../src/sandbox/slack/block-kit/menus.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Person } from '../../src/sandbox/slack/person/person.ts';
import { labelOf, type Target, targetsIn } from '../../src/sandbox/slack/person/targets.ts';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import type { View } from '../../src/sandbox/slack/views.ts';
import type { Choices } from './choices.ts';

const PEOPLE = ['tom', 'ana', 'li'] as const;
const COMMANDS = [
  '159 today',
  'vdn 159 yesterday 9-17 wait>30s',
  'digest 159 hourly',
  'digest 159 daily 9:00',
  'digests',
  'digest 1 now',
  'digest 1 off',
  'next',
  'settings',
  'settings 159',
  'health',
  'erase +442079460101',
  'audit 159',
  'figures 159',
  'help',
] as const;

/** Somebody does one thing of those that a Slack client lets them do. What no client would let them do is no fault. */
export async function somebodyActs(slack: Slack, choices: Choices): Promise<void> {
  const person = slack.as(choices.oneOf(PEOPLE));
  const view = person.views.at(-1);
  if (view) return inForm(person, view, choices);
  const channel = choices.oneOf(['@app', ...channelsOf(person, slack)]);
  switch (choices.below(8)) {
    case 0:
    case 1: {
      await person.command(channel, '/missed', typed(choices));
      return;
    }
    case 2: {
      const bot = `<@${slack.botUserId}>`;
      await person.say(channel, channel === '@app' ? typed(choices) : `${bot} ${typed(choices)}`);
      return;
    }
    case 3: {
      await person.shortcut('missed-calls');
      return;
    }
    case 4: {
      await person.openHome();
      return;
    }
    case 5:
      return person.home && press(person, person.home, choices);
    default: {
      const message = choices.anyOf(person.messages(channel).filter(({ byApp }) => byApp));
      return message && press(person, message, choices);
    }
  }
}

const channelsOf = ({ id }: Person, { workspace }: Slack) =>
  [...workspace.channels.values()]
    .filter(({ kind, archived, members }) => kind !== 'im' && !archived && members.has(id))
    .map(({ id: channelId }) => channelId);

/** A command as people type it, or with a stranger's text somewhere in it. */
function typed(choices: Choices): string {
  const command = choices.oneOf(COMMANDS);
  return choices.percent(40) ? `${command} ${choices.text()}` : command;
}

async function inForm(person: Person, view: View, choices: Choices): Promise<void> {
  if (choices.percent(15)) {
    await person.closeView();
    return;
  }
  if (choices.percent(40)) return press(person, view, choices);
  try {
    for (const { element } of targetsIn(view.blocks)) {
      const entry = choices.percent(50) ? entryFor(element, choices) : undefined;
      if (entry !== undefined) person.fill({ [String(element.action_id)]: entry });
    }
    await person.submitView();
  } catch {
    // A client would not submit that: they give up.
    await person.closeView();
  }
}

function entryFor(element: Target['element'], choices: Choices): string | string[] | undefined {
  const option = choices.anyOf(optionsOf(element).map(({ value }) => String(value)));
  switch (element.type) {
    case 'plain_text_input':
      return choices.percent(50) ? choices.text().slice(0, Number(element.max_length ?? 3000)) : '9-18';
    case 'number_input':
      return String(choices.below(100));
    case 'static_select':
    case 'radio_buttons':
      return option;
    case 'checkboxes':
    case 'multi_static_select':
      return option === undefined ? [] : [option];
    case 'users_select':
    case 'multi_users_select':
      return element.type === 'users_select' ? 'U0TOMBAKE' : ['U0TOMBAKE', 'U0ANASOUZ'];
    case 'timepicker':
      return '09:00';
    case 'datepicker':
      return '2022-11-22';
    default:
      return undefined;
  }
}

/** Presses one of the buttons, or chooses from one of the menus. */
async function press(person: Person, on: Message | View, choices: Choices): Promise<void> {
  const target = choices.anyOf(targetsIn(on.blocks));
  if (!target) return;
  const { element, block } = target;
  const id = String(element.action_id);
  if (labelOf(element) !== '') {
    await person.click(on, id);
    return;
  }
  const entry = entryFor(element, choices);
  const acts = block.type !== 'input' || block.dispatch_action === true;
  if (acts && entry !== undefined) await person.choose(on, id, entry);
}
