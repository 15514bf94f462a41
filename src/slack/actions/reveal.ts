import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, formLate } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import { sharedChannelRefused } from '../messages/refusals.ts';
import { revealed } from '../messages/reveal.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { revealedView } from '../views/revealed.ts';
import { isForeign } from './clicked.ts';

/**
 * Shows a masked number to one person who may claim its callback, once that is written down: in a form, where they look, and gone with it; or in a message
 * of their own where Slack opens none any more.
 */
export async function reveal(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { teamId, userId, channelId, reply } = call;
  const context = await desk.contextOf(userId);
  const value = decodeAction(call.value);
  if (!value?.callbackId) return reply.privately(unknownAction(context));
  if (await isShared(channelId, desk)) return reply.privately(sharedChannelRefused(context));
  const card = await desk.cards.find(teamId, value.callbackId);
  if (!card || (await isForeign(call, value, desk))) return reply.privately(callbackGone(context));
  const { number: vdn } = card.vdn;
  const at = desk.clock.now();
  const { id } = card.callback;
  await desk.audit.write({ teamId, at, actorId: userId, action: 'reveal', vdn, callbackId: id, detail: {} });
  if (await desk.modals.open(call, revealedView(card, context))) return;
  // A form or the Home has no message beside it that one person sees.
  await reply.privately(call.view || call.inHome ? formLate(context) : revealed(card, context));
}

/** Whether another organisation reads along there; where Slack does not say, as if it did. */
async function isShared(
  channelId: string | null,
  { channels, numbersInSharedChannels }: SlackDesk,
): Promise<boolean> {
  if (channelId === null || numbersInSharedChannels) return false;
  return (await channels.shared(channelId)) !== false;
}
