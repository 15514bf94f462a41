import type { VdnWish } from '../../grammar/choose-vdn.ts';
import { reachedBefore } from '../actions/callback.ts';
import { nextMessage, takeNext } from '../actions/claim-next.ts';
import { clickReached } from '../messages/click-replies.ts';
import { meantVdn, type Understood } from './understood.ts';

/** `/missed next [vdn]`: the caller who should be called first is the asker's from now on. */
export async function nextCommand(wish: VdnWish, understood: Understood): Promise<void> {
  const { call, context, desk } = understood;
  const vdn = wish.vdn === null ? null : await meantVdn(wish, 'claim', understood);
  if (vdn === undefined) return;
  const result = await takeNext(call, vdn?.number ?? null, desk, 0);
  if ('instead' in result) return call.reply.privately(result.instead);
  await call.reply.privately(await nextMessage(result.callback, desk));
  const proof = await reachedBefore({ action: 'claim' }, result, desk);
  if (proof) await call.reply.privately(clickReached(proof, context));
}
