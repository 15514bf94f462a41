import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { unknownAction } from '../messages/errors.ts';
import { listGone } from '../messages/refusals.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { clickedRow, showAgain } from './clicked.ts';

/** Previous and next page: the message itself turns, for everybody who sees it. */
export async function turnPage(call: ActionCall, desk: SlackDesk): Promise<void> {
  const value = decodeAction(call.value);
  if (!value) return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
  const row = await clickedRow(call, value, desk);
  if (!row) return call.reply.privately(listGone(await desk.contextOf(call.userId)));
  await showAgain(row, { page: value.page }, call, desk);
}
