import { code } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { missedCommand } from './command.ts';
import { type Message, plainMessage } from './message.ts';

const REFERENCE_MAX = 60;

/** Something broke on our side; the reference stands in the log too. */
export function unexpected(reference: string, { t }: MessageContext): Message {
  return plainMessage(t('error.unexpected', { reference: code(reference, REFERENCE_MAX) }));
}

/** A slash command that reached the desk and is none of its own. */
export function unknownCommand({ t }: MessageContext): Message {
  return plainMessage(t('error.unknownCommand', { help: missedCommand('help') }));
}

/** A button that this desk does not know: of an older or newer one. */
export function unknownAction({ t }: MessageContext): Message {
  return plainMessage(t('error.unknownAction'));
}
