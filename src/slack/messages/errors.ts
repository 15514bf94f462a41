import type { Trouble } from '../../work/trouble.ts';
import { code } from '../escape.ts';
import type { MessageContext, MessageKey } from '../i18n.ts';
import { missedCommand } from './command.ts';
import { type Message, plainMessage } from './message.ts';

const REFERENCE_MAX = 60;

/** Something broke on our side; the reference stands in the log too. */
export function unexpected(reference: string, { t }: MessageContext): Message {
  return plainMessage(t('error.unexpected', { reference: code(reference, REFERENCE_MAX) }));
}

const TROUBLES = {
  full: 'error.database.full',
  'read-only': 'error.database.readOnly',
  busy: 'error.database.busy',
  damaged: 'error.database.damaged',
  failing: 'error.database.failing',
  unreachable: 'error.database.unreachable',
} as const satisfies Readonly<Record<Trouble, MessageKey>>;

/** It could not be done because of the database; what was clicked or typed has changed nothing, unless it says so itself. */
export function databaseInTrouble(trouble: Trouble, { t }: MessageContext): Message {
  return plainMessage(t('error.database', { why: t(TROUBLES[trouble]), health: missedCommand('health') }));
}

/** A slash command that reached the desk and is none of its own. */
export function unknownCommand({ t }: MessageContext): Message {
  return plainMessage(t('error.unknownCommand', { help: missedCommand('help') }));
}

/** A button that this desk does not know: of an older or newer one. */
export function unknownAction({ t }: MessageContext): Message {
  return plainMessage(t('error.unknownAction'));
}

/** The same of a form; what was entered there is not taken. */
export function unknownForm({ t }: MessageContext): Message {
  return plainMessage(t('error.unknownForm'));
}
