import type { Kept } from '../../privacy/erasure.ts';
import type { MessageContext } from '../i18n.ts';
import { missedCommand } from './command.ts';
import { type Message, plainMessage } from './message.ts';

const EXAMPLE = missedCommand('erase +86 10 8888 0990');

/** A form opens from a command only, and a number in a message is read by others. */
export const eraseAsCommand = ({ t }: MessageContext): Message =>
  plainMessage(t('erase.asCommand', { command: EXAMPLE }));

export const eraseNeedsCaller = ({ t }: MessageContext): Message =>
  plainMessage(t('erase.needsCaller', { command: EXAMPLE }));

/** Nothing is kept of the caller, where this person may erase. */
export const eraseNothing = ({ t }: MessageContext): Message => plainMessage(t('erase.nothing'));

export const eraseRefused = ({ t }: MessageContext): Message => plainMessage(t('erase.refused'));

/** `3 calls and 1 callback`; the caller is not named. */
export const keptWords = ({ calls, callbacks }: Kept, { t }: MessageContext): string =>
  t('erase.kept', {
    calls: t('erase.calls', { count: calls }),
    callbacks: t('erase.callbacks', { count: callbacks }),
  });
