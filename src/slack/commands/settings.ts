import { overviewOf } from '../actions/settings/pages.ts';
import type { CommandCall } from '../interactions.ts';
import { formLate } from '../messages/click-replies.ts';
import { settingsOffer } from '../messages/settings-offer.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** `/missed settings`, or `setup`. Where nothing can be opened, a button for it. */
export async function openSettingsFor(call: CommandCall, desk: SlackDesk): Promise<void> {
  const { teamId, userId, triggerId } = call;
  const context = await desk.contextOf(userId);
  if (triggerId === null) return call.reply.privately(settingsOffer(context));
  const view = await overviewOf({ teamId, userId, context }, 0, desk);
  if (!(await desk.modals.openAlone(triggerId, view))) await call.reply.privately(formLate(context));
}
