import type { Ack } from '../delivery/delivery.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Message } from '../messages.ts';
import { messageActionPayload, viewActionPayload } from '../payloads.ts';
import type { PersonSeed } from '../seed.ts';
import { enteredKey, type View } from '../views.ts';
import { type Entry, enteredState, initialState, optionIn } from './entering.ts';
import { valuesOf } from './form.ts';
import { channelSeenBy, type PersonParts } from './parts.ts';
import { labelOf, type Target, targetCalled, targetsIn } from './targets.ts';

/** What a person can do to the elements of a message or view. */
export interface Acts {
  /** Clicks the `index`-th button with this action id or label, in a message as it was seen or in a view. */
  click(on: Message | View, button: string, index?: number): Promise<Ack>;
  /** Chooses from an overflow menu by value or label, of the `index`-th menu that has it. */
  selectOverflow(on: Message | View, option: string, index?: number): Promise<Ack>;
  /** Chooses or enters in an element that acts at once, by action id. */
  choose(on: Message | View, actionId: string, entry: Entry): Promise<Ack>;
}

const isView = (on: Message | View): on is View => 'rootId' in on;

export function actsOf(seed: PersonSeed, parts: PersonParts): Acts {
  const { workspace, triggers, responseUrls, delivery } = parts;
  const { messages } = workspace;

  const inView = (view: View, action: JsonObject): Promise<Ack> => {
    const values = valuesOf(view.blocks, view.entered);
    const triggerId = triggers.issue(seed.id);
    return delivery.deliver(
      'interactive',
      viewActionPayload(workspace, seed, view, { action, values, triggerId }),
    );
  };

  const inMessage = (on: Message, target: Target, action: JsonObject, done: JsonObject): Promise<Ack> => {
    const message = messages.findSeenBy(seed.id, on.channel, on.ts);
    if (!message) throw new Error(`The message ${on.ts} is no longer there`);
    const channel = channelSeenBy(workspace, seed.id, on.channel);
    const origin = { user: seed.id, channel: channel.id, message, threadTs: message.threadTs };
    const key = enteredKey(target.block.block_id, String(target.element.action_id));
    const state = { ...done, type: String(target.element.type) };
    const entered = new Map(initialState(target.element) ? [[key, state]] : []);
    return delivery.deliver(
      'interactive',
      messageActionPayload(workspace, seed, channel, message, {
        action,
        values: valuesOf(message.blocks, entered),
        triggerId: triggers.issue(seed.id),
        responseUrl: responseUrls.issue(origin),
      }),
    );
  };

  const act = (on: Message | View, target: Target, done: JsonObject): Promise<Ack> => {
    const action: JsonObject = {
      ...done,
      type: target.element.type,
      action_id: target.element.action_id,
      block_id: target.block.block_id,
      action_ts: messages.nextTs(),
    };
    return isView(on) ? inView(on, action) : inMessage(on, target, action, done);
  };

  return {
    async click(on, button, index = 0) {
      const target = targetCalled(on.blocks, button, index);
      const { type, text, value, url } = target.element;
      if (!String(type).endsWith('button')) throw new Error(`${button} is no button but a ${String(type)}`);
      const done = {
        text,
        ...(value === undefined ? {} : { value }),
        ...(url === undefined ? {} : { url }),
      };
      return act(on, target, done);
    },
    async selectOverflow(on, option, index = 0) {
      const menus = targetsIn(on.blocks).filter(({ element }) => element.type === 'overflow');
      const target = menus.filter(({ element }) => hasOption(element, option))[index];
      if (!target) throw new Error(`No overflow menu (number ${index}) has the option ${option}`);
      return act(on, target, { selected_option: optionIn(target.element, option) });
    },
    async choose(on, actionId, entry) {
      const target = targetCalled(on.blocks, actionId);
      if (target.block.type === 'input' && target.block.dispatch_action !== true)
        throw new Error(`${actionId} tells the app nothing before the form is submitted: fill it in`);
      const state = enteredState(target.element, entry);
      if (isView(on)) on.entered.set(enteredKey(target.block.block_id, actionId), state);
      return act(on, target, state);
    },
  };
}

function hasOption(menu: JsonObject, wanted: string): boolean {
  const options = Array.isArray(menu.options) ? menu.options.filter(isObject) : [];
  return options.some((option) => option.value === wanted || labelOf(option) === wanted);
}
