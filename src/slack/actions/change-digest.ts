import { viewOf } from '../commands/digest.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeChangeDigest } from '../messages/change-digest.ts';
import { unknownAction } from '../messages/errors.ts';
import { offerAccepted, scheduleChanged, subscriptionNotFound } from '../messages/subscription-replies.ts';
import { refusedChannel } from '../refused.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** "Change it", offered to whoever subscribed a channel to a VDN that it has a digest of. */
export async function changeDigest(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { teamId, channelId, userId, reply } = call;
  const context = await desk.contextOf(userId);
  const value = decodeChangeDigest(call.value);
  if (!value) return reply.privately(unknownAction(context));
  const { subscriptionNumber, schedule } = value;
  const found = await desk.subscriptions.find(teamId, subscriptionNumber);
  if (!found || found.channelId !== channelId)
    return reply.privately(subscriptionNotFound(subscriptionNumber, context));
  const refusal = await refusedChannel({ teamId, channelId, userId }, found.vdn, desk);
  if (refusal) return reply.privately(refusal);
  const result = await desk.subscriptions.change(teamId, subscriptionNumber, schedule);
  if (result.outcome === 'unknown-number')
    return reply.privately(subscriptionNotFound(subscriptionNumber, context));
  const view = await viewOf(result.subscription, desk);
  // The second of two clicks, or of two people, only learns that it is so.
  if (result.outcome === 'unchanged') return reply.replace(scheduleChanged(view, context));
  await reply.replace(offerAccepted(context));
  await reply.toChannel(scheduleChanged(view, desk.channelContext));
}
