import type { CallbackCard } from '../../callbacks/card.ts';
import type { ActResult } from '../../callbacks/service.ts';
import { zoneOf } from '../../calls/vdn.ts';
import type { OutboxRow } from '../../outbox/outbox.ts';
import type { MessageContext } from '../i18n.ts';
import type { OpenView } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { callbackGone, clickMerged, clickRefused } from '../messages/click-replies.ts';
import type { SlackDesk } from '../slack-desk.ts';
import type { FormReader } from '../views/log-result.ts';
import { decodeMetadata, type FormMetadata } from '../views/metadata.ts';
import { showAgain } from './clicked.ts';

/** A form of a callback that somebody has open, with what it is about read anew: what it carries is not trusted. */
export interface CallbackForm {
  metadata: FormMetadata;
  card: CallbackCard;
  reader: FormReader;
  context: MessageContext;
}

/** undefined: the desk no longer keeps the callback. */
export async function formOf(
  { userId, view }: { userId: string; view: OpenView },
  desk: SlackDesk,
): Promise<CallbackForm | undefined> {
  const metadata = decodeMetadata(view.metadata);
  const card = metadata && (await desk.cards.find(desk.teamId, metadata.callbackId));
  if (!metadata || !card) return undefined;
  return {
    metadata,
    card,
    reader: await readerOf(userId, card, desk),
    context: await contextOfForm(userId, card, desk),
  };
}

/** A form is in no channel. */
export const contextOfForm = (
  userId: string,
  { vdn }: CallbackCard,
  desk: SlackDesk,
): Promise<MessageContext> => desk.contextFor({ teamId: desk.teamId, userId, channelId: null }, [vdn.number]);

export async function readerOf(userId: string, { vdn }: CallbackCard, desk: SlackDesk): Promise<FormReader> {
  const { timeZone } = await desk.people.find(userId);
  return { userId, timeZone: timeZone ?? zoneOf(vdn), now: desk.clock.now() };
}

/** The message that a form was opened from, of this workspace's; where it is known still. */
export async function originRow(
  { outboxId }: FormMetadata,
  { rootId }: Pick<OpenView, 'rootId'>,
  { outbox, modals, teamId }: SlackDesk,
): Promise<OutboxRow | undefined> {
  const origin = modals.origin(rootId);
  // What the form says and what was clicked are the same, or one of them is made up.
  if (origin && decodeAction(origin.value)?.outboxId !== outboxId) return undefined;
  const row = outboxId === null ? undefined : await outbox.find(outboxId);
  return row?.teamId === teamId ? row : undefined;
}

export const messageOf = (row: OutboxRow | undefined): string | null =>
  row?.postedChannelId && row.ts ? `${row.postedChannelId}/${row.ts}` : null;

/** Shows what was changed in a form: in the message that it was opened from at once, and in the newest other copies. */
export async function showFromForm(
  { rootId }: Pick<OpenView, 'rootId'>,
  row: OutboxRow | undefined,
  result: ActResult,
  desk: SlackDesk,
): Promise<void> {
  // The other messages that show it were marked with the decision.
  if (result.outcome === 'changed' || result.outcome === 'merged') desk.outbox.wake();
  desk.homes.wake();
  // What one person sees only changes through the click that opened the form.
  if (row) await showAgain(row, {}, desk.modals.origin(rootId), desk);
}

/** Why nothing was changed, in a sentence; undefined where something was, or had been. */
export function refusalOf(result: ActResult, userId: string, context: MessageContext): string | undefined {
  switch (result.outcome) {
    case 'changed':
    case 'repeated':
      return undefined;
    case 'merged':
      return clickMerged(result.into, context).text;
    case 'refused':
      return clickRefused(result.callback, userId, context).text;
    case 'gone':
      return callbackGone(context).text;
  }
}
