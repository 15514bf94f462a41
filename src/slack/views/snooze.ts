import type { ModalView } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import type { MessageContext } from '../i18n.ts';
import { section } from '../messages/message.ts';
import { callerBlocks } from './caller.ts';
import type { FormReader } from './log-result.ts';
import { encodeMetadata, type FormMetadata } from './metadata.ts';
import { modal } from './view.ts';
import { type When, whenInputs } from './when.ts';

export const SNOOZE = 'snooze';

export interface SnoozeView {
  reader: FormReader;
  metadata: FormMetadata;
  when: When;
  /** Why it was not taken. */
  notice?: string;
}

/** Until when its owner wants to hear nothing of it. */
export function snoozeView(card: CallbackCard, view: SnoozeView, context: MessageContext): ModalView {
  const { t } = context;
  const { reader, when, notice } = view;
  const { timeZone, now } = reader;
  const words = { title: t('snooze.title'), close: t('log.cancel'), submit: t('snooze.submit') };
  const parts = {
    when,
    isAttempt: false,
    label: t('snooze.until'),
    openingAt: card.openingAt,
    timeZone,
    now,
  };
  return modal(SNOOZE, encodeMetadata(view.metadata), words, [
    ...callerBlocks(card, timeZone, context),
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    ...whenInputs(parts, context),
  ]);
}
