import type { ModalView } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import type { MessageContext } from '../i18n.ts';
import type { ActionCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, formLate } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { assignView } from '../views/assign.ts';
import { type FormReader, logResultView, NOTHING_CHOSEN } from '../views/log-result.ts';
import { type FormMetadata, metadataOf } from '../views/metadata.ts';
import { snoozeView } from '../views/snooze.ts';
import { DEFAULT_WHEN } from '../views/when.ts';
import { clickedRow, isForeign, showAgain } from './clicked.ts';
import { contextOfForm, readerOf } from './form.ts';

type Build = (
  card: CallbackCard,
  view: { reader: FormReader; metadata: FormMetadata },
  context: MessageContext,
) => ModalView;

const FORMS = {
  log: (card, view, context) => logResultView(card, { ...view, choice: NOTHING_CHOSEN }, context),
  snooze: (card, view, context) => snoozeView(card, { ...view, when: DEFAULT_WHEN }, context),
  assign: (card, view, context) => assignView(card, view, context),
} satisfies Record<string, Build>;

/** A button that opens a form, over the one that it is in: before anything else, as Slack lets it open for 3 s only. */
export const openForm =
  (form: keyof typeof FORMS) =>
  async (call: ActionCall, desk: SlackDesk): Promise<void> => {
    const value = decodeAction(call.value);
    if (!value?.callbackId) return call.reply.privately(unknownAction(await desk.contextOf(call.userId)));
    const [card, foreign] = await Promise.all([
      desk.cards.find(call.teamId, value.callbackId),
      isForeign(call, value, desk),
    ]);
    if (!card || foreign) return call.reply.privately(callbackGone(await desk.contextOf(call.userId)));
    const [reader, context] = await Promise.all([
      readerOf(call.userId, card, desk),
      contextOfForm(call.userId, card, desk),
    ]);
    const view = FORMS[form](card, { reader, metadata: metadataOf(card, value.outboxId) }, context);
    if (!(await desk.modals.open(call, view))) await call.reply.privately(formLate(context));
    // Older messages are brought up to date when somebody clicks them.
    const row = call.view ? undefined : await clickedRow(call, value, desk);
    if (row) await showAgain(row, {}, call, desk);
  };
