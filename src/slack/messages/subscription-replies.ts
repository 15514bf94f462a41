import type { SourceErrorCode } from '../../calls/source.ts';
import type { SubscriptionNewsData } from '../../digests/digest.ts';
import type { Subscription } from '../../digests/subscription.ts';
import type { NamedVdn } from '../../grammar/errors.ts';
import { datedMomentToken } from '../dates.ts';
import { foreign, mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { digestCommand } from './command.ts';
import { type Message, plainMessage } from './message.ts';
import { scheduleWords } from './schedule-words.ts';
import { failureReason, failureRemedy } from './source-failure.ts';
import { vdnLabel } from './vdn-label.ts';

const ZONE_MAX = 40;

/** A subscription as people speak of it. */
export interface SubscriptionView {
  subscription: Pick<
    Subscription,
    'number' | 'channelId' | 'schedule' | 'state' | 'pausedBy' | 'pauseError' | 'nextRunAt'
  >;
  vdn: NamedVdn;
  /** IANA zone of its schedule. */
  timeZone: string;
}

/** What the sentences about a subscription are filled with. */
export function subscriptionWords(
  { subscription, vdn, timeZone }: SubscriptionView,
  context: MessageContext,
) {
  return {
    number: subscription.number,
    vdn: vdnLabel(vdn, context),
    schedule: scheduleWords(subscription.schedule, context),
    zone: foreign(timeZone, ZONE_MAX),
    time: datedMomentToken(subscription.nextRunAt, timeZone),
  };
}

export function subscribed(view: SubscriptionView, context: MessageContext): Message {
  const { t } = context;
  const words = subscriptionWords(view, context);
  return plainMessage(
    [
      t('subscription.created', words),
      t('subscription.first', { ...words, command: digestCommand(`pause ${words.number}`) }),
    ].join('\n'),
  );
}

/** To the channel. A paused digest stays so: then it says how to go on, as no next one comes. */
export function scheduleChanged(view: SubscriptionView, context: MessageContext): Message {
  const words = subscriptionWords(view, context);
  if (view.subscription.state !== 'paused') return plainMessage(context.t('subscription.changed', words));
  const command = digestCommand(`resume ${words.number}`);
  return plainMessage(context.t('subscription.changedPaused', { ...words, command }));
}

/** In place of the offer that was accepted. */
export function offerAccepted({ t }: MessageContext): Message {
  return plainMessage(t('subscription.offerAccepted'));
}

export function subscriptionPaused(view: SubscriptionView, context: MessageContext): Message {
  const words = subscriptionWords(view, context);
  const command = digestCommand(`resume ${words.number}`);
  return plainMessage(context.t('subscription.paused', { ...words, command }));
}

export function subscriptionResumed(view: SubscriptionView, context: MessageContext): Message {
  return plainMessage(context.t('subscription.resumed', subscriptionWords(view, context)));
}

export function subscriptionRemoved(view: SubscriptionView, context: MessageContext): Message {
  return plainMessage(context.t('subscription.removed', subscriptionWords(view, context)));
}

const news = {
  created: subscribed,
  changed: scheduleChanged,
  paused: subscriptionPaused,
  resumed: subscriptionResumed,
  removed: subscriptionRemoved,
} satisfies Record<SubscriptionNewsData['change'], unknown>;

/** What somebody did with a channel's digest in the settings. */
export const subscriptionNews = (
  { change, ...view }: SubscriptionNewsData,
  context: MessageContext,
): Message => news[change](view, context);

/** `now N` found nothing. */
export function nothingNew(view: SubscriptionView, context: MessageContext): Message {
  return plainMessage(context.t('subscription.nothingNew', subscriptionWords(view, context)));
}

/** `now N` found something, and its digest is being posted. */
export function digestOnItsWay(view: SubscriptionView, context: MessageContext): Message {
  return plainMessage(context.t('subscription.told', subscriptionWords(view, context)));
}

/** `now N` could not ask the contact centre. */
export function digestFailed(
  view: SubscriptionView,
  code: SourceErrorCode,
  context: MessageContext,
): Message {
  const reason = failureReason(code, {}, context);
  return plainMessage(
    `${context.t('answer.failed', { reason })} ${failureRemedy(code, {}, view.vdn, context)}`,
  );
}

export function subscriptionNotFound(number: number, { t }: MessageContext): Message {
  return plainMessage(t('subscription.notFound', { number, command: digestCommand('list') }));
}

/** A private channel lets only people bring the desk in. `botId`: the desk's own user id. */
export function needsInvite(botId: string, { t }: MessageContext): Message {
  return plainMessage(t('subscription.needsInvite', { bot: mention(botId) }));
}

/** Digests in direct messages are not offered. */
export function needsChannel({ t }: MessageContext): Message {
  return plainMessage(t('subscription.needsChannel'));
}
