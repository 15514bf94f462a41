import type { MessageContext } from '../../../src/slack/i18n.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { sourceBackMessage, sourceDownMessage } from '../../../src/slack/messages/source-notice.ts';
import { subscriptionList } from '../../../src/slack/messages/subscription-list.ts';
import { alreadySubscribed } from '../../../src/slack/messages/subscription-offer.ts';
import { subscriptionPausedMessage } from '../../../src/slack/messages/subscription-paused.ts';
import * as said from '../../../src/slack/messages/subscription-replies.ts';
import { vdnRemovedMessage } from '../../../src/slack/messages/vdn-removed.ts';
import { at, subscription } from '../messages/examples.ts';
import { subscriptionOf } from '../views/settings-examples.ts';

const DAILY = {
  every: { dailyAt: { hour: 9, minute: 0 } },
  weekdays: true,
  hours: { from: 9, to: 18 },
  allClear: true,
};
const OFTEN = { ...DAILY, every: { minutes: 30 as const }, hours: null, allClear: false };

/** What is said of digests, and of what ends them. */
export function subscriptionMessages(text: string, context: MessageContext): Record<string, Message[]> {
  const unnamed = { number: 161, name: null };
  const named = { number: 5000, name: text };
  const largest = {
    ...subscription({ number: 999_999, channelId: text, schedule: DAILY }),
    vdn: named,
    timeZone: 'America/Argentina/ComodRivadavia',
  };
  const refused = {
    ...largest,
    subscription: { ...largest.subscription, state: 'paused' as const, pauseError: text },
  };
  const views = [subscription(), { ...subscription({ state: 'paused' }), vdn: unnamed }, largest, refused];
  const each = (make: (view: said.SubscriptionView, context: MessageContext) => Message) =>
    views.map((view) => make(view, context));
  const source = { subscriptionNumber: 7, vdn: named, sinceAt: at('09:00'), timeZone: 'Asia/Shanghai' };
  const errors = [
    'is_archived',
    'channel_not_found',
    'not_in_channel',
    'shared_channel',
    'no_right',
    'restricted_action',
    text,
  ];
  return {
    subscribed: each(said.subscribed),
    scheduleChanged: each(said.scheduleChanged),
    subscriptionPaused: each(said.subscriptionPaused),
    subscriptionResumed: each(said.subscriptionResumed),
    subscriptionRemoved: each(said.subscriptionRemoved),
    subscriptionNews: (['created', 'changed', 'paused', 'resumed', 'removed'] as const).map((change) =>
      said.subscriptionNews({ ...largest, subscription: subscriptionOf(), change }, context),
    ),
    offerAccepted: [said.offerAccepted(context)],
    nothingNew: each(said.nothingNew),
    digestOnItsWay: each(said.digestOnItsWay),
    digestFailed: each((view) => said.digestFailed(view, 'refused', context)),
    subscriptionNotFound: [said.subscriptionNotFound(999_999, context)],
    needsInvite: [said.needsInvite('U0DESK', context), said.needsInvite(text, context)],
    needsChannel: [said.needsChannel(context)],
    alreadySubscribed: [DAILY, OFTEN].flatMap((wanted) =>
      each((view) => alreadySubscribed(view, wanted, context)),
    ),
    subscriptionList: [
      subscriptionList([], context),
      subscriptionList(views, context),
      subscriptionList(
        Array.from({ length: 1000 }, () => refused),
        context,
      ),
    ],
    subscriptionPausedMessage: errors.map((error) =>
      subscriptionPausedMessage({ subscriptionNumber: 7, vdn: named, channelId: text, error }, context),
    ),
    vdnRemovedMessage: [{ callbacks: 5000 }, { subscriptionNumber: 7 }].flatMap((about) =>
      [unnamed, named].map((vdn) => vdnRemovedMessage({ vdn, actorId: 'U0LIWEI', about }, context)),
    ),
    sourceDownMessage: [
      ...([
        'unreachable',
        'refused',
        'credentials',
        'address-not-allowed',
        'overloaded',
        'not-understood',
      ] as const),
      null,
    ].map((code) => sourceDownMessage({ ...source, code }, context)),
    sourceBackMessage: [sourceBackMessage({ ...source, code: null }, context)],
  };
}
