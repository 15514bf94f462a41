import type { KnownBlock } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import type { Vdn } from '../../calls/vdn.ts';
import type { MessageContext } from '../i18n.ts';
import { callerLabel } from './caller-label.ts';
import { context as greyPrint, type Message, message, plainMessage, section } from './message.ts';
import { vdnLabel } from './vdn-label.ts';

/** The caller whole, for whoever asked for it: the one place where what is masked is shown. */
export function revealedBlocks({ caller, figures }: CallbackCard, context: MessageContext): KnownBlock[] {
  return [
    section(callerLabel(caller, figures.media[0], { ...context, masked: false })),
    greyPrint(context.t('reveal.recorded')),
  ];
}

/** The same as a message that only they see. Notifications show on locked screens: its text has no number. */
export function revealed(card: CallbackCard, context: MessageContext): Message {
  return message(context.t('reveal.text'), revealedBlocks(card, context));
}

export function revealRefused(vdn: Vdn, context: MessageContext): Message {
  return plainMessage(context.t('reveal.refused', { vdn: vdnLabel(vdn, context) }));
}
