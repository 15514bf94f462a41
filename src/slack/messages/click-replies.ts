import type { Callback } from '../../callbacks/callback.ts';
import { datedMomentToken } from '../dates.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';

/**
 * How the callback stands: who has it, and since when. To whoever clicked and came second, or on a row that had moved on,
 * or whose message cannot show it.
 */
export function clickRefused(callback: Callback, actorId: string, { t }: MessageContext): Message {
  const { state, ownerId } = callback;
  const time = datedMomentToken(callback.doneAt ?? callback.since);
  const owner = ownerId === null ? null : mention(ownerId);
  if (state === 'open' || (state === 'claimed' && owner === null)) return plainMessage(t('click.open'));
  if (owner === null) return plainMessage(t('click.doneByDesk', { time }));
  if (state === 'done') return plainMessage(t('click.done', { owner, time }));
  if (ownerId === actorId) return plainMessage(t('click.yours', { time }));
  return plainMessage(t('click.taken', { owner, time }));
}

/** Undo met a newer callback of the same caller, and the calls moved there. */
export function clickMerged(into: Callback, { t }: MessageContext): Message {
  if (into.ownerId === null) return plainMessage(t('click.merged'));
  return plainMessage(t('click.mergedOwned', { owner: mention(into.ownerId) }));
}

/** Slack takes no change of the message now. */
export function clickLater({ t }: MessageContext): Message {
  return plainMessage(t('click.later'));
}

/** The callback is older than what the desk keeps. */
export function callbackGone({ t }: MessageContext): Message {
  return plainMessage(t('click.gone'));
}
