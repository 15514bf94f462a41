import type { Button } from '@slack/types';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, actionId, encodeAction } from './actions.ts';
import { button } from './message.ts';

/** "Ask more", or "Ask again": the question as a form, with the message's VDN and hours in it; none where the message is not kept. */
export function askButton(
  outboxId: string | null,
  { t }: MessageContext,
  label: 'button.ask' | 'button.askAgain' = 'button.ask',
): Button | undefined {
  if (outboxId === null) return undefined;
  const value = encodeAction({ page: 0, callbackId: null, outboxId });
  return button(t(label), actionId(ACTIONS.ask, 1), value, t('button.askAbout'));
}
