import { randomUUID } from 'node:crypto';
import type { App, BlockElementAction, RespondFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { InHand } from '../work/in-hand.ts';
import { changeCallback } from './actions/callback.ts';
import { changeDigest } from './actions/change-digest.ts';
import { chooseInForm } from './actions/choose.ts';
import { openForm } from './actions/open-form.ts';
import { turnPage } from './actions/page.ts';
import { reveal } from './actions/reveal.ts';
import { submitAssign, submitLog, submitSnooze } from './actions/submit.ts';
import { missed } from './commands/missed.ts';
import { answerSaid } from './events/said.ts';
import type { ActionCall, CommandCall, EventCall, OpenView, ViewAnswer, ViewCall } from './interactions.ts';
import { ACTIONS, type ActionName, actionName } from './messages/actions.ts';
import { unexpected, unknownAction, unknownCommand } from './messages/errors.ts';
import { inCallback, inDigest, inForm, inMessage, type Need, refusedBy } from './needs.ts';
import { markOfEvent, type Redeliveries } from './redelivery.ts';
import { createReply, type Place, type Reply } from './reply.ts';
import type { EventFields } from './said.ts';
import type { SlackDesk } from './slack-desk.ts';
import { ASSIGN } from './views/assign.ts';
import { LOG_RESULT } from './views/log-result.ts';
import { SNOOZE } from './views/snooze.ts';
import { toldView } from './views/told.ts';

/** The slash commands; the manifest is generated from them. */
export const commands = [
  {
    name: '/missed',
    description: 'Missed calls, digests of them, and who calls back',
    usageHint: '159 today | digest 159 hourly | help',
    needs: { itself: 'meantVdn asks for the right as soon as the VDN is known' },
    run: missed,
  },
] as const satisfies readonly CommandListener[];

/** What a click does. */
export const actions = [
  { name: ACTIONS.claim, needs: inCallback('claim'), run: changeCallback({ action: 'claim' }) },
  { name: ACTIONS.log, needs: inCallback('claim'), run: openForm('log') },
  { name: ACTIONS.history, needs: inCallback('see'), run: openForm('log') },
  { name: ACTIONS.snooze, needs: inCallback('claim'), run: openForm('snooze') },
  { name: ACTIONS.assign, needs: inCallback('claim'), run: openForm('assign') },
  { name: ACTIONS.takeOver, needs: inCallback('claim'), run: changeCallback({ action: 'take-over' }) },
  { name: ACTIONS.release, needs: inCallback('claim'), run: changeCallback({ action: 'release' }) },
  { name: ACTIONS.undo, needs: inCallback('claim'), run: changeCallback({ action: 'undo' }) },
  { name: ACTIONS.reveal, needs: inCallback('see'), run: reveal },
  { name: ACTIONS.outcome, needs: inCallback('claim'), run: chooseInForm },
  { name: ACTIONS.when, needs: inCallback('claim'), run: chooseInForm },
  { name: ACTIONS.page, needs: inMessage('see'), run: turnPage },
  { name: ACTIONS.changeDigest, needs: inDigest('manage'), run: changeDigest },
] as const satisfies readonly ActionListener[];

/** What a submitted form does. */
export const views = [
  { name: LOG_RESULT, needs: inForm('claim'), submit: submitLog },
  { name: SNOOZE, needs: inForm('claim'), submit: submitSnooze },
  { name: ASSIGN, needs: inForm('claim'), submit: submitAssign },
] as const satisfies readonly ViewListener[];

/** What Slack tells of by itself, by the names that the manifest has for it. */
export const events = [
  { name: 'app_mention', run: answerSaid },
  { name: 'message.im', run: answerSaid },
  { name: 'channel_shared', run: sharingChanged(true) },
  { name: 'channel_unshared', run: sharingChanged(false) },
] as const satisfies readonly EventListener[];

export interface EventListener {
  name: string;
  run(call: EventCall, desk: SlackDesk): Promise<void>;
}

/** Another organisation reads along from now on, or one does so no more. */
function sharingChanged(shared: boolean): EventListener['run'] {
  return async ({ event: { channel } }, { channels }) => {
    if (typeof channel === 'string') await channels.sharingChanged(channel, shared);
  };
}

export interface CommandListener {
  name: `/${string}`;
  description: string;
  usageHint: string;
  needs: Need<CommandCall>;
  run(call: CommandCall, desk: SlackDesk): Promise<void>;
}

export interface ActionListener {
  name: ActionName;
  needs: Need<ActionCall>;
  run(call: ActionCall, desk: SlackDesk): Promise<void>;
}

export interface ViewListener {
  name: string;
  needs: Need<ViewCall>;
  submit(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer>;
}

const everything = /.*/;

export interface RegisterParts {
  desk: SlackDesk;
  /** For answers to people. */
  client: WebClient;
  redeliveries: Redeliveries;
  inHand: InHand;
}

/**
 * One Bolt listener for each kind of payload, so that nothing Slack sends stays without an ack: ack first, then the table
 * decides. Work goes on after the ack, once; what goes wrong there is logged and told to the person with a reference.
 */
export function register(app: App, { desk, client, redeliveries, inHand }: RegisterParts): void {
  const { log } = desk;

  /** `mark`: how Slack's delivery is known again. */
  function work(
    mark: Readonly<Record<string, unknown>>,
    { respond, ...place }: Place & { respond: RespondFn | undefined },
    run: (reply: Reply) => Promise<void>,
  ): void {
    const { userId } = place;
    const reply = createReply({ respond, client, ...place, log });
    const once = async () => {
      if (!(await redeliveries.isRepeat(mark))) await run(reply);
    };
    void inHand.run(randomUUID(), () =>
      once().catch(async (err: unknown) => {
        const reference = randomUUID().slice(0, 8);
        log.error({ err, reference }, 'An answer to Slack failed');
        await reply.privately(unexpected(reference, await desk.contextOf(userId)));
      }),
    );
  }

  app.command(everything, async ({ ack, command, context, respond }) => {
    await ack();
    const { user_id: userId, channel_id: channelId, text } = command;
    // The token's workspace, whatever the payload says: somebody of another one must not find other rules.
    const { teamId } = desk;
    const listener = commands.find(({ name }) => name === command.command.toLowerCase());
    work(context, { userId, channelId, respond }, async (reply) => {
      if (!listener) return reply.privately(unknownCommand(await desk.contextOf(userId)));
      const { trigger_id: triggerId } = command;
      const where = { channelId, threadTs: null, direct: false };
      const call = { teamId, userId, text: text ?? '', reply, triggerId, ...where };
      const refusal = await refusedBy(listener.needs, call, desk);
      if (refusal) return reply.privately(refusal);
      await listener.run(call, desk);
    });
  });

  app.action(
    { type: 'block_actions', action_id: everything },
    async ({ ack, action, body, context, respond }) => {
      await ack();
      const userId = body.user.id;
      const channelId = body.channel?.id ?? body.container?.channel_id ?? null;
      const clicked = actionName(action.action_id);
      const listener = actions.find(({ name }) => name === clicked);
      work(context, { userId, channelId, respond }, async (reply) => {
        const value = chosenValue(action);
        if (!listener || value === undefined) {
          return reply.privately(unknownAction(await desk.contextOf(userId)));
        }
        const call: ActionCall = {
          teamId: desk.teamId,
          triggerId: body.trigger_id,
          view: body.view ? openView(body.view, action.action_ts) : null,
          channelId,
          userId,
          messageTs: body.message?.ts ?? body.container?.message_ts ?? null,
          ephemeral: body.container?.is_ephemeral === true,
          value,
          reply,
        };
        const refusal = await refusedBy(listener.needs, call, desk);
        if (!refusal) return listener.run(call, desk);
        // Where a form is open, nothing else would be seen.
        if (call.view) {
          await desk.modals.update(call.view, toldView(refusal.text, await desk.contextOf(userId)));
        } else await reply.privately(refusal);
      });
    },
  );

  // Here the answer travels in the ack: it is decided first, from what is in the database.
  app.view({ type: 'view_submission', callback_id: everything }, async ({ ack, body, view }) => {
    const listener = views.find(({ name }) => name === view.callback_id);
    if (!listener) return ack();
    const userId = body.user.id;
    const call = { teamId: desk.teamId, userId, view: openView(view, '') };
    await inHand.run(randomUUID(), async () => {
      const { answer, afterwards } = await submitted(listener, call, desk).catch(async (err: unknown) => {
        const reference = randomUUID().slice(0, 8);
        log.error({ err, reference }, 'A form was not taken');
        const context = await desk.contextOf(userId);
        const show = toldView(unexpected(reference, context).text, context);
        return { answer: { show } } satisfies ViewAnswer as ViewAnswer;
      });
      await ack(ackOf(answer));
      await afterwards?.();
    });
  });
  // Nothing of the desk's opens these; whatever comes (an old message, another version's form) is acked all the same.
  app.view({ type: 'view_closed', callback_id: everything }, async ({ ack }) => ack());
  app.shortcut(everything, async ({ ack }) => ack());
  app.options(everything, async ({ ack }) => ack({ options: [] }));
  app.event(everything, async ({ event, body }) => {
    const fields: EventFields = { ...event };
    const type = event.type === 'message' ? `message.${fields.channel_type}` : event.type;
    const listener = events.find(({ name }) => name === type);
    if (!listener) return;
    const sharedChannel = body.is_ext_shared_channel === true;
    const run = (replyTo: EventCall['replyTo']) =>
      listener.run({ event: fields, sharedChannel, replyTo }, desk);
    const { user: userId, channel } = fields;
    const channelId = typeof channel === 'string' ? channel : null;
    const replyTo = (place: Place) => createReply({ respond: undefined, client, ...place, log });
    const direct = type === 'message.im';
    if (typeof userId === 'string')
      return work(markOfEvent(body), { userId, channelId, direct, respond: undefined }, () => run(replyTo));
    void inHand.run(randomUUID(), async () => {
      if (!(await redeliveries.isRepeat(markOfEvent(body)))) await run(replyTo);
    });
  });
  app.error(async (err) => log.error({ err }, 'Slack sent something that the desk could not take'));
}

async function submitted(listener: ViewListener, call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const refusal = await refusedBy(listener.needs, call, desk);
  if (!refusal) return listener.submit(call, desk);
  return { answer: { show: toldView(refusal.text, await desk.contextOf(call.userId)) } };
}

/** The button's value, or the chosen option's; undefined for what the desk does not use. */
function chosenValue(action: BlockElementAction): string | undefined {
  switch (action.type) {
    case 'button':
      return action.value ?? '';
    case 'static_select':
    case 'radio_buttons':
      return action.selected_option?.value ?? '';
    default:
      return undefined;
  }
}

const openView = (view: ViewOutput, actedAt: string): OpenView => ({
  id: view.id,
  rootId: view.root_view_id ?? view.id,
  name: view.callback_id,
  hash: view.hash,
  actedAt,
  metadata: view.private_metadata,
  values: view.state.values,
});

function ackOf(answer: ViewAnswer['answer']): ViewResponseAction | undefined {
  if ('errors' in answer) return { response_action: 'errors', errors: answer.errors };
  return 'show' in answer ? { response_action: 'update', view: answer.show } : { response_action: 'clear' };
}
