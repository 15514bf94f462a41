import type { VdnWish } from '../../grammar/choose-vdn.ts';
import { nextMessage, takeNext } from '../actions/claim-next.ts';
import { meantVdn, type Understood } from './understood.ts';

/** `/missed next [vdn]`: the caller who should be called first is the asker's from now on. */
export async function nextCommand(wish: VdnWish, understood: Understood): Promise<void> {
  const { call, desk } = understood;
  const vdn = wish.vdn === null ? null : await meantVdn(wish, 'claim', understood);
  if (vdn === undefined) return;
  const result = await takeNext(call, vdn?.number ?? null, desk);
  await call.reply.privately('instead' in result ? result.instead : await nextMessage(result.claimed, desk));
}
