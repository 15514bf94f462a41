import type { KnownBlock } from '@slack/types';
import type { ListPage } from '../../callbacks/list-page.ts';
import type { DigestData } from '../../digests/digest.ts';
import { dayOf, momentToken } from '../dates.ts';
import { foreign, strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { TITLE_MAX } from '../limits.ts';
import { askButton } from './ask-button.ts';
import { briefListBlocks, listBlocks } from './call-list.ts';
import { digestCommand, missedCommand } from './command.ts';
import { durationWords } from './duration.ts';
import { context as greyPrint, type Message, message, type Shrunk, section, wordsOnly } from './message.ts';
import { rangeWords } from './range-words.ts';
import { summaryLine } from './summary.ts';
import { vdnPlain } from './vdn-label.ts';

/**
 * One run of a subscription: what is new, or an all-clear. `listPage` is null for an all-clear and when the list is no longer
 * kept; `outboxId` is the UUID of the message's own outbox row; see Shrunk.
 */
export function digestMessage(
  data: DigestData,
  listPage: ListPage | null,
  outboxId: string | null,
  context: MessageContext,
  shrunk: Shrunk = 0,
): Message {
  const { t } = context;
  const title = t('answer.title', { vdn: vdnPlain(data.vdn, context) });
  const range = rangeWords(data, context);
  const gap = gapLine(data, context);
  const told = tellings(data, listPage, context);
  const { fromAt, timeZone } = data;
  const command = missedCommand(`${data.vdn.number} since ${dayOf(fromAt, timeZone)}`);
  const view = { outboxId, timeZone, command };
  const whole = message([foreign(title, TITLE_MAX), told, ...gap, range].join('\n'), [
    section([strong(title, TITLE_MAX), range, ...gap].join('\n')),
    section(told, askButton(outboxId, context)),
    ...(listPage ? (shrunk > 0 ? briefListBlocks : listBlocks)(listPage, view, context) : []),
    footer(data, context),
  ]);
  return shrunk > 1 ? wordsOnly(whole, ...(listPage ? [t('list.ask', { command })] : [])) : whole;
}

function tellings(data: DigestData, listPage: ListPage | null, context: MessageContext): string {
  const { t } = context;
  const { expired } = data;
  const given = expired > 0 ? [t('digest.expired', { count: expired })] : [];
  const isElsewhere = expired > 0 && listPage !== null && listPage.pages > 1;
  const where = isElsewhere ? [t('digest.expiredAtEnd')] : [];
  return [newCalls(data, listPage, context), [...given, ...where].join(' ')]
    .filter((one) => one !== '')
    .join('\n');
}

function newCalls(
  { listId, expired }: DigestData,
  listPage: ListPage | null,
  context: MessageContext,
): string {
  if (listPage && listPage.list.figures.calls === 0) return context.t('digest.noneNew');
  if (listPage) return summaryLine(listPage.list.figures, listPage, 'new', context);
  if (listId !== null) return context.t('list.gone');
  return context.t(expired > 0 ? 'digest.noneNew' : 'digest.allClear');
}

function gapLine({ gap, toAt, timeZone }: DigestData, context: MessageContext): string[] {
  if (!gap) return [];
  const since = momentToken(gap.sinceAt, timeZone);
  const duration = durationWords(toAt - gap.sinceAt, context);
  return [`⚠️ ${context.t(`digest.gap.${gap.cause}`, { since, duration })}`];
}

function footer({ subscriptionNumber: number, manual }: DigestData, { t }: MessageContext): KnownBlock {
  if (manual) return greyPrint(t('digest.footerManual', { number, command: digestCommand(`now ${number}`) }));
  return greyPrint(t('digest.footer', { number, command: digestCommand(`pause ${number}`) }));
}
