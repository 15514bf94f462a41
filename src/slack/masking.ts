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
