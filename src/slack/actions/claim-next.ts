import type { Callback } from '../../callbacks/callback.ts';
import type { ClaimedNext } from '../../callbacks/queue.ts';
import { unnamedVdn } from '../../calls/vdn.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeClaimNext, nobodyWaits } from '../messages/claim-next.ts';
import { clickReached } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { Message } from '../messages/message.ts';
import { sharedChannelRefused } from '../messages/refusals.ts';
import { refused } from '../refused.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { reachedBefore } from './callback.ts';

/** "Claim next": in the Home the claim is at the top of it at once; elsewhere its claimer sees it alone, with its buttons. */
export async function claimNext(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { teamId, userId, channelId } = call;
  const context = await desk.contextOf(userId);
  const vdn = decodeClaimNext(call.value);
  if (vdn === undefined) return call.reply.privately(unknownAction(context));
  const result = await takeNext({ teamId, userId, channelId }, vdn, desk, SAME_CLICK_MS);
  if ('instead' in result) return call.reply.privately(result.instead);
  if (call.inHome) await desk.homes.show(call);
  else if (result.outcome === 'changed') await call.reply.privately(await nextMessage(result.callback, desk));
  const proof = await reachedBefore({ action: 'claim' }, result, desk);
  if (proof) await call.reply.privately(clickReached(proof, context));
}

/** A double click; whoever has seen what they got and wants another one takes longer. */
const SAME_CLICK_MS = 2_000;

interface Asker {
  teamId: string;
  userId: string;
  /** null: in the App Home. */
  channelId: string | null;
}

/** The claim that somebody got, in one VDN or in any that they may (null); or what to say instead. `repeatMs`: see ClaimNext. */
export async function takeNext(
  asker: Asker,
  vdn: number | null,
  desk: SlackDesk,
  repeatMs: number,
): Promise<ClaimedNext | { instead: Message }> {
  const { teamId, userId, channelId } = asker;
  const { queue, rights, vdns, channels, numbersInSharedChannels } = desk;
  const context = await desk.contextOf(userId);
  // Also what one person sees alone: people of the other organisation click, too.
  if (channelId !== null && !numbersInSharedChannels && (await channels.access(channelId)).shared)
    return { instead: sharedChannelRefused(context) };
  const named = vdn === null ? undefined : await vdns.find(teamId, vdn);
  const may = await rights.which(asker, vdn === null ? await queue.vdns(teamId) : [vdn], 'claim');
  const refusal = vdn === null || may.length > 0 ? undefined : await refused(asker, vdn, 'claim', desk);
  if (refusal) return { instead: refusal };
  const claimed = await queue.claimNext({ teamId, vdns: may, actorId: userId, repeatMs });
  if (claimed) return claimed;
  return { instead: nobodyWaits(vdn === null ? null : (named ?? unnamedVdn(vdn)), context) };
}

/** What its claimer sees alone. It is kept, so that its buttons work. */
export const nextMessage = async (claimed: Callback, desk: SlackDesk): Promise<Message> =>
  desk.render(await desk.outbox.keep(await desk.queue.messageOf(claimed)));
