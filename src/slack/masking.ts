import type { Actor, Rights } from '../vdns/rights.ts';
import type { Masking } from '../vdns/workspace.ts';
import type { MessageContext } from './i18n.ts';

export type MaskingOf = (teamId: string) => Promise<Masking>;

/** Who reads: one person alone (direct and private messages, forms, the App Home), or many. */
export type Readers = 'one' | 'many';

/** The context for these readers where numbers are masked so. */
export function maskedFor(readers: Readers, masking: Masking, context: MessageContext): MessageContext {
  const masked = masking === 'always' || (masking === 'channels' && readers === 'many');
  return context.masked === masked ? context : { ...context, masked };
}

/** For what somebody reads alone of VDNs' callers. */
export type ContextFor = (actor: Actor, vdns: readonly number[]) => Promise<MessageContext>;

/**
 * Where numbers are masked in channels, somebody alone reads them whole if they may claim in each of these VDNs: whoever may only
 * see calls nobody back. Where Slack does not say now who may, they are masked.
 */
export function createContextFor(parts: {
  contextOf(userId: string): Promise<MessageContext>;
  maskingOf: MaskingOf;
  rights: Pick<Rights, 'which'>;
}): ContextFor {
  const { contextOf, maskingOf, rights } = parts;
  return async (actor, vdns) => {
    const [context, masking] = await Promise.all([contextOf(actor.userId), maskingOf(actor.teamId)]);
    if (masking !== 'channels') return context;
    const claimed = await rights.which(actor, vdns, 'claim');
    return claimed.length === vdns.length ? context : { ...context, masked: true };
  };
}
