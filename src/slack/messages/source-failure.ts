import type { SourceError, SourceErrorCode } from '../../calls/source.ts';
import { foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { durationWords } from './duration.ts';
import { vdnLabel } from './vdn-label.ts';

const REASON_MAX = 150;
const CODE_MAX = 30;

/** What happened, as a sentence: "The contact centre did not answer." */
export function failureReason(
  code: SourceErrorCode,
  facts: SourceError['facts'],
  { t }: MessageContext,
): string {
  if (code !== 'refused' || !facts.returnCode) return t(`failure.${code}`);
  const said = foreign(facts.returnDesc ?? '', REASON_MAX);
  const returnCode = foreign(facts.returnCode, CODE_MAX);
  return t('failure.refusedWith', { reason: said === '' ? returnCode : `${said} (${returnCode})` });
}

/** What to do about it, and who. */
export function failureRemedy(
  code: SourceErrorCode,
  facts: SourceError['facts'],
  vdn: { number: number; name: string | null },
  context: MessageContext,
): string {
  const { t } = context;
  if (code === 'overloaded' && facts.retryAfterMs) {
    return t('remedy.overloadedFor', { wait: durationWords(facts.retryAfterMs, context) });
  }
  if (code === 'refused') return t('remedy.refused', { vdn: vdnLabel(vdn, context) });
  return t(`remedy.${code}`);
}
