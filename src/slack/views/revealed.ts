import type { ModalView } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import type { MessageContext } from '../i18n.ts';
import { revealedBlocks } from '../messages/reveal.ts';
import { modal } from './view.ts';

/** The caller whole, over the form that shows them masked. */
export function revealedView(card: CallbackCard, context: MessageContext): ModalView {
  const { t } = context;
  return modal(
    'revealed',
    '',
    { title: t('reveal.title'), close: t('log.close') },
    revealedBlocks(card, context),
  );
}
