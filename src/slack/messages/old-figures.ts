import type { OldFigures } from '../../calls/old-figures.ts';
import type { NamedVdn } from '../../grammar/errors.ts';
import { strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { TITLE_MAX } from '../limits.ts';
import { type Message, plainMessage } from './message.ts';
import { vdnPlain } from './vdn-label.ts';

/** The answer about days whose calls are kept no more: how many there were. `keptDays`: how long they are kept. */
export function oldFiguresMessage(
  vdn: NamedVdn,
  { fromDay, toDay, calls }: OldFigures,
  keptDays: number,
  context: MessageContext,
): Message {
  const { t } = context;
  const title = t('answer.title', { vdn: vdnPlain(vdn, context) });
  const days = fromDay === toDay ? fromDay : t('range.days', { from: fromDay, to: toDay });
  return plainMessage(
    `${strong(title, TITLE_MAX)}\n${t('oldFigures.calls', { count: calls, days })}`,
    t('oldFigures.why', { count: keptDays }),
  );
}
