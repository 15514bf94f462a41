import { momentToken } from '../dates.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';

export const auditRefused = ({ t }: MessageContext): Message => plainMessage(t('audit.refused'));

export const auditNothing = ({ t }: MessageContext): Message => plainMessage(t('audit.nothing'));

/** The file is there; `cutAt`: up to when it goes, where it is not whole. */
export function auditSent(
  { rows, cutAt, timeZone }: { rows: number; cutAt: number | null; timeZone: string },
  { t }: MessageContext,
): Message {
  const sent = t('audit.sent', { count: rows });
  if (cutAt === null) return plainMessage(sent);
  return plainMessage(sent, t('audit.cut', { time: momentToken(cutAt, timeZone) }));
}
