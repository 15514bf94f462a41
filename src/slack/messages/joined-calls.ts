import type { JoinedCallsData } from '../../callbacks/joined.ts';
import { datedMomentToken } from '../dates.ts';
import { strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { TITLE_MAX } from '../limits.ts';
import { callerLabel } from './caller-label.ts';
import { context as greyPrint, type Message, message, section } from './message.ts';
import { vdnLabel, vdnPlain } from './vdn-label.ts';

const CALLERS_MOST = 15;

/** To the person who calls somebody back, when that caller has called again; several in one. */
export function joinedCallsMessage(data: JoinedCallsData, context: MessageContext): Message {
  const { t } = context;
  const title = t('joined.title', { vdn: vdnPlain(data.vdn, context) });
  const rows = data.callers.slice(0, CALLERS_MOST).map(({ caller, calls, latestAt }) =>
    t('joined.row', {
      caller: callerLabel(caller, undefined, context),
      count: calls,
      time: datedMomentToken(latestAt),
    }),
  );
  const rest = data.callers.length - rows.length;
  return message(t('joined.text', { count: data.callers.length, vdn: vdnLabel(data.vdn, context) }), [
    section(
      [strong(title, TITLE_MAX), t('joined.intro', { count: data.callers.length }), ...rows].join('\n'),
    ),
    ...(rest > 0 ? [greyPrint(t('joined.more', { count: rest }))] : []),
  ]);
}
