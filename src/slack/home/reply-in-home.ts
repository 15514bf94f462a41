import type { Reply } from '../reply.ts';
import type { Homes } from './homes.ts';

/** Whoever clicks in their Home looks there: what is for them alone is said at its top, until it is shown anew. */
export const replyInHome = (
  reply: Reply,
  whose: Parameters<Homes['show']>[0],
  homes: Pick<Homes, 'show'>,
): Reply => ({ ...reply, privately: ({ text: notice }) => homes.show(whose, { notice }) });
