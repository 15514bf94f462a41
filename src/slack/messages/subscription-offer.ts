import type { Schedule } from '../../digests/schedule.ts';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, actionId } from './actions.ts';
import { encodeChangeDigest } from './change-digest.ts';
import { digestCommand } from './command.ts';
import { actions, button, type Message, message, section } from './message.ts';
import { scheduleWords } from './schedule-words.ts';
import { type SubscriptionView, subscriptionWords } from './subscription-replies.ts';

/** The channel has a digest of this VDN already: offers to give it the schedule that was asked for, where it is another. */
export function alreadySubscribed(
  view: SubscriptionView,
  wanted: Schedule,
  context: MessageContext,
): Message {
  const { t } = context;
  const words = subscriptionWords(view, context);
  const paused = view.subscription.state === 'paused';
  const lines = [t(paused ? 'subscription.alreadyPaused' : 'subscription.already', words)];
  if (paused) lines.push(t('subscription.resume', { command: digestCommand(`resume ${words.number}`) }));
  const schedule = scheduleWords(wanted, context);
  if (schedule === words.schedule) return message(lines.join('\n'), [section(lines.join('\n'))]);

  lines.push(t('subscription.offer', { schedule }));
  const { number } = view.subscription;
  const value = encodeChangeDigest({ subscriptionNumber: number, schedule: wanted });
  return message(lines.join('\n'), [
    section(lines.join('\n')),
    actions(button(t('button.change'), actionId(ACTIONS.changeDigest, number), value)),
  ]);
}
