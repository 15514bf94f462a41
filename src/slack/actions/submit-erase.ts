import { erasables } from '../commands/erase.ts';
import type { ViewAnswer, ViewCall } from '../interactions.ts';
import { eraseNothing, eraseRefused, keptWords } from '../messages/erasing.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { eraseMetadataOf } from '../views/erase.ts';
import { toldView } from '../views/told.ts';

/** Erases what there is by now, where this person still may: what the form carries only says who is meant. */
export async function submitErase({ userId, view }: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const context = await desk.contextOf(userId);
  const tell = (sentence: string): ViewAnswer => ({
    answer: { show: toldView(sentence, context, context.t('erase.title')) },
  });
  const metadata = eraseMetadataOf(view.metadata);
  if (!metadata) return tell(eraseNothing(context).text);
  const found = await erasables(metadata.typed, metadata.vdn, { userId, channelId: null }, desk);
  if (found === 'refused') return tell(eraseRefused(context).text);
  const total = { calls: 0, callbacks: 0 };
  for (const { caller } of found) {
    const erased = await desk.erasure.erase(caller, { actorId: userId, now: desk.clock.now() });
    total.calls += erased.calls;
    total.callbacks += erased.callbacks;
  }
  if (total.calls + total.callbacks === 0) return tell(eraseNothing(context).text);
  // The messages that have shown the caller are to be edited.
  desk.outbox.wake();
  return tell(context.t('erase.done', { kept: keptWords(total, context) }));
}
