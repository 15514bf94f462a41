import type { ActionCall } from '../interactions.ts';
import { callbackGone } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { LOG_RESULT, logChoiceOf, logResultView } from '../views/log-result.ts';
import { SNOOZE, snoozeView } from '../views/snooze.ts';
import { toldView } from '../views/told.ts';
import { whenOf } from '../views/when.ts';
import { formOf } from './form.ts';

/** What is chosen decides what else a form asks for. What was entered stays: Slack keeps it by block and action id. */
export async function chooseInForm(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { view, userId } = call;
  if (!view) return call.reply.privately(unknownAction(await desk.contextOf(userId)));
  const form = await formOf({ userId, view }, desk);
  if (!form) {
    const context = await desk.contextOf(userId);
    return desk.modals.update(view, toldView(callbackGone(context).text, context, view.title));
  }
  const { card, metadata, reader, context } = form;
  // What has changed since the form was opened is for the submission to say: it carries on what it has seen.
  const shown = { reader, metadata };
  if (view.name === SNOOZE)
    await desk.modals.update(view, snoozeView(card, { ...shown, when: whenOf(view) }, context));
  if (view.name === LOG_RESULT)
    await desk.modals.update(view, logResultView(card, { ...shown, choice: logChoiceOf(view) }, context));
}
