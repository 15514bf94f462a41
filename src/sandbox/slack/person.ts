import type { Ack, Delivery } from './delivery/delivery.ts';
import { type Entry, enteredState, initialState, optionIn } from './entering.ts';
import type { Events } from './events.ts';
import { type Entries, valuesOf, whatIsMissing, withEntries } from './form.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import {
  closedPayload,
  commandPayload,
  messageActionPayload,
  submissionPayload,
  viewActionPayload,
} from './payloads.ts';
import { Refusal } from './refusal.ts';
import { type ResponseUrls, respond } from './response-urls.ts';
import type { PersonSeed } from './seed.ts';
import { applySubmission, type Submitted } from './submission.ts';
import { labelOf, type Target, targetCalled, targetsIn } from './targets.ts';
import type { Triggers } from './triggers.ts';
import { asTyped } from './typed.ts';
import { enteredKey, type View } from './views.ts';
import { type Channel, SLACKBOT, type Workspace } from './workspace.ts';

/**
 * Somebody at a Slack client. Channels are given by id, `#name`, or `@handle` for a direct message (`@app` is the
 * app's). Everything that a client would not let a person do throws an Error.
 */
export interface Person extends PersonSeed {
  /** Types a slash command. The app's answer in the ack, and Slack's notice of a failure, are in `shown`. */
  command(channel: string, command: string, text?: string): Promise<{ ack: Ack; shown: Message | undefined }>;
  /** What the person sees there now, oldest first: copies, so that a later click may be on what was seen before. */
  messages(channel: string): Message[];
  /** Clicks the `index`-th button with this action id or label, in a message as it was seen or in a view. */
  click(on: Message | View, button: string, index?: number): Promise<Ack>;
  /** Chooses from an overflow menu by value or label, of the `index`-th menu that has it. */
  selectOverflow(on: Message | View, option: string, index?: number): Promise<Ack>;
  /** Chooses or enters in an element that acts at once, by action id. */
  choose(on: Message | View, actionId: string, entry: Entry): Promise<Ack>;
  /** Fills in the visible modal without submitting it. */
  fill(entries: Entries): void;
  /** Submits the visible modal. */
  submitView(entries?: Entries): Promise<{ ack: Ack } & Submitted>;
  /** Closes the visible modal; undefined when the app did not ask to be told. */
  closeView(): Promise<Ack | undefined>;
  /** Opens the app's Home tab: what it shows is in `home`, once the app has published it. */
  openHome(): Promise<Ack | undefined>;
  /** Says something; the app hears it where it is mentioned or in its direct message. */
  say(channel: string, text: string, threadTs?: string): Promise<{ message: Message; ack: Ack | undefined }>;
  /** The stack of modals, the visible one last. */
  readonly views: View[];
  readonly home: View | undefined;
}

export interface PersonParts {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  delivery: Delivery;
  events: Events;
}

export function openPerson(seed: PersonSeed, parts: PersonParts): Person {
  const { workspace, triggers, responseUrls, delivery, events } = parts;
  const { messages, views, app } = workspace;

  const channelOf = (ref: string): Channel => {
    const other =
      ref === '@app' ? app.botUserId : ref.startsWith('@') ? workspace.person(ref.slice(1)).id : undefined;
    const channel = other === undefined ? workspace.channel(ref) : workspace.directMessage(seed.id, other);
    if (!channel) throw new Error(`No direct message with ${ref}`);
    if (channel.kind !== 'public' && !channel.members.has(seed.id))
      throw new Error(`${seed.name} does not see ${channel.name} (${channel.id})`);
    return channel;
  };

  const ownChannel = (ref: string): Channel => {
    const channel = channelOf(ref);
    if (!channel.members.has(seed.id)) throw new Error(`${seed.name} is not in #${channel.name}`);
    if (channel.archived) throw new Error(`#${channel.name} is archived`);
    return channel;
  };

  const tell = (channel: string, text: string): Message =>
    messages.post({ channel, user: SLACKBOT, byApp: false, text, ephemeralTo: seed.id });

  const isView = (on: Message | View): on is View => 'rootId' in on;

  /** Sends one action on an element that the person sees. */
  const act = (on: Message | View, { element, block }: Target, done: JsonObject): Promise<Ack> => {
    const action: JsonObject = {
      type: element.type,
      action_id: element.action_id,
      block_id: block.block_id,
      ...done,
      action_ts: messages.nextTs(),
    };
    const triggerId = triggers.issue(seed.id);
    if (isView(on)) {
      const values = valuesOf(on.blocks, on.entered);
      return delivery.deliver(
        'interactive',
        viewActionPayload(workspace, seed, on, { action, values, triggerId }),
      );
    }
    const message = messages.findSeenBy(seed.id, on.channel, on.ts);
    if (!message) throw new Error(`The message ${on.ts} is no longer there`);
    const channel = channelOf(on.channel);
    const responseUrl = responseUrls.issue({
      user: seed.id,
      channel: channel.id,
      message,
      threadTs: message.threadTs,
    });
    const key = enteredKey(block.block_id, String(element.action_id));
    const { type: _type, ...state } = done;
    const entered = initialState(element)
      ? new Map([[key, { type: String(element.type), ...state }]])
      : new Map();
    const values = valuesOf(message.blocks, entered);
    return delivery.deliver(
      'interactive',
      messageActionPayload(workspace, seed, channel, message, { action, values, triggerId, responseUrl }),
    );
  };

  const topView = (): View => {
    const view = views.stack(seed.id).at(-1);
    if (!view) throw new Error(`${seed.name} has no modal open`);
    return view;
  };

  return {
    ...seed,
    get views() {
      return views.stack(seed.id);
    },
    get home() {
      return views.home(seed.id);
    },

    async command(channelRef, command, text = '') {
      const channel = ownChannel(channelRef);
      if (!app.scopes.includes('commands')) throw new Error(`${command} is not a valid command`);
      const origin = { user: seed.id, channel: channel.id };
      const payload = commandPayload(workspace, seed, channel, {
        command,
        text: asTyped(text.trim()),
        triggerId: triggers.issue(seed.id),
        responseUrl: responseUrls.issue(origin),
      });
      const ack = await delivery.deliver('slash_commands', payload);
      const failed = (error: string) => tell(channel.id, `${command} failed with the error "${error}"`);
      if (ack.status !== 'acked') return { ack, shown: failed(ack.status) };
      const said = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
      if (!isObject(said)) return { ack, shown: undefined };
      const isPublic = said.response_type === 'in_channel';
      if (isPublic)
        messages.post({
          channel: channel.id,
          user: seed.id,
          byApp: false,
          text: `${command} ${asTyped(text)}`.trim(),
        });
      const { response_type: _, ...content } = said;
      if (Object.values(content).every((value) => value === '')) return { ack, shown: undefined };
      try {
        return { ack, shown: respond(workspace, origin, said) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ack, shown: failed('invalid_command_response') };
      }
    },

    messages: (channelRef) =>
      messages
        .inChannel(channelOf(channelRef).id)
        .filter((message) => !message.ephemeralTo || message.ephemeralTo === seed.id)
        .map((message) => structuredClone(message)),

    async click(on, button, index = 0) {
      const target = targetCalled(on.blocks, button, index);
      const { element } = target;
      const { text, value, url } = element;
      if (!String(element.type).endsWith('button'))
        throw new Error(`${button} is no button but a ${String(element.type)}`);
      return act(on, target, {
        text,
        ...(value === undefined ? {} : { value }),
        ...(url === undefined ? {} : { url }),
      });
    },

    async selectOverflow(on, option, index = 0) {
      const menus = targetsIn(on.blocks).filter(({ element }) => element.type === 'overflow');
      const having = menus.filter(({ element }) => hasOption(element, option));
      const target = having[index];
      if (!target) throw new Error(`No overflow menu (number ${index}) has the option ${option}`);
      return act(on, target, { selected_option: optionIn(target.element, option) });
    },

    async choose(on, actionId, entry) {
      const target = targetCalled(on.blocks, actionId);
      const state = enteredState(target.element, entry);
      if (isView(on)) on.entered.set(enteredKey(target.block.block_id, actionId), state);
      return act(on, target, state);
    },

    fill(entries) {
      const view = topView();
      view.entered = withEntries(view.blocks, view.entered, entries);
    },

    async submitView(entries = {}) {
      const view = topView();
      if (view.definition.submit === undefined) throw new Error('This modal has no submit button');
      view.entered = withEntries(view.blocks, view.entered, entries);
      const missing = whatIsMissing(view.blocks, view.entered);
      if (missing.length > 0) throw new Error(`Slack would not submit this: ${missing.join('; ')}`);
      const values = valuesOf(view.blocks, view.entered);
      const given = { values, triggerId: triggers.issue(seed.id) };
      const ack = await delivery.deliver('interactive', submissionPayload(workspace, seed, view, given));
      if (ack.status !== 'acked') return { ack, errors: {}, trouble: ack.status };
      return { ack, ...applySubmission(workspace, view, ack.body) };
    },

    async closeView() {
      const view = topView();
      const cleared = view.definition.clear_on_close === true;
      views.close(seed.id, cleared);
      if (view.definition.notify_on_close !== true) return undefined;
      return delivery.deliver('interactive', closedPayload(workspace, seed, view, cleared));
    },

    async openHome() {
      const channel = workspace.directMessage(seed.id, app.botUserId);
      return events.send({
        type: 'app_home_opened',
        user: seed.id,
        channel: channel?.id,
        tab: 'home',
        event_ts: messages.nextTs(),
      });
    },

    async say(channelRef, text, threadTs) {
      const channel = ownChannel(channelRef);
      const typed = asTyped(text);
      const message = messages.post({
        channel: channel.id,
        user: seed.id,
        byApp: false,
        text: typed,
        threadTs,
      });
      const event = {
        user: seed.id,
        text: typed,
        ts: message.ts,
        event_ts: message.ts,
        channel: channel.id,
        team: workspace.team.id,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      };
      if (!workspace.isMember(channel)) return { message, ack: undefined };
      if (channel.kind === 'im')
        return { message, ack: await events.send({ type: 'message', channel_type: 'im', ...event }) };
      const isMentioned = typed.includes(`<@${app.botUserId}`);
      return { message, ack: isMentioned ? await events.send({ type: 'app_mention', ...event }) : undefined };
    },
  };
}

function hasOption(menu: JsonObject, wanted: string): boolean {
  const options = Array.isArray(menu.options) ? menu.options.filter(isObject) : [];
  return options.some((option) => option.value === wanted || labelOf(option) === wanted);
}
