import { unnamedVdn, type Vdn } from '../../calls/vdn.ts';
import { chooseVdn, type VdnWish } from '../../grammar/choose-vdn.ts';
import type { Right } from '../../vdns/access.ts';
import type { MessageContext } from '../i18n.ts';
import type { CommandCall } from '../interactions.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import { noVdnVisible } from '../messages/right-refused.ts';
import { refused } from '../refused.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** A command that was understood, and what it is answered with. */
export interface Understood {
  call: CommandCall;
  vdns: VdnsOfAsker;
  /** The asker's language. */
  context: MessageContext;
  desk: SlackDesk;
}

export interface VdnsOfAsker {
  /** Those that the workspace has named and the asker may see: no others are spoken of, nor guessed from what was typed. */
  known: readonly Vdn[];
  /** Numbers of those that the asker may not see. */
  hidden: readonly number[];
}

export async function vdnsOfAsker(
  call: Omit<CommandCall, 'text' | 'reply'>,
  desk: SlackDesk,
): Promise<VdnsOfAsker> {
  const all = await desk.vdns.list(call.teamId);
  const numbers = all.map(({ number }) => number);
  const seen = new Set(await desk.rights.which(call, numbers, 'see'));
  return {
    known: all.filter(({ number }) => seen.has(number)),
    hidden: numbers.filter((number) => !seen.has(number)),
  };
}

/** The VDN that is meant, if the asker has that right in it; undefined: then the asker has been told why not. */
export async function meantVdn(
  wish: VdnWish,
  right: Right,
  understood: Understood,
): Promise<Vdn | undefined> {
  const { call, vdns, desk } = understood;
  // Whom to ask about it is no secret to somebody who knows its number.
  const isHidden = wish.vdn !== null && vdns.hidden.includes(wish.vdn);
  const number = isHidden ? wish.vdn : await chosenVdn(wish, understood);
  if (number === undefined || number === null) return undefined;
  const refusal = await refused(call, number, right, desk);
  if (!refusal) return vdns.known.find((vdn) => vdn.number === number) ?? unnamedVdn(number);
  await call.reply.privately(refusal);
  return undefined;
}

/** Of those that the asker may see. undefined: none, as the asker has been told. */
async function chosenVdn(
  wish: VdnWish,
  { call, vdns, context, desk }: Understood,
): Promise<number | undefined> {
  const { known, hidden } = vdns;
  if (known.length === 0 && hidden.length > 0) {
    await call.reply.privately(noVdnVisible(context));
    return undefined;
  }
  const subscriptions = wish.vdn === null ? await desk.subscriptions.list(call.teamId, call.channelId) : [];
  const chosen = chooseVdn(wish, {
    known,
    subscribedInChannel: subscriptions.map(({ vdn }) => vdn),
  });
  if (chosen.ok) return chosen.value;
  await call.reply.privately(grammarErrorMessage(chosen.error, wish.text, context));
  return undefined;
}
