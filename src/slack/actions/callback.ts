import type { Callback, PersonsChange } from '../../callbacks/callback.ts';
import type { ActResult } from '../../callbacks/service.ts';
import type { OutboxRow } from '../../outbox/outbox.ts';
import type { MessageContext } from '../i18n.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, clickMerged, clickReached, clickRefused } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { Message } from '../messages/message.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { clickedRow, showAgain } from './clicked.ts';

/** Claim, Done, Release, Undo: decide first, then show it, in the clicked message at once and in its newest copies. */
export const changeCallback =
  (change: PersonsChange) =>
  async (call: ActionCall, desk: SlackDesk): Promise<void> => {
    const value = decodeAction(call.value);
    const callbackId = value?.callbackId;
    if (!value || callbackId === null || callbackId === undefined) {
      return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
    }
    const { teamId, userId: actorId, channelId, messageTs } = call;
    const message = channelId && messageTs ? `${channelId}/${messageTs}` : null;
    const result = await desk.callbacks.act({ ...change, teamId, callbackId, actorId, message });

    const row = await clickedRow(call, value, desk);
    const words = wordsFor(result, actorId, await desk.contextOf(actorId));
    await Promise.all([
      row && showAgain(row, {}, call, desk),
      words && call.reply.privately(words),
      ...changedIds(result).map((id) =>
        desk.outbox.touch({ callbackId: id, ...(row && { exceptId: row.id }) }),
      ),
    ]);
    if (result.outcome === 'changed' && change.action === 'claim')
      await tellIfReached(result.callback, row, call, desk);
  };

/** Asked once the claim is made and shown, as the contact centre may take its time: who was reached need not be called. */
async function tellIfReached(
  { teamId, vdn, id }: Callback,
  row: OutboxRow | undefined,
  call: ActionCall,
  desk: SlackDesk,
): Promise<void> {
  const about = { teamId, vdn, callbackIds: [id], state: 'claimed' as const };
  const [reached] = (await desk.reachCheck?.check(about)) ?? [];
  if (!reached?.proof) return;
  await Promise.all([
    call.reply.privately(clickReached(reached.proof, await desk.contextOf(call.userId))),
    // The outbox edits the others.
    row?.state === 'private' && showAgain(row, {}, call, desk),
  ]);
}

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

/** The callbacks whose other copies are out of date now. */
function changedIds(result: ActResult): number[] {
  if (result.outcome === 'changed') return [result.callback.id];
  if (result.outcome === 'merged') return [result.callback.id, result.into.id];
  return [];
}
