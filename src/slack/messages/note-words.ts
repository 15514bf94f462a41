import { maskedIn } from '../../calls/masked.ts';
import { foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';

/** “…”: what somebody noted of a callback, at most `max` characters of it. People write numbers into notes. */
export function noteWords(note: string, max: number, { t, masked }: MessageContext): string {
  return t('row.note', { note: foreign(masked ? maskedIn(note) : note, max) });
}
