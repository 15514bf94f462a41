import type { ModalView } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import { momentToken } from '../dates.ts';
import type { MessageContext } from '../i18n.ts';
import { stateWords } from '../messages/callback-state.ts';
import { section } from '../messages/message.ts';
import { callerBlocks } from './caller.ts';
import type { FormReader } from './log-result.ts';
import { encodeMetadata, type FormMetadata } from './metadata.ts';
import { input, modal } from './view.ts';

export const ASSIGN = 'assign';

/** The block's id. */
export const ASSIGNEE = 'assignee';

export interface AssignView {
  reader: FormReader;
  metadata: FormMetadata;
  /** Why it was not taken. */
  notice?: string;
}

/** Who is to call back. */
export function assignView(card: CallbackCard, view: AssignView, context: MessageContext): ModalView {
  const { t } = context;
  const { reader, notice } = view;
  const { userId, timeZone } = reader;
  const words = { title: t('assign.title'), close: t('log.cancel'), submit: t('assign.submit') };
  const standing = stateWords(card.callback, (at) => momentToken(at, timeZone), context, userId);
  return modal(ASSIGN, encodeMetadata(view.metadata), words, [
    ...callerBlocks(card, timeZone, context),
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    ...(standing === '' ? [] : [section(standing)]),
    input(
      ASSIGNEE,
      t('assign.to'),
      { type: 'users_select', action_id: ASSIGNEE },
      { hint: t('assign.hint') },
    ),
  ]);
}
