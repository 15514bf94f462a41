import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';

/** In a channel that is shared with another organisation, where callers' numbers are not shown. */
export function sharedChannelRefused({ t }: MessageContext): Message {
  return plainMessage(t('refuse.shared'));
}

/** Said to somebody of another organisation, in a conversation that is shared with it. */
export function foreignerRefused({ t }: MessageContext): Message {
  return plainMessage(t('refuse.foreigner'));
}

/** The list whose page or row was clicked is older than what the desk keeps. */
export function listGone({ t }: MessageContext): Message {
  return plainMessage(t('list.gone'));
}
