import type { ModalView } from '@slack/types';
import type { MessageContext } from '../../i18n.ts';
import { toldView } from '../told.ts';

/** In place of settings that cannot be shown, or that are gone: a sentence. */
export const settingsTold = (sentence: string, context: MessageContext): ModalView =>
  toldView(sentence, context, context.t('settings.title'));
