import type { SubscriptionPausedData } from '../../digests/digest.ts';
import { channelMention, foreign } from '../escape.ts';
import type { MessageContext, MessageKey } from '../i18n.ts';
import { digestCommand } from './command.ts';
import { type Message, plainMessage } from './message.ts';
import { vdnLabel } from './vdn-label.ts';

/** The desk's own reason, among Slack's names for theirs: another organisation reads along. */
export const SHARED_CHANNEL = 'shared_channel';
/** Another one: the channel may not see the VDN's calls. */
export const NO_RIGHT = 'no_right';

const ERROR_MAX = 60;

/** To whoever made the subscription, when Slack refuses its channel for good. */
export function subscriptionPausedMessage(data: SubscriptionPausedData, context: MessageContext): Message {
  const { t } = context;
  const { subscriptionNumber: number, channelId, error } = data;
  const vdn = vdnLabel(data.vdn, context);
  const { reason, remedy } = explanation(error);
  return plainMessage(
    [
      t('paused.title', { number, vdn, channel: channelMention(channelId) }),
      t(reason, { error: foreign(error, ERROR_MAX) }),
      t(remedy, { command: digestCommand(`resume ${number}`) }),
      t('paused.promise'),
    ].join('\n'),
  );
}

/** Slack's names of refusals, and the desk's own: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
function explanation(error: string): { reason: MessageKey; remedy: MessageKey } {
  switch (error) {
    case 'is_archived':
      return { reason: 'paused.archived', remedy: 'paused.remedyArchived' };
    case 'channel_not_found':
      return { reason: 'paused.notFound', remedy: 'paused.remedyInvite' };
    case 'not_in_channel':
      return { reason: 'paused.notMember', remedy: 'paused.remedyInvite' };
    case SHARED_CHANNEL:
      return { reason: 'paused.shared', remedy: 'paused.remedyOther' };
    case NO_RIGHT:
      return { reason: 'paused.noRight', remedy: 'paused.remedyOther' };
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_thread_only_channel':
      return { reason: 'paused.notAllowed', remedy: 'paused.remedyOther' };
    default:
      return { reason: 'paused.other', remedy: 'paused.remedyOther' };
  }
}
