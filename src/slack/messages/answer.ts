import type { Button, KnownBlock } from '@slack/types';
import type { ListPage } from '../../callbacks/list-page.ts';
import { maskedQuestion } from '../../calls/masked.ts';
import type { AnswerData, AnswerReady, Stale } from '../../questions/answer.ts';
import { momentToken } from '../dates.ts';
import { asTyped, foreign, mention, strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { TITLE_MAX } from '../limits.ts';
import { askButton } from './ask-button.ts';
import { briefListBlocks, listBlocks } from './call-list.ts';
import { missedCommand } from './command.ts';
import { filterWords, orderWords } from './filter-words.ts';
import { context as greyPrint, type Message, message, type Shrunk, section, wordsOnly } from './message.ts';
import { rangeWords } from './range-words.ts';
import { failureReason, failureRemedy } from './source-failure.ts';
import { summaryLine } from './summary.ts';
import { vdnPlain } from './vdn-label.ts';

export interface AnswerView {
  /** UUID of the row that the message is kept as; null for a notice that is not kept. */
  outboxId: string | null;
  /** Only the asker sees it. */
  private: boolean;
  /** The desk's own user id, to say how to invite it where it is no member; null where that is not needed. */
  inviteBotId: string | null;
  shrunk?: Shrunk;
}

/** The answer to a question. `listPage` is null while there is none, and when the list is no longer kept. */
export function answerMessage(
  data: AnswerData,
  listPage: ListPage | null,
  view: AnswerView,
  context: MessageContext,
): Message {
  const { t } = context;
  const title = t('answer.title', { vdn: vdnPlain(data.vdn, context) });
  const zoneOf = isReaders(data, view) ? 'you' : data.range.zoneOf;
  const range = rangeWords({ ...data.range, zoneOf, askedAt: data.askedAt }, context);
  const { text, blocks } = body(data, listPage, view, context);
  const whole = message([foreign(title, TITLE_MAX), text, range].join('\n'), [
    section(`${strong(title, TITLE_MAX)}\n${range}`),
    ...blocks,
    ...footer(data, view, context),
  ]);
  return (view.shrunk ?? 0) > 1
    ? wordsOnly(whole, t('answer.askAgain', { asked: askedCommand(data, context) }))
    : whole;
}

/** Whether the only reader is who asked, and the range is in their own zone. */
const isReaders = ({ range }: AnswerData, view: AnswerView) => range.zoneOf === 'asker' && view.private;

function body(
  data: AnswerData,
  listPage: ListPage | null,
  view: AnswerView,
  context: MessageContext,
): Message {
  const { t } = context;
  const { status } = data;
  switch (status.state) {
    case 'asking':
      return said(t('answer.asking'));
    case 'broken':
      return said(t('answer.broken'), askButton(view.outboxId, context, 'button.askAgain'));
    case 'failed': {
      const reason = failureReason(status.code, status.facts, context);
      const remedy = failureRemedy(status.code, status.facts, data.vdn, context);
      return said(`${t('answer.failed', { reason })} ${remedy}`);
    }
    case 'ready':
      return listPage ? ready(data, status, listPage, view, context) : said(t('list.gone'));
  }
}

function ready(
  data: AnswerData,
  status: AnswerReady,
  listPage: ListPage,
  view: AnswerView,
  context: MessageContext,
): Message {
  const { timeZone } = data.range;
  const filter = filterWords(listPage.list.filter, context);
  const order = orderWords(listPage.list.filter, context);
  const notices = noticeLines(status, timeZone, context);
  const remedy = status.stale ? [failureRemedy(status.stale.code, {}, data.vdn, context)] : [];
  const summary =
    listPage.list.figures.calls === 0
      ? emptyLine(status, filter !== undefined, context)
      : summaryLine(listPage.list.figures, listPage, 'all', context);
  return {
    text: [...notices, summary].join('\n'),
    blocks: [
      ...(notices.length > 0 ? [section(notices.join('\n'))] : []),
      ...remedy.map(greyPrint),
      section(summary, askButton(view.outboxId, context)),
      ...[filter, order].flatMap((words) => (words === undefined ? [] : [greyPrint(words)])),
      ...(view.shrunk ? briefListBlocks : listBlocks)(
        listPage,
        {
          outboxId: view.outboxId,
          timeZone,
          ofReader: isReaders(data, view),
          command: askedCommand(data, context),
        },
        context,
      ),
    ],
  };
}

/** Whatever makes the figures less than the whole truth is said before them. */
function noticeLines(
  { stale, complete, malformed }: AnswerReady,
  timeZone: string,
  context: MessageContext,
): string[] {
  const { t } = context;
  return [
    ...(stale ? [staleLine(stale, timeZone, context)] : []),
    ...(complete ? [] : [t('answer.incomplete')]),
    ...(malformed > 0 ? [t('answer.malformed', { count: malformed })] : []),
  ];
}

function staleLine({ code: failure, asOfAt }: Stale, timeZone: string, context: MessageContext): string {
  const reason = failureReason(failure, {}, context);
  if (asOfAt === null) return context.t('answer.staleUnknown', { reason });
  return context.t('answer.staleAsOf', { reason, time: momentToken(asOfAt, timeZone) });
}

/** Nothing found is good news only where everything was looked at. */
function emptyLine(
  { stale, complete, malformed }: AnswerReady,
  filtered: boolean,
  { t }: MessageContext,
): string {
  if (stale) return t('answer.emptyStale');
  if (filtered || !complete || malformed > 0) return t('answer.emptyFiltered');
  return t('answer.empty');
}

function footer(data: AnswerData, view: AnswerView, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const asked = askedCommand(data, context);
  return [
    greyPrint(
      view.private
        ? t('answer.askAgain', { asked })
        : t('answer.askedBy', { asker: mention(data.askerId), asked }),
    ),
    ...(data.notHere ? [greyPrint(t('answer.notHere'))] : []),
    ...(view.inviteBotId ? [greyPrint(t('answer.invite', { bot: mention(view.inviteBotId) }))] : []),
  ];
}

const askedCommand = ({ asked }: AnswerData, { masked }: MessageContext): string =>
  missedCommand(asTyped(masked ? maskedQuestion(asked) : asked));

const said = (text: string, offer?: Button): Message => ({ text, blocks: [section(text, offer)] });
