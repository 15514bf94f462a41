import type { MessageContext } from '../i18n.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { clickLater } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { Message } from '../messages/message.ts';
import { listGone, sharedChannelRefused } from '../messages/refusals.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { clickedRow, type Shown, showAgain } from './clicked.ts';

/** Previous and next page: the message itself turns, for everybody who sees it. */
export async function turnPage(call: ActionCall, desk: SlackDesk): Promise<void> {
  const value = decodeAction(call.value);
  if (!value) return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
  const row = await clickedRow(call, value, desk);
  const shown = row ? await showAgain(row, { page: value.page }, call, desk) : 'gone';
  if (shown !== 'shown') await call.reply.privately(insteadOf[shown](await desk.contextOf(call.userId)));
}

/** What whoever turned the page is told when they do not see it turn. */
const insteadOf = {
  later: clickLater,
  shared: sharedChannelRefused,
  gone: listGone,
} satisfies Record<Exclude<Shown, 'shown'>, (context: MessageContext) => Message>;
