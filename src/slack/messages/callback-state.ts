import type { Button } from '@slack/types';
import type { Callback } from '../../callbacks/callback.ts';
import type { CallerDisplay } from '../../calls/caller.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, type ActionValue, actionId, encodeAction } from './actions.ts';
import { callerName } from './caller-label.ts';
import { button } from './message.ts';

/** Who calls back, or has, since when: "" while nobody does. `moment` says a time (epoch ms) as the message says its others. */
export function stateWords(
  callback: Callback,
  moment: (at: number) => string,
  { t }: MessageContext,
): string {
  if (callback.state === 'open') return '';
  const time = moment(callback.doneAt ?? callback.since);
  const owner = callback.ownerId === null ? null : mention(callback.ownerId);
  if (callback.state === 'claimed') return t('row.claimed', { owner: owner ?? '?', time });
  return owner === null ? t('row.doneByDesk', { time }) : t('row.done', { owner, time });
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
  return BUTTONS[callback.state].map((action) =>
    button(
      t(`button.${action}`),
      actionId(ACTIONS[action], callback.id),
      value,
      t(SPOKEN_LABELS[action], { caller: name }),
    ),
  );
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
