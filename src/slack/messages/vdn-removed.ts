import type { VdnRemovedData } from '../../vdns/removed.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';
import { vdnLabel } from './vdn-label.ts';

/** To a channel whose digest has ended with its VDN, or to somebody whose callbacks have. */
export function vdnRemovedMessage({ vdn, actorId, about }: VdnRemovedData, context: MessageContext): Message {
  const { t } = context;
  const words = { vdn: vdnLabel(vdn, context), person: mention(actorId) };
  return plainMessage(
    'callbacks' in about
      ? t('removed.owner', { ...words, count: about.callbacks })
      : t('removed.channel', { ...words, number: about.subscriptionNumber }),
  );
}
