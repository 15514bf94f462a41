import type { CallbackAction } from '../../callbacks/callback.ts';
import type { ActResult } from '../../callbacks/service.ts';
import type { MessageContext } from '../i18n.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, clickMerged, clickRefused } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { Message } from '../messages/message.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { clickedRow, showAgain } from './clicked.ts';

/** Claim, Done, Release, Undo: decide first, then show it, in the clicked message at once and in its newest copies. */
export const changeCallback =
  (action: CallbackAction) =>
  async (call: ActionCall, desk: SlackDesk): Promise<void> => {
    const value = decodeAction(call.value);
    const callbackId = value?.callbackId;
    if (!value || callbackId === null || callbackId === undefined) {
      return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
    }
    const { teamId, userId: actorId, channelId, messageTs } = call;
    const message = channelId && messageTs ? `${channelId}/${messageTs}` : null;
    const result = await desk.callbacks.act({ teamId, callbackId, action, actorId, message });

    const row = await clickedRow(call, value, desk);
    const context = await desk.contextOf(actorId);
    const words = wordsFor(result, actorId, context);
    const show = async () => {
      const shown = row ? await showAgain(row, {}, call, desk) : 'gone';
      // Where the message cannot say it, its clicker hears it all the same.
      if (shown !== 'shown' && !words && result.outcome !== 'gone')
        await call.reply.privately(clickRefused(result.callback, actorId, context));
    };
    // The other messages that show it were marked with the decision.
    if (result.outcome === 'changed' || result.outcome === 'merged') desk.outbox.wake();
    await Promise.all([show(), words && call.reply.privately(words)]);
  };

/** What the clicker is told; nothing where the message itself says it. */
function wordsFor(result: ActResult, actorId: string, context: MessageContext): Message | undefined {
  switch (result.outcome) {
    case 'changed':
    case 'repeated':
      return undefined;
    case 'merged':
      return clickMerged(result.into, context);
    case 'refused':
      return clickRefused(result.callback, actorId, context);
    case 'gone':
      return callbackGone(context);
  }
}
