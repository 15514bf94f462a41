import type { SourceNoticeData } from '../../digests/digest.ts';
import { clockTime, datedMomentToken, dayOf } from '../dates.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, message, section } from './message.ts';
import { failureReason } from './source-failure.ts';
import { vdnLabel } from './vdn-label.ts';

/** Once an outage: since when a channel's digests have no data, and that nothing is lost by it. */
export function sourceDownMessage(data: SourceNoticeData, context: MessageContext): Message {
  const { t } = context;
  const vdn = vdnLabel(data.vdn, context);
  const reason = data.code
    ? t('source.downReason', { reason: failureReason(data.code, {}, context) })
    : t('source.downReasonUnknown');
  const promise = t('source.downPromise');
  const title = (since: string) => t('source.downTitle', { since, vdn });
  return message([title(spokenSince(data)), reason, promise].join('\n'), [
    section([title(sinceToken(data)), reason, promise].join('\n')),
  ]);
}

/** When it is over. */
export function sourceBackMessage(data: SourceNoticeData, context: MessageContext): Message {
  const { t } = context;
  const title = t('source.backTitle', { vdn: vdnLabel(data.vdn, context) });
  const body = (since: string) => t('source.backBody', { since });
  return message(`${title}\n${body(spokenSince(data))}`, [section(`${title}\n${body(sinceToken(data))}`)]);
}

/** The message does not know the reader's day, so the date stands with the time. */
const sinceToken = ({ sinceAt, timeZone }: SourceNoticeData) => datedMomentToken(sinceAt, timeZone);
const spokenSince = ({ sinceAt, timeZone }: SourceNoticeData) =>
  `${dayOf(sinceAt, timeZone)} ${clockTime(sinceAt, timeZone)}`;
