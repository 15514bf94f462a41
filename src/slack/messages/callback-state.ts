import type { Button } from '@slack/types';
import type { Callback } from '../../callbacks/callback.ts';
import type { CallerDisplay } from '../../calls/caller.ts';
import { mention } from '../escape.ts';
import type { MessageContext, MessageKey } from '../i18n.ts';
import { ACTIONS, type ActionName, type ActionValue, actionId, encodeAction } from './actions.ts';
import { callerName } from './caller-label.ts';
import { button } from './message.ts';
import { noteWords } from './note-words.ts';
import { reachWords } from './reach-words.ts';

/** Of a note beside a row; a form shows the whole. */
const NOTE_SHOWN_MAX = 60;
/** Of one beside a row with Reveal, which takes that room: ten rows have to fit into one message. */
const NOTE_MASKED_MAX = 40;

/**
 * Who calls back, or has, since when, what was tried, what it came to and what was noted last: "" while there is nothing to say. `moment` says
 * a time (epoch ms) as the message says its others; `readerId`: where one person reads it alone, who is not called by their name.
 */
export function stateWords(
  callback: Callback,
  moment: (at: number) => string,
  context: MessageContext,
  readerId?: string,
): string {
  const { t } = context;
  const { state, attempts, dueAt, note } = callback;
  const tried = state !== 'done' && attempts > 0 ? [t('row.tried', { count: attempts })] : [];
  const noted =
    note === null ? [] : [noteWords(note, context.masked ? NOTE_MASKED_MAX : NOTE_SHOWN_MAX, context)];
  if (state === 'open') return [...tried, ...noted].join(' · ');
  if (state === 'claimed') {
    const { ownerId, since } = callback;
    const isReaders = ownerId !== null && ownerId === readerId;
    const owner = ownerId === null ? '?' : mention(ownerId);
    const claimed = t(isReaders ? 'row.yours' : 'row.claimed', { owner, time: moment(since) });
    const again = dueAt === null ? [] : [t('row.again', { time: moment(dueAt) })];
    return [claimed, ...tried, ...again, ...noted].join(' · ');
  }
  return [doneWords(callback, moment, context), ...noted].join(' · ');
}

/** "✓ Reached by …, …". */
function doneWords(
  { ownerId, outcome, doneAt, since, proof }: Callback,
  moment: (at: number) => string,
  context: MessageContext,
): string {
  const { t } = context;
  if (proof) return t('row.reached', { how: reachWords(proof, moment, context) });
  const time = moment(doneAt ?? since);
  if (outcome === 'expired' || outcome === 'vdn-removed') return t(`row.${outcome}`, { time });
  if (ownerId === null) return t('row.doneByDesk', { time });
  const owner = mention(ownerId);
  return outcome === null ? t('row.done', { owner, time }) : t(`row.outcome.${outcome}`, { owner, time });
}

/** What can be done with a callback in its state. A message must not show the same callback twice: the ids come from it. */
export function callbackButtons(
  callback: Callback,
  caller: CallerDisplay,
  place: Omit<ActionValue, 'callbackId'>,
  context: MessageContext,
): Button[] {
  const { t } = context;
  const value = encodeAction({ ...place, callbackId: callback.id });
  const name = callerName(caller, context);
  const masked = context.masked && callback.state !== 'done' ? [REVEAL] : [];
  return [...BUTTONS[buttonsFor(callback)], ...masked].map(({ action, label, spoken }) =>
    button(t(label), actionId(action, callback.id), value, t(spoken, { caller: name })),
  );
}

/** What nobody has done nobody takes back. */
const buttonsFor = ({ state, outcome }: Callback) =>
  outcome === 'expired' || outcome === 'vdn-removed' ? 'ended' : state;

interface ButtonWords {
  action: ActionName;
  label: MessageKey;
  /** What a screen reader says of it, as the same few labels repeat in every row. */
  spoken: MessageKey;
}

const HISTORY: ButtonWords = {
  action: ACTIONS.history,
  label: 'button.history',
  spoken: 'button.historyCaller',
};

/** Of what is done the history shows it. */
const REVEAL: ButtonWords = {
  action: ACTIONS.reveal,
  label: 'button.reveal',
  spoken: 'button.revealCaller',
};

const BUTTONS: Record<Callback['state'] | 'ended', ButtonWords[]> = {
  open: [{ action: ACTIONS.claim, label: 'button.claim', spoken: 'button.claimCaller' }],
  claimed: [{ action: ACTIONS.log, label: 'button.log', spoken: 'button.logCaller' }],
  done: [{ action: ACTIONS.undo, label: 'button.undo', spoken: 'button.undoCaller' }, HISTORY],
  ended: [HISTORY],
};
