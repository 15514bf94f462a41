import type { PersonsChange } from '../../callbacks/callback.ts';
import type { ActResult } from '../../callbacks/service.ts';
import type { ReachProof } from '../../calls/reached.ts';
import { isPrivate } from '../../outbox/outbox.ts';
import type { ActionCall, OpenView } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, clickReached, clickRefused } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import { plainMessage } from '../messages/message.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { logChoiceOf, logResultView } from '../views/log-result.ts';
import { metadataOf } from '../views/metadata.ts';
import { toldView } from '../views/told.ts';
import { clickedRow, isForeign, showAgain } from './clicked.ts';
import { formOf, messageOf, originRow, refusalOf, showFromForm } from './form.ts';

/** Claim, Take over, Release, Undo: decide first, then show it, where it was clicked at once and in the newest copies. */
export const changeCallback =
  (change: PersonsChange) =>
  async (call: ActionCall, desk: SlackDesk): Promise<void> => {
    if (call.view) return changeInForm(change, call, call.view, desk);
    const value = decodeAction(call.value);
    const callbackId = value?.callbackId;
    if (!value || callbackId === null || callbackId === undefined) {
      return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
    }
    if (call.inHome) return changeInHome({ ...change, callbackId }, call, desk);
    const { teamId, userId: actorId, channelId, messageTs } = call;
    const row = await clickedRow(call, value, desk);
    const context = await desk.contextOf(actorId);
    if (!row && (await isForeign(call, value, desk))) return call.reply.privately(callbackGone(context));
    const message = channelId && messageTs ? `${channelId}/${messageTs}` : null;
    const result = await desk.callbacks.act({ ...change, teamId, callbackId, actorId, message });

    const words = refusalOf(result, actorId, context);
    const show = async () => {
      const shown = row ? await showAgain(row, {}, call, desk) : 'gone';
      // Where the message cannot say it, its clicker hears it all the same.
      if (shown !== 'shown' && !words && result.outcome !== 'gone')
        await call.reply.privately(clickRefused(result.callback, actorId, context));
    };
    // The other messages that show it were marked with the decision.
    if (result.outcome === 'changed' || result.outcome === 'merged') desk.outbox.wake();
    await Promise.all([show(), words && call.reply.privately(plainMessage(words))]);
    const proof = await reachedBefore(change, result, desk);
    if (!proof) return;
    await Promise.all([
      call.reply.privately(clickReached(proof, context)),
      // The outbox edits the others.
      row && isPrivate(row) && showAgain(row, {}, call, desk),
    ]);
  };

/** The Home says what came of the click, and who was faster. */
async function changeInHome(
  change: PersonsChange & { callbackId: number },
  call: ActionCall,
  desk: SlackDesk,
): Promise<void> {
  const { teamId, userId } = call;
  const [result, context] = await Promise.all([
    desk.callbacks.act({ ...change, teamId, actorId: userId, message: null }),
    desk.contextOf(userId),
  ]);
  if (result.outcome === 'changed' || result.outcome === 'merged') desk.outbox.wake();
  const notice = refusalOf(result, userId, context);
  await desk.homes.show(call, notice === undefined ? {} : { notice });
  const proof = await reachedBefore(change, result, desk);
  if (proof) await call.reply.privately(clickReached(proof, context));
}

/** After these somebody is about to call. */
const TAKES: ReadonlySet<PersonsChange['action']> = new Set(['claim', 'take-over', 'assign']);

/**
 * The call by which whoever is somebody's to call back from now on had been reached already; then the callback is done. Asked once
 * that is decided and shown, as the contact centre may take its time.
 */
export async function reachedBefore(
  { action }: PersonsChange,
  result: ActResult,
  { reachCheck }: SlackDesk,
): Promise<ReachProof | null> {
  if (!TAKES.has(action) || result.outcome !== 'changed' || !reachCheck) return null;
  const { teamId, vdn, id } = result.callback;
  const [reached] = await reachCheck.check({ teamId, vdn, callbackIds: [id], state: 'claimed' });
  return reached?.proof ?? null;
}

/** The form goes on as things stand then: whoever has taken over can say at once what came of it. */
async function changeInForm(
  change: PersonsChange,
  call: ActionCall,
  view: OpenView,
  desk: SlackDesk,
): Promise<void> {
  const { teamId, userId } = call;
  const form = await formOf({ userId, view }, desk);
  if (!form) {
    const context = await desk.contextOf(userId);
    return desk.modals.update(view, toldView(callbackGone(context).text, context));
  }
  const { metadata, context, reader } = form;
  const row = await originRow(metadata, view, desk);
  const { callbackId, outboxId } = metadata;
  const message = messageOf(row);
  const actorId = userId;
  const result = await desk.callbacks.act({ ...change, teamId, callbackId, actorId, message, inForm: true });

  const refusal = refusalOf(result, userId, context);
  const showForm = async () => {
    const card = (await desk.cards.find(teamId, callbackId)) ?? form.card;
    const shown = { reader, metadata: metadataOf(card, outboxId), choice: logChoiceOf(view) };
    const next = logResultView(card, refusal === undefined ? shown : { ...shown, notice: refusal }, context);
    await desk.modals.update(view, next);
  };
  await Promise.all([showForm(), showFromForm(view, row, result, desk)]);
  // The form says by which call, and offers to take that back.
  if (await reachedBefore(change, result, desk)) await showForm();
}
