import type { MessageContext } from '../i18n.ts';
import { placeAction, placeValue } from '../views/settings/place.ts';
import { actions, button, type Message, message, section } from './message.ts';

/** A button that opens the settings, where a command cannot. */
export function settingsOffer({ t }: MessageContext): Message {
  const words = t('settings.offer');
  return message(words, [
    section(words),
    actions(button(t('settings.title'), placeAction('overview'), placeValue('overview'))),
  ]);
}
