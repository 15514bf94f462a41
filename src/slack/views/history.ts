import type { KnownBlock } from '@slack/types';
import {
  type AttemptOutcome,
  type CallbackEvent,
  OUTCOMES,
  type Outcome,
  type PersonsOutcome,
} from '../../callbacks/callback.ts';
import { datedMomentToken } from '../dates.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { context as greyPrint, section } from '../messages/message.ts';
import { noteWords } from '../messages/note-words.ts';
import { reachWords } from '../messages/reach-words.ts';

const SHOWN_MOST = 15;
const NOTE_MAX = 500;

/** What has happened to a callback, newest first: when, who, what, and what they noted. */
export function historyBlocks(
  newestFirst: readonly CallbackEvent[],
  timeZone: string,
  context: MessageContext,
): KnownBlock[] {
  const { t } = context;
  const lines = newestFirst.slice(0, SHOWN_MOST).map((event) => eventLine(event, timeZone, context));
  const rest = newestFirst.length - lines.length;
  return [
    { type: 'divider' },
    section(`*${t('history.title')}*`),
    ...lines.map(greyPrint),
    ...(rest > 0 ? [greyPrint(t('history.more', { count: rest }))] : []),
  ];
}

function eventLine(event: CallbackEvent, timeZone: string, context: MessageContext): string {
  const { t } = context;
  const time = datedMomentToken(event.at, timeZone);
  const who = event.actorId === null ? t('history.desk') : mention(event.actorId);
  const { note } = event.after;
  const isNew = (event.action === 'attempt' || event.action === 'done') && note !== null;
  const noted = isNew && note !== event.before?.note ? [noteWords(note, NOTE_MAX, context)] : [];
  return [time, `${who} ${whatHappened(event, timeZone, context)}`, ...noted].join(' · ');
}

const attemptWords = (attempt: AttemptOutcome, again: string, { t }: MessageContext): string =>
  again === '' ? t(`history.tried.${attempt}`) : t(`history.attempt.${attempt}`, { time: again });

const isSaid = (outcome: Outcome | null): outcome is PersonsOutcome =>
  OUTCOMES.some((one) => one === outcome);

function whatHappened(
  { action, actorId, after }: CallbackEvent,
  timeZone: string,
  context: MessageContext,
): string {
  const { t } = context;
  const again = after.dueAt === null ? '' : datedMomentToken(after.dueAt, timeZone);
  switch (action) {
    case 'assign':
      return t('history.assign', { owner: mention(after.ownerId ?? '?') });
    case 'attempt':
      return attemptWords(after.lastAttempt ?? 'no-answer', again, context);
    case 'snooze':
      return t('history.snooze', { time: again });
    case 'done':
      return t(isSaid(after.outcome) ? `history.done.${after.outcome}` : 'history.done');
    case 'expire':
      // The desk gives up what nobody called back; whoever removes a VDN ends its callbacks.
      return t(actorId === null ? 'history.expire' : 'history.vdnRemoved');
    case 'reached': {
      const moment = (at: number) => datedMomentToken(at, timeZone);
      return t('history.reached', { how: after.proof ? reachWords(after.proof, moment, context) : '' });
    }
    default:
      return t(`history.${action}`);
  }
}
