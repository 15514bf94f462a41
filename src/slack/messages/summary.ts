import type { ListPage } from '../../callbacks/list-page.ts';
import type { Figures } from '../../calls/figures.ts';
import type { MessageContext } from '../i18n.ts';
import { durationWords } from './duration.ts';

/** "12 calls from 9 callers · longest wait 3 min 5 s · median 42 s · 7 still open · 2 without a number". */
export function summaryLine(
  figures: Figures,
  { stillOpen, anyClaimable }: Pick<ListPage, 'stillOpen' | 'anyClaimable'>,
  kind: 'all' | 'new',
  context: MessageContext,
): string {
  const { t } = context;
  const calls = t(kind === 'new' ? 'summary.newCalls' : 'summary.calls', { count: figures.calls });
  const parts =
    figures.callers === 0
      ? [calls]
      : [t('summary.from', { calls, callers: t('summary.callers', { count: figures.callers }) })];
  parts.push(t('summary.longest', { wait: durationWords(figures.longestWaitMs, context) }));
  // The median of one call is that call.
  if (figures.calls > 1)
    parts.push(t('summary.median', { wait: durationWords(figures.medianWaitMs, context) }));
  if (stillOpen > 0) parts.push(t('summary.open', { count: stillOpen }));
  // Calls that are too old to call back were not handled, either.
  else if (anyClaimable) parts.push(t('summary.noneOpen'));
  if (figures.withoutNumber > 0) parts.push(t('summary.withoutNumber', { count: figures.withoutNumber }));
  return parts.join(' · ');
}
