import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { unknownAction } from '../messages/errors.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { tellClicker } from './tell-clicker.ts';

/** Another page of the queue in somebody's Home. */
export async function turnHomePage(call: ActionCall, desk: SlackDesk): Promise<void> {
  const value = decodeAction(call.value);
  if (!value) return tellClicker(call, unknownAction(await desk.contextOf(call.userId)), desk);
  await desk.homes.show(call, { page: value.page });
}
