import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { unknownAction } from '../messages/errors.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** Another page of the queue in somebody's Home. */
export async function turnHomePage(call: ActionCall, desk: SlackDesk): Promise<void> {
  const value = decodeAction(call.value);
  if (!value) return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
  await desk.homes.show(call, { page: value.page });
}
