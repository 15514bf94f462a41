import { vdnOf, zoneOf } from '../../calls/vdn.ts';
import type { DigestCommand } from '../../digests/command.ts';
import type { Subscription } from '../../digests/subscription.ts';
import type { MessageContext } from '../i18n.ts';
import { helpMessage } from '../messages/help.ts';
import type { Message } from '../messages/message.ts';
import { sharedChannelRefused } from '../messages/refusals.ts';
import { subscriptionList } from '../messages/subscription-list.ts';
import { alreadySubscribed } from '../messages/subscription-offer.ts';
import {
  digestFailed,
  digestOnItsWay,
  needsChannel,
  needsInvite,
  nothingNew,
  type SubscriptionView,
  subscribed,
  subscriptionNotFound,
  subscriptionPaused,
  subscriptionRemoved,
  subscriptionResumed,
} from '../messages/subscription-replies.ts';
import { refused, refusedChannel } from '../refused.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { meantVdn, type Understood } from './understood.ts';

type Subscribe = Extract<DigestCommand, { action: 'subscribe' }>;
type Numbered = Extract<DigestCommand, { number: number }>;

/** `/missed digest …` */
export async function digestCommand(command: DigestCommand, understood: Understood): Promise<void> {
  const { call, context, desk } = understood;
  switch (command.action) {
    case 'help':
      return call.reply.privately(helpMessage(context));
    case 'list': {
      const subscriptions = await desk.subscriptions.list(call.teamId, call.channelId);
      const vdns = subscriptions.map(({ vdn }) => vdn);
      const seen = new Set(await desk.rights.which(call, vdns, 'see'));
      const shown = subscriptions.filter(({ vdn }) => seen.has(vdn));
      const views = await Promise.all(shown.map((subscription) => viewOf(subscription, desk)));
      return call.reply.privately(subscriptionList(views, context));
    }
    case 'subscribe':
      return subscribe(command, understood);
    default:
      return byNumber(command, understood);
  }
}

async function subscribe(wish: Subscribe, understood: Understood): Promise<void> {
  const { call, context, desk } = understood;
  const vdn = await meantVdn(wish, 'manage', understood);
  if (!vdn) return;
  if (!(await mayTellHere(vdn.number, understood))) return;
  const { teamId, channelId, userId: createdBy } = call;
  const { outcome, subscription } = await desk.subscriptions.subscribe({
    teamId,
    channelId,
    vdn: vdn.number,
    schedule: wish.schedule,
    createdBy,
  });
  const view = await viewOf(subscription, desk);
  if (outcome === 'already') return call.reply.privately(alreadySubscribed(view, wish.schedule, context));
  return call.reply.toChannel(subscribed(view, desk.channelContext));
}

/** Whether a VDN's digests can and may come to this channel; if not, the asker has been told what to do. */
async function mayTellHere(vdn: number, { call, context, desk }: Understood): Promise<boolean> {
  const access = await desk.channels.access(call.channelId);
  if (access.shared && !desk.numbersInSharedChannels) {
    await call.reply.privately(sharedChannelRefused(context));
    return false;
  }
  const refusal = access.kind === 'direct' ? undefined : await refusedChannel(call, vdn, desk);
  if (refusal) {
    await call.reply.privately(refusal);
    return false;
  }
  const joined = await desk.channels.join(call.channelId);
  if (joined === 'member') return true;
  await call.reply.privately(
    joined === 'direct' ? needsChannel(context) : needsInvite(desk.botUserId, context),
  );
  return false;
}

async function byNumber({ action, number }: Numbered, understood: Understood): Promise<void> {
  const { call, context, desk } = understood;
  const { teamId, channelId } = call;
  const { subscriptions } = desk;
  const notFound = () => call.reply.privately(subscriptionNotFound(number, context));
  const found = await subscriptions.find(teamId, number);
  // A digest is its channel's own business.
  if (!found || found.channelId !== channelId || found.state === 'removed') return notFound();
  const refusal = await refused(call, found.vdn, action === 'now' ? 'see' : 'manage', desk);
  if (refusal) return call.reply.privately(refusal);
  const tells = action === 'now' || action === 'resume';
  if (tells && !(await mayTellHere(found.vdn, understood))) return;
  if (action === 'now') return tellNow(found, understood);
  const result = await subscriptions[action](teamId, number);
  if (result.outcome === 'unknown-number') return notFound();
  const view = await viewOf(result.subscription, desk);
  // Everybody in the channel should know; the second of two who do the same only learns that it is so.
  const isTold = result.outcome === 'changed' && (await desk.rights.mayReceive(teamId, channelId, found.vdn));
  if (!isTold) return call.reply.privately(changed[action](view, context));
  return call.reply.toChannel(changed[action](view, desk.channelContext));
}

const changed = {
  pause: subscriptionPaused,
  resume: subscriptionResumed,
  remove: subscriptionRemoved,
} satisfies Record<string, (view: SubscriptionView, context: MessageContext) => Message>;

async function tellNow(subscription: Subscription, { call, context, desk }: Understood): Promise<void> {
  const view = await viewOf(subscription, desk);
  const result = await desk.digests.now(subscription);
  switch (result.outcome) {
    case 'told':
      return call.reply.privately(digestOnItsWay(view, context));
    case 'nothing-new':
      return call.reply.privately(nothingNew(view, context));
    case 'not-active':
      return call.reply.privately(subscriptionPaused(view, context));
    case 'failed':
      return call.reply.privately(digestFailed(view, result.error.code, context));
  }
}

/** The subscription as messages speak of it. */
export async function viewOf(
  subscription: Subscription,
  { vdns }: Pick<SlackDesk, 'vdns'>,
): Promise<SubscriptionView> {
  const vdn = await vdnOf(vdns, subscription);
  return { subscription, vdn, timeZone: zoneOf(vdn) };
}
