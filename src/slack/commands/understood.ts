import { unnamedVdn, type Vdn } from '../../calls/vdn.ts';
import { chooseVdn, type VdnWish } from '../../grammar/choose-vdn.ts';
import type { MessageContext } from '../i18n.ts';
import type { CommandCall } from '../interactions.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** A command that was understood, and what it is answered with. */
export interface Understood {
  call: CommandCall;
  /** The VDNs that the workspace has named. */
  known: readonly Vdn[];
  /** The asker's language. */
  context: MessageContext;
  desk: SlackDesk;
}

/** The VDN that is meant; undefined when there is none: then the asker has been told. */
export async function meantVdn(
  wish: VdnWish,
  { call, known, context, desk }: Understood,
): Promise<Vdn | undefined> {
  const subscriptions = wish.vdn === null ? await desk.subscriptions.list(call.teamId, call.channelId) : [];
  const chosen = chooseVdn(wish, { known, subscribedInChannel: subscriptions.map(({ vdn }) => vdn) });
  if (chosen.ok) return known.find(({ number }) => number === chosen.value) ?? unnamedVdn(chosen.value);
  await call.reply.privately(grammarErrorMessage(chosen.error, wish.text, context));
  return undefined;
}
