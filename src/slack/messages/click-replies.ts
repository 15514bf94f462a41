import type { Callback } from '../../callbacks/callback.ts';
import type { ReachProof } from '../../calls/reached.ts';
import { datedMomentToken } from '../dates.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';
import { reachWords } from './reach-words.ts';

/** To whoever claimed somebody who has been reached since they were missed. */
export function clickReached(proof: ReachProof, context: MessageContext): Message {
  return plainMessage(context.t('click.reached', { how: reachWords(proof, datedMomentToken, context) }));
}

/**
 * How the callback stands: who has it, and since when. To whoever clicked and came second, or on a row that had moved on,
 * or whose message cannot show it.
 */
export function clickRefused(callback: Callback, actorId: string, context: MessageContext): Message {
  const { t } = context;
  const { state, ownerId, proof } = callback;
  if (proof) return clickReached(proof, context);
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

/** Slack took the form no more: more than 3 s had passed since the click. */
export function formLate({ t }: MessageContext): Message {
  return plainMessage(t('click.formLate'));
}

/** The callback is older than what the desk keeps. */
export function callbackGone({ t }: MessageContext): Message {
  return plainMessage(t('click.gone'));
}
