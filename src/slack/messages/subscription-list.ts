import { channelMention, foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { digestCommand } from './command.ts';
import { context as greyPrint, type Message, message, plainMessage, section } from './message.ts';
import { type SubscriptionView, subscriptionWords } from './subscription-replies.ts';

const ROWS_MOST = 20;
const ERROR_MAX = 60;

/** `digest list`: number, VDN, channel, schedule, and when it comes next or why it does not. */
export function subscriptionList(views: readonly SubscriptionView[], context: MessageContext): Message {
  const { t } = context;
  if (views.length === 0)
    return plainMessage(t('subscription.listEmpty', { command: digestCommand('vdn 159 hourly') }));
  const rows = views.slice(0, ROWS_MOST).map((view) => subscriptionLines(view, context));
  const rest = views.length - rows.length;
  return message(t('subscription.listText', { count: views.length }), [
    section(`*${t('subscription.listTitle')}*`),
    ...rows.map((line) => section(line)),
    ...(rest > 0 ? [greyPrint(t('subscription.listMore', { count: rest }))] : []),
  ]);
}

/** Two lines: what it is, and when it comes next or why it does not; mrkdwn. */
export const subscriptionLines = (view: SubscriptionView, context: MessageContext) =>
  `${row(view, context)}\n${state(view, context)}`;

function row(view: SubscriptionView, context: MessageContext): string {
  const words = subscriptionWords(view, context);
  return context.t('subscription.row', { ...words, channel: channelMention(view.subscription.channelId) });
}

function state(view: SubscriptionView, context: MessageContext): string {
  const { t } = context;
  const { subscription } = view;
  if (subscription.state !== 'paused') return t('subscription.rowNext', subscriptionWords(view, context));
  const resume = digestCommand(`resume ${subscription.number}`);
  if (subscription.pauseError === null) return t('subscription.rowPaused', { resume });
  return t('subscription.rowPausedByError', { error: foreign(subscription.pauseError, ERROR_MAX), resume });
}
