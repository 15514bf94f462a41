import type { MessageContext } from './i18n.ts';

/** Where callers' numbers are masked: nowhere, in what channels read, or wherever they are not asked for one by one. */
export type Masking = 'never' | 'channels' | 'always';

export type MaskingOf = (teamId: string) => Promise<Masking>;

/** Who reads: one person alone (direct and private messages, forms, the App Home), or many. */
export type Readers = 'one' | 'many';

/** The context for these readers where numbers are masked so. */
export function maskedFor(readers: Readers, masking: Masking, context: MessageContext): MessageContext {
  const masked = masking === 'always' || (masking === 'channels' && readers === 'many');
  return context.masked === masked ? context : { ...context, masked };
}
