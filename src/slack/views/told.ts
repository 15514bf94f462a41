import type { ModalView } from '@slack/types';
import type { MessageContext, MessageKey } from '../i18n.ts';
import { section } from '../messages/message.ts';
import { modal } from './view.ts';

/** In place of a form that can go no further: a sentence. */
export function toldView(
  sentence: string,
  { t }: MessageContext,
  title: MessageKey = 'log.title',
): ModalView {
  return modal('told', '', { title: t(title), close: t('log.close') }, [section(sentence)]);
}
