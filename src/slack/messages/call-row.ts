import type { Button, KnownBlock } from '@slack/types';
import type { Callback } from '../../callbacks/callback.ts';
import type { ListRow } from '../../callbacks/list-page.ts';
import { momentToken } from '../dates.ts';
import { foreign, mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, actionId, encodeAction } from './actions.ts';
import { callerLabel, callerName } from './caller-label.ts';
import { durationWords } from './duration.ts';
import { mediaWordList } from './media-words.ts';
import { actions, button, section } from './message.ts';
import { shownOf } from './shown-of.ts';

// Ten rows with two buttons each have to fit into one message (about 13,000 characters in all), so a row cannot take what it likes.
const CALLEE_MAX = 16;
const CALLEES_MOST = 2;
const MEDIA_MOST = 2;

/** Where a row stands: what its buttons carry, and the zone that its message names. */
export interface RowPlace {
  listId: string;
  /** From 0. */
  page: number;
  /** UUID of the row that the message is kept as, or null. */
  outboxId: string | null;
  /** IANA. */
  timeZone: string;
}

/** One caller: who, how often, when, on which number and channel; who calls back; and the buttons that its state allows. */
export function callRow(row: ListRow, place: RowPlace, context: MessageContext): KnownBlock[] {
  const text = [
    headline(row, context),
    factsLine(row, place.timeZone, context),
    stateLine(row, place.timeZone, context),
  ]
    .filter((line) => line !== '')
    .join('\n');
  const buttons = rowButtons(row, place, context);
  // One button fits beside the text; two go under it.
  if (buttons.length > 1) return [section(text), actions(...buttons)];
  return [section(text, buttons[0])];
}

function headline({ caller, figures, laterCalls }: ListRow, context: MessageContext): string {
  const { t } = context;
  const parts = [callerLabel(caller, figures.media[0], context)];
  if (figures.calls > 1) parts.push(t('row.calls', { count: figures.calls }));
  if (laterCalls > 0) parts.push(t('row.later', { count: laterCalls }));
  return parts.join(' · ');
}

function factsLine({ caller, figures }: ListRow, timeZone: string, context: MessageContext): string {
  const { t } = context;
  const several = figures.calls > 1;
  const wait = durationWords(figures.longestWaitMs, context);
  const time = momentToken(figures.latestAt, timeZone);
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
  const media = mediaWordList(figures.media, context);
  // The platform of a social id stands beside it already.
  if (media.length > 0 && !(caller.kind === 'social' && media.length === 1)) {
    parts.push(shownOf(media, MEDIA_MOST, 'list.more', context));
  }
  return parts.join(' · ');
}

function stateLine({ callback, unclaimable }: ListRow, timeZone: string, { t }: MessageContext): string {
  if (unclaimable === 'too-old') return t('row.tooOld');
  if (!callback || callback.state === 'open') return '';
  const time = momentToken(callback.doneAt ?? callback.since, timeZone);
  const owner = callback.ownerId === null ? null : mention(callback.ownerId);
  if (callback.state === 'claimed') return t('row.claimed', { owner: owner ?? '?', time });
  return owner === null ? t('row.doneByDesk', { time }) : t('row.done', { owner, time });
}

function rowButtons(
  { caller, callback, unclaimable }: ListRow,
  place: RowPlace,
  context: MessageContext,
): Button[] {
  if (!callback || unclaimable) return [];
  const { t } = context;
  const { listId, page, outboxId } = place;
  const value = encodeAction({ listId, page, outboxId, callbackId: callback.id });
  const name = callerName(caller, context);
  const make = (action: keyof typeof SPOKEN_LABELS) =>
    button(
      t(`button.${action}`),
      actionId(ACTIONS[action], callback.id),
      value,
      t(SPOKEN_LABELS[action], { caller: name }),
    );
  return BUTTONS[callback.state].map(make);
}

/** What a screen reader says of a button, as the same few labels repeat in every row. */
const SPOKEN_LABELS = {
  claim: 'button.claimCaller',
  done: 'button.doneCaller',
  release: 'button.releaseCaller',
  undo: 'button.undoCaller',
} as const;

const BUTTONS: Record<Callback['state'], (keyof typeof SPOKEN_LABELS)[]> = {
  open: ['claim'],
  claimed: ['done', 'release'],
  done: ['undo'],
};
