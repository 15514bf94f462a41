import { randomUUID } from 'node:crypto';
import type { App, BlockElementAction, RespondFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { InHand } from '../work/in-hand.ts';
import { newRequestId, requestId } from '../work/request.ts';
import { replyInHome } from './home/reply-in-home.ts';
import type { ActionCall, OpenView, ViewAnswer, ViewCall } from './interactions.ts';
import { actions, commands, events, shortcuts, type ViewListener, views } from './listeners.ts';
import { actionName } from './messages/actions.ts';
import {
  databaseInTrouble,
  unexpected,
  unknownAction,
  unknownCommand,
  unknownForm,
} from './messages/errors.ts';
import type { Message } from './messages/message.ts';
import { refusedBy } from './needs.ts';
import { markOfEvent, type Redeliveries } from './redelivery.ts';
import type { Place, Reply } from './reply.ts';
import type { EventFields } from './said.ts';
import type { SlackDesk } from './slack-desk.ts';
import { toldView } from './views/told.ts';

const everything = /.*/;

export interface RegisterParts {
  /**
   * The desk of the workspace whose app somebody uses, by Bolt's context of what Slack has signed. Undefined: it is served no
   * more, or not by this process.
   */
  deskOf(context: Served): SlackDesk | undefined;
  redeliveries: Redeliveries;
  inHand: InHand;
  log: Log;
}

/** Whose app it is, as Bolt and `authorize` have found out. */
export interface Served {
  teamId?: string | undefined;
}

/**
 * One Bolt listener for each kind of payload, so that nothing Slack sends stays without an ack: ack first, then the table
 * decides. Work goes on after the ack, once; what goes wrong there is logged and told to the person with a reference.
 */
export function register(app: App, { deskOf, redeliveries, inHand, log }: RegisterParts): void {
  /** Whoever cannot be answered has been acked: nothing else can be done for them. */
  function served(context: Served): SlackDesk | undefined {
    const desk = deskOf(context);
    if (!desk)
      log.warn({ teamId: context.teamId }, 'Somebody is not answered: their workspace is not served');
    return desk;
  }

  async function sorry(desk: SlackDesk, error: unknown, reference: string, userId: string): Promise<Message> {
    const [trouble, context] = [desk.troubleBehind(error), await desk.contextOf(userId)];
    return trouble === null ? unexpected(reference, context) : databaseInTrouble(trouble, context);
  }

  /** `mark`: how Slack's delivery is known again. */
  function work(
    desk: SlackDesk,
    mark: Readonly<Record<string, unknown>>,
    { respond, ...place }: Place & { respond: RespondFn | undefined },
    run: (reply: Reply) => Promise<void>,
  ): void {
    const { userId } = place;
    const reply = desk.replyTo(place, respond);
    const once = async () => {
      if (!(await redeliveries.isRepeat(mark))) await run(reply);
    };
    void inHand.run(randomUUID(), () =>
      once().catch(async (err: unknown) => {
        const reference = requestId() ?? newRequestId();
        log.error({ err, reference }, 'An answer to Slack failed');
        await reply.privately(await sorry(desk, err, reference, userId));
      }),
    );
  }

  app.command(everything, async ({ ack, command, context, respond }) => {
    await ack();
    const desk = served(context);
    if (!desk) return;
    const { user_id: userId, channel_id: channelId, trigger_id: triggerId, text } = command;
    // The token's workspace, whatever the payload says: somebody of another one must not find other rules.
    const { teamId } = desk;
    const listener = commands.find(({ name }) => name === command.command.toLowerCase());
    work(desk, context, { userId, channelId, respond }, async (reply) => {
      if (!listener) return reply.privately(unknownCommand(await desk.contextOf(userId)));
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
      const desk = served(context);
      if (!desk) return;
      const userId = body.user.id;
      const channelId = body.channel?.id ?? body.container?.channel_id ?? null;
      const clicked = actionName(action.action_id);
      const listener = actions.find(({ name }) => name === clicked);
      const inHome = body.view?.type === 'home';
      work(desk, context, { userId, channelId, respond }, async (given) => {
        const whose = { teamId: desk.teamId, userId };
        const reply = inHome ? replyInHome(given, whose, desk.homes) : given;
        const value = chosenValue(action);
        if (!listener || value === undefined) {
          return reply.privately(unknownAction(await desk.contextOf(userId)));
        }
        const call: ActionCall = {
          teamId: desk.teamId,
          triggerId: body.trigger_id,
          view: body.view?.type === 'modal' ? openView(body.view, action.action_ts) : null,
          inHome,
          channelId,
          userId,
          messageTs: body.message?.ts ?? body.container?.message_ts ?? null,
          ephemeral: body.container?.is_ephemeral === true,
          value,
          reply,
        };
        const refusal = await refusedBy(listener.needs, call, desk);
        if (!refusal) return listener.run(call, desk);
        if (!call.view) return reply.privately(refusal);
        // Where a form is open, nothing else would be seen; over it, where Slack still allows that, what was typed stays.
        const told = toldView(refusal.text, await desk.contextOf(userId), call.view.title);
        if (!(await desk.modals.open(call, told))) await desk.modals.update(call.view, told);
      });
    },
  );

  // Here the answer travels in the ack: it is decided first, from what is in the database.
  app.view({ type: 'view_submission', callback_id: everything }, async ({ ack, body, view, context }) => {
    const listener = views.find(({ name }) => name === view.callback_id);
    const desk = served(context);
    if (!desk) return ack();
    const userId = body.user.id;
    const call = { teamId: desk.teamId, userId, view: openView(view, '') };
    await inHand.run(randomUUID(), async () => {
      const { answer, afterwards } = await submitted(listener, call, desk).catch(async (err: unknown) => {
        const reference = requestId() ?? newRequestId();
        log.error({ err, reference }, 'A form was not taken');
        const { text } = await sorry(desk, err, reference, userId);
        const input = desk.troubleBehind(err) && inputOf(view);
        // What was typed stays: it may be sent again when the database is well.
        if (input) return { answer: { errors: { [input]: text } } };
        const show = toldView(text, await desk.contextOf(userId));
        return { answer: { show } } satisfies ViewAnswer as ViewAnswer;
      });
      await ack(ackOf(answer));
      await afterwards?.();
    });
  });
  // Nothing of the desk's opens these; whatever comes (an old message, another version's form) is acked all the same.
  app.view({ type: 'view_closed', callback_id: everything }, async ({ ack }) => ack());
  app.shortcut(everything, async ({ ack, shortcut, context }) => {
    await ack();
    const desk = served(context);
    if (!desk) return;
    const listener = shortcuts.find(({ name }) => name === shortcut.callback_id);
    const userId = shortcut.user.id;
    const { trigger_id: triggerId } = shortcut;
    work(desk, context, { userId, channelId: null, respond: undefined }, async (reply) => {
      if (!listener) return reply.privately(unknownAction(await desk.contextOf(userId)));
      await listener.run({ teamId: desk.teamId, userId, triggerId, reply }, desk);
    });
  });
  app.options(everything, async ({ ack }) => ack({ options: [] }));
  app.event(everything, async ({ event, body, context }) => {
    const fields: EventFields = { ...event };
    const type = event.type === 'message' ? `message.${fields.channel_type}` : event.type;
    const listener = events.find(({ name }) => name === type);
    const desk = listener && served(context);
    if (!desk) return;
    const sharedChannel = body.is_ext_shared_channel === true;
    const run = () => listener.run({ event: fields, sharedChannel }, desk);
    const { user: userId, channel } = fields;
    const channelId = typeof channel === 'string' ? channel : null;
    const direct = type === 'message.im';
    if (typeof userId === 'string')
      return work(desk, markOfEvent(body), { userId, channelId, direct, respond: undefined }, run);
    void inHand.run(randomUUID(), async () => {
      if (!(await redeliveries.isRepeat(markOfEvent(body)))) await run();
    });
  });
  app.error(async (err) => log.error({ err }, 'Slack sent something that the desk could not take'));
}

async function submitted(
  listener: ViewListener | undefined,
  call: ViewCall,
  desk: SlackDesk,
): Promise<ViewAnswer> {
  const refusal = listener && (await refusedBy(listener.needs, call, desk));
  if (listener && !refusal) return listener.submit(call, desk);
  const context = await desk.contextOf(call.userId);
  const told = refusal ?? unknownForm(context);
  return { answer: { show: toldView(told.text, context, call.view.title) } };
}

/** The button's value, or the chosen option's; undefined for what the desk does not use. */
function chosenValue(action: BlockElementAction): string | undefined {
  switch (action.type) {
    case 'button':
      return action.value ?? '';
    case 'static_select':
    case 'radio_buttons':
      return action.selected_option?.value ?? '';
    // What is chosen is read from the whole form.
    case 'checkboxes':
    case 'timepicker':
      return '';
    default:
      return undefined;
  }
}

const openView = (view: ViewOutput, actedAt: string): OpenView => ({
  id: view.id,
  rootId: view.root_view_id ?? view.id,
  previousId: view.previous_view_id ?? null,
  name: view.callback_id,
  title: view.title?.text ?? '',
  hash: view.hash,
  actedAt,
  metadata: view.private_metadata,
  values: view.state.values,
});

/** The block of its first input; Slack shows errors at inputs only. */
const inputOf = ({ blocks }: ViewOutput): string | undefined =>
  blocks.find(({ type }) => type === 'input')?.block_id;

function ackOf(answer: ViewAnswer['answer']): ViewResponseAction | undefined {
  if ('errors' in answer) return { response_action: 'errors', errors: answer.errors };
  // Slack then shows the form under it.
  if ('back' in answer) return undefined;
  return 'show' in answer ? { response_action: 'update', view: answer.show } : { response_action: 'clear' };
}
