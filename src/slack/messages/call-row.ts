import type { Button, KnownBlock } from '@slack/types';
import type { ListRow } from '../../callbacks/list-page.ts';
import { agedMomentToken, momentToken } from '../dates.ts';
import { foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { callbackButtons, stateWords } from './callback-state.ts';
import { callerLabel } from './caller-label.ts';
import { durationWords } from './duration.ts';
import { type Media, mediaBeside, mediaWord } from './media-words.ts';
import { actions, section } from './message.ts';
import { shownOf } from './shown-of.ts';

// Ten rows with two buttons each have to fit into one message (about 13,000 characters in all), so a row cannot take what it likes.
const CALLEE_MAX = 16;
const CALLEES_MOST = 2;
const MEDIA_MOST = 2;

/** Where a row stands: what its buttons carry, and the zone that its message names. */
export interface RowPlace {
  /** From 0. */
  page: number;
  /** UUID of the row that the message is kept as, or null. */
  outboxId: string | null;
  /** IANA. */
  timeZone: string;
  /** Where one person reads it alone: who. */
  readerId?: string;
}

/**
 * One caller: who, how often, when, on which number and channel; who calls back, and by when somebody is to; and the
 * buttons that its state allows.
 */
export function callRow(row: ListRow, place: RowPlace, context: MessageContext): KnownBlock[] {
  const text = [
    headline(row, context),
    factsLine(row, place.timeZone, context),
    stateLine(row, place, context),
  ]
    .filter((line) => line !== '')
    .join('\n');
  const buttons = rowButtons(row, place, context);
  // One button fits beside the text; two go under it.
  if (buttons.length > 1) return [section(text), actions(...buttons)];
  return [section(text, buttons[0])];
}

/** The same caller in one line, with at most one button. */
export function briefCallRow(row: ListRow, place: RowPlace, context: MessageContext): KnownBlock {
  const { timeZone } = place;
  const parts = [
    headline(row, context),
    momentToken(row.figures.latestAt, timeZone),
    stateLine(row, place, context),
  ].filter((part) => part !== '');
  return section(parts.join(' · '), rowButtons(row, place, context)[0]);
}

function headline({ caller, figures, callback, laterCalls }: ListRow, context: MessageContext): string {
  const { t } = context;
  const [medium] = figures.media;
  const platform = answerOn({ caller, medium, callback }, context);
  // Where it is to be answered on, it need not be named beside the id.
  const parts =
    platform === undefined
      ? [callerLabel(caller, medium, context)]
      : [callerLabel(caller, undefined, context), t('row.answerOn', { platform })];
  if (figures.calls > 1) parts.push(t('row.calls', { count: figures.calls }));
  if (laterCalls > 0) parts.push(t('row.later', { count: laterCalls }));
  return parts.join(' · ');
}

/** The channel to answer on while somebody has to, where there is no number to call; undefined otherwise. */
function answerOn(
  { caller, medium, callback }: Pick<ListRow, 'caller' | 'callback'> & { medium: Media | undefined },
  context: MessageContext,
): string | undefined {
  const isNumber = caller.kind === 'phone' || caller.kind === 'withheld';
  if (isNumber || !medium || !callback || callback.state === 'done') return undefined;
  return mediaWord(medium, context);
}

function factsLine(
  { caller, figures, callback }: ListRow,
  timeZone: string,
  context: MessageContext,
): string {
  const { t } = context;
  const several = figures.calls > 1;
  const wait = durationWords(figures.longestWaitMs, context);
  // Of what nobody has done it matters how long ago it was.
  const isOver = !callback || (callback.state === 'done' && callback.outcome !== 'expired');
  const time = (isOver ? momentToken : agedMomentToken)(figures.latestAt, timeZone);
  const parts = [
    several ? t('row.latest', { time }) : time,
    t(several ? 'row.longestWait' : 'row.waited', { wait }),
  ];

  const callees = figures.calleeNos
    .map((callee) => foreign(callee, CALLEE_MAX))
    .filter((callee) => callee !== '');
  if (callees.length > 0) {
    parts.push(
      t('row.called', {
        callees: shownOf(callees, CALLEES_MOST, 'list.more', context),
      }),
    );
  }
  const media = mediaBeside(caller, figures.media, context);
  // What stands beside a social id, or is to be answered on, has been said.
  const [medium] = figures.media;
  const isSaid = caller.kind === 'social' || answerOn({ caller, medium, callback }, context) !== undefined;
  if (media.length > 0 && !(isSaid && media.length === 1)) {
    parts.push(shownOf(media, MEDIA_MOST, 'list.more', context));
  }
  return parts.join(' · ');
}

function stateLine(
  { callback, unclaimable, due }: ListRow,
  { timeZone, readerId }: RowPlace,
  context: MessageContext,
): string {
  const { t } = context;
  if (unclaimable === 'too-old') return t('row.tooOld');
  if (!callback) return '';
  const state = stateWords(callback, (at) => momentToken(at, timeZone), context, readerId);
  const by = due && t(due.overdue ? 'row.overdue' : 'row.due', { time: momentToken(due.at, timeZone) });
  // What is late is said first.
  const parts = due?.overdue ? [by, state] : [state, by];
  return parts.filter((part) => part).join(' · ');
}

function rowButtons(
  { caller, callback, unclaimable }: ListRow,
  { page, outboxId }: RowPlace,
  context: MessageContext,
): Button[] {
  if (!callback || unclaimable) return [];
  return callbackButtons(callback, caller, { page, outboxId }, context);
}
