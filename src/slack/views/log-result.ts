import type { Button, KnownBlock, ModalView } from '@slack/types';
import { type Callback, NOTE_MAX, OUTCOMES } from '../../callbacks/callback.ts';
import type { CallbackCard } from '../../callbacks/card.ts';
import { isAttempt, isUndoable } from '../../callbacks/state.ts';
import { momentToken } from '../dates.ts';
import type { MessageContext } from '../i18n.ts';
import type { OpenView } from '../interactions.ts';
import { ACTIONS, type ActionName, actionId, encodeAction } from '../messages/actions.ts';
import { stateWords } from '../messages/callback-state.ts';
import { actions, button, confirmed, section } from '../messages/message.ts';
import { callerBlocks } from './caller.ts';
import { entered } from './entered.ts';
import { historyBlocks } from './history.ts';
import { encodeMetadata, type FormMetadata } from './metadata.ts';
import { input, modal, radioButtons } from './view.ts';
import { DEFAULT_WHEN, type When, whenInputs, whenOf } from './when.ts';

export const LOG_RESULT = 'log-result';

/** The blocks' ids. */
const OUTCOME = 'outcome';
export const NOTE = 'note';

export type PersonsOutcome = (typeof OUTCOMES)[number];
const DEFAULT_OUTCOME: PersonsOutcome = 'reached';

/** What is entered in the form: it decides what else it shows, and is there again when it is shown anew. */
export interface LogChoice {
  outcome: PersonsOutcome;
  when: When;
  note: string;
}

export const NOTHING_CHOSEN: LogChoice = { outcome: DEFAULT_OUTCOME, when: DEFAULT_WHEN, note: '' };

export function logChoiceOf(view: Pick<OpenView, 'values'>): LogChoice {
  const chosen = entered(view).option(OUTCOME);
  const outcome = OUTCOMES.find((one) => one === chosen) ?? DEFAULT_OUTCOME;
  return { outcome, when: whenOf(view), note: entered(view).text(NOTE).slice(0, NOTE_MAX).toWellFormed() };
}

export interface FormReader {
  userId: string;
  /** Of the reader, or of the VDN where Slack does not say. */
  timeZone: string;
  now: number;
}

export interface LogView {
  reader: FormReader;
  metadata: FormMetadata;
  choice: LogChoice;
  /** Something has been typed already: the form stays, whoever has the callback now, and this says why it was not taken. */
  notice?: string;
}

/** One screen: who called, where it stands, what came of it, what to do else, and what has happened before. */
export function logResultView(card: CallbackCard, view: LogView, context: MessageContext): ModalView {
  const { t } = context;
  const { callback } = card;
  const { reader, notice } = view;
  const isOwner = callback.state === 'claimed' && callback.ownerId === reader.userId;
  const asks = isOwner || notice !== undefined;
  const words = { title: t('log.title'), close: t(asks ? 'log.cancel' : 'log.close') };
  return modal(
    LOG_RESULT,
    encodeMetadata(view.metadata),
    asks ? { ...words, submit: t('log.save') } : words,
    [
      ...callerBlocks(card, reader.timeZone, context),
      ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
      section(standing(callback, reader, context)),
      ...(asks ? inputs(card, view, context) : []),
      ...buttonBlocks(card, view, isOwner, context),
      ...historyBlocks(card.events, reader.timeZone, context),
    ],
  );
}

function standing(callback: Callback, { userId, timeZone }: FormReader, context: MessageContext): string {
  const words = stateWords(callback, (at) => momentToken(at, timeZone), context, userId);
  if (callback.state !== 'open') return words;
  return [context.t('log.open'), words].filter((one) => one !== '').join(' · ');
}

function inputs(card: CallbackCard, { reader, choice }: LogView, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const { timeZone, now } = reader;
  const outcomes = OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }));
  return [
    input(OUTCOME, t('log.outcome'), radioButtons(actionId(ACTIONS.outcome, 1), outcomes, choice.outcome), {
      dispatch: true,
    }),
    ...(isAttempt(choice.outcome)
      ? whenInputs(
          {
            when: choice.when,
            isAttempt: true,
            label: t('log.when'),
            openingAt: card.openingAt,
            timeZone,
            now,
          },
          context,
        )
      : []),
    input(
      NOTE,
      t('log.note'),
      {
        type: 'plain_text_input',
        action_id: NOTE,
        multiline: true,
        max_length: NOTE_MAX,
        ...(choice.note === '' ? {} : { initial_value: choice.note }),
      },
      { optional: true },
    ),
  ];
}

/** What can be done here besides saying what came of it. */
function buttonBlocks(
  { callback, last }: CallbackCard,
  { reader, metadata }: LogView,
  isOwner: boolean,
  context: MessageContext,
): KnownBlock[] {
  const { t } = context;
  const value = encodeAction({ page: 0, callbackId: callback.id, outboxId: metadata.outboxId });
  const make = (action: ActionName, label: string): Button =>
    button(label, actionId(action, callback.id), value);
  const { state } = callback;
  const buttons = [
    ...(state === 'open' ? [make(ACTIONS.claim, t('button.claim'))] : []),
    ...(state === 'claimed' && !isOwner
      ? [
          confirmed(make(ACTIONS.takeOver, t('button.takeOver')), {
            title: t('takeOver.title'),
            text: t('takeOver.text'),
            confirm: t('button.takeOver'),
            deny: t('log.cancel'),
          }),
        ]
      : []),
    ...(isOwner
      ? [make(ACTIONS.release, t('button.release')), make(ACTIONS.snooze, t('button.snooze'))]
      : []),
    ...(state === 'done' ? [] : [make(ACTIONS.assign, t('button.assign'))]),
    ...(context.masked ? [make(ACTIONS.reveal, t('button.reveal'))] : []),
    ...(isUndoable(last, reader.userId) ? [make(ACTIONS.undo, t(`undo.${last.action}`))] : []),
  ];
  return buttons.length === 0 ? [] : [actions(...buttons)];
}
