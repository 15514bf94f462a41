import { overviewOf } from '../actions/settings/pages.ts';
import type { CommandCall } from '../interactions.ts';
import { formLate } from '../messages/click-replies.ts';
import type { SlackDesk } from '../slack-desk.ts';

const WORDS = ['settings', 'setup', '设置'];

/** `/missed settings`, or `setup`. */
export const isSettings = (text: string): boolean => WORDS.includes(text.trim().toLowerCase());

/** Opens the settings. */
export async function openSettingsFor(call: CommandCall, desk: SlackDesk): Promise<void> {
  const { teamId, userId, triggerId } = call;
  const context = await desk.contextOf(userId);
  const view = await overviewOf({ teamId, userId, context }, 0, desk);
  if (!(await desk.modals.openAlone(triggerId, view))) await call.reply.privately(formLate(context));
}
