import type { ModalView } from '@slack/types';
import { NOTE_MAX, type PersonsChange } from '../../callbacks/callback.ts';
import type { CallbackCard } from '../../callbacks/card.ts';
import { isAttempt } from '../../callbacks/state.ts';
import type { MessageContext } from '../i18n.ts';
import type { ViewAnswer, ViewCall } from '../interactions.ts';
import { callbackGone, clickRefused } from '../messages/click-replies.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { ASSIGNEE, assignView } from '../views/assign.ts';
import { entered } from '../views/entered.ts';
import { type FormReader, logChoiceOf, logResultView, NOTE } from '../views/log-result.ts';
import { type FormMetadata, metadataOf } from '../views/metadata.ts';
import { snoozeView } from '../views/snooze.ts';
import { toldView } from '../views/told.ts';
import { AT, chosenAt, whenOf } from '../views/when.ts';
import { reachedBefore } from './callback.ts';
import { type CallbackForm, formOf, messageOf, originRow, showFromForm } from './form.ts';

/** Errors by block id. */
type Read = { change: PersonsChange } | { errors: Record<string, string> };

interface Form {
  read(call: ViewCall, form: CallbackForm, desk: SlackDesk): Read | Promise<Read>;
  /** The same form again, with why it was not taken. */
  again(
    card: CallbackCard,
    call: ViewCall,
    shown: { reader: FormReader; metadata: FormMetadata; notice: string },
    context: MessageContext,
  ): ModalView;
}

/**
 * A submitted form: changes the callback, if nothing has changed since the form was opened. Else it says what has, keeps
 * what was entered, and can be submitted again. A second submission of the same does nothing.
 */
const submit =
  ({ read, again }: Form) =>
  async (call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> => {
    const { teamId, userId, view } = call;
    const form = await formOf(call, desk);
    if (!form) return gone(await desk.contextOf(userId));
    const { metadata, context, reader } = form;
    const entry = await read(call, form, desk);
    if ('errors' in entry) return { answer: { errors: entry.errors } };

    const row = await originRow(metadata, view, desk);
    const { callbackId, seen } = metadata;
    const result = await desk.callbacks.act({
      ...entry.change,
      teamId,
      callbackId,
      actorId: userId,
      message: messageOf(row),
      inForm: true,
      seen,
    });
    const afterwards = async () => {
      await showFromForm(view, row, result, desk);
      if (await reachedBefore(entry.change, result, desk)) await showFromForm(view, row, result, desk);
    };
    if (result.outcome === 'gone') return gone(context);
    if (result.outcome !== 'refused') return { answer: { close: true }, afterwards };
    const card = await desk.cards.find(teamId, callbackId);
    if (!card) return gone(context);
    const notice = movedWords(card, userId, context);
    return {
      answer: {
        show: again(card, call, { reader, metadata: metadataOf(card, metadata.outboxId), notice }, context),
      },
      afterwards,
    };
  };

const gone = (context: MessageContext): ViewAnswer => ({
  answer: { show: toldView(callbackGone(context).text, context) },
});

/** Who has it now, and that nothing of what was typed is lost. */
function movedWords({ callback }: CallbackCard, userId: string, context: MessageContext): string {
  const { t } = context;
  const isOwn = callback.state === 'claimed' && callback.ownerId === userId;
  const what = isOwn ? t('log.moved') : clickRefused(callback, userId, context).text;
  return `${what} ${t(isOwn ? 'log.saveAgain' : 'log.notSaved')}`;
}

export const submitLog = submit({
  read({ view }, { card, context, reader }) {
    const { t } = context;
    const { outcome } = logChoiceOf(view);
    const typed = entered(view).text(NOTE).trim();
    if (typed.length > NOTE_MAX) return { errors: { [NOTE]: t('log.noteTooLong', { max: NOTE_MAX }) } };
    const note = typed === '' ? null : typed;
    const end: Read = { change: { action: 'done', outcome, note } };
    if (!isAttempt(outcome)) return end;
    const chosen = chosenAt(view, { openingAt: card.openingAt, now: reader.now });
    if ('wrong' in chosen) return { errors: { [AT]: t(chosen.wrong) } };
    return 'ends' in chosen ? end : { change: { action: 'attempt', outcome, note, dueAt: chosen.at } };
  },
  again: (card, { view }, shown, context) =>
    logResultView(card, { ...shown, choice: logChoiceOf(view) }, context),
});

export const submitSnooze = submit({
  read({ view }, { card, context, reader }) {
    const chosen = chosenAt(view, { openingAt: card.openingAt, now: reader.now });
    if ('wrong' in chosen) return { errors: { [AT]: context.t(chosen.wrong) } };
    const at = 'at' in chosen ? chosen.at : null;
    return { change: { action: 'snooze', dueAt: at ?? card.openingAt } };
  },
  again: (card, { view }, shown, context) => snoozeView(card, { ...shown, when: whenOf(view) }, context),
});

export const submitAssign = submit({
  async read({ view }, { card, context }, desk) {
    const { t } = context;
    const toId = entered(view).user(ASSIGNEE);
    if (toId === null) return { errors: { [ASSIGNEE]: t('assign.missing') } };
    const { callback } = card;
    if (callback.state === 'claimed' && callback.ownerId === toId)
      return { errors: { [ASSIGNEE]: t('assign.already') } };
    if (toId === desk.botUserId || !(await desk.people.find(toId)).isPerson)
      return { errors: { [ASSIGNEE]: t('assign.noPerson') } };
    const assignee = { teamId: desk.teamId, userId: toId, channelId: null };
    const verdict = await desk.rights.judge(assignee, callback.vdn, 'claim');
    if (verdict !== 'yes')
      return { errors: { [ASSIGNEE]: t(verdict === 'no' ? 'assign.noRight' : 'assign.unknown') } };
    return { change: { action: 'assign', toId } };
  },
  again: (card, _call, shown, context) => assignView(card, shown, context),
});
