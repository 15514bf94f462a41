import type { MessageContext } from '../i18n.ts';
import type { CommandCall } from '../interactions.ts';
import { healthMessage, healthRefused } from '../messages/health.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** Tells an admin of the workspace how the desk is, in private; others that only admins are told. */
export async function tellHealth(
  call: CommandCall,
  context: MessageContext,
  { rights, health }: Pick<SlackDesk, 'rights' | 'health'>,
): Promise<void> {
  if (!(await rights.isAdmin(call.userId))) return call.reply.privately(healthRefused(context));
  return call.reply.privately(healthMessage(await health(), context));
}
