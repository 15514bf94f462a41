import { isPrivate, type OutboxRow } from '../../outbox/outbox.ts';
import type { Revision } from '../../outbox/store.ts';
import { ANSWER, type AnswerData } from '../../questions/answer.ts';
import type { ActionCall } from '../interactions.ts';
import type { ActionValue } from '../messages/actions.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** The desk's row of the message that was clicked; undefined when the desk does not know it (any more). */
export async function clickedRow(
  call: ActionCall,
  { outboxId }: ActionValue,
  { outbox }: SlackDesk,
): Promise<OutboxRow | undefined> {
  const { teamId, userId, channelId, messageTs } = call;
  if (call.ephemeral || !channelId || !messageTs) {
    const row = outboxId === null ? undefined : await outbox.find(outboxId);
    return row?.teamId === teamId && isPrivate(row) && isOf(row, userId) ? row : undefined;
  }
  const known = await outbox.byMessage(teamId, channelId, messageTs);
  if (known || outboxId === null) return known;
  // A message that the desk was not sure to have posted: the click proves it.
  const doubted = await outbox.find(outboxId);
  if (doubted?.teamId !== teamId) return undefined;
  if (isIn(doubted, call)) return outbox.confirm(outboxId, channelId, messageTs);
  return doubted.state === 'sent' ? doubted : undefined;
}

/** A private message is one person's alone. */
const isOf = ({ kind, data }: OutboxRow, userId: string) =>
  kind !== ANSWER || (data as AnswerData).askerId === userId;

/** Whether that is where the message was sent to: shared in another channel, its buttons work there, too, and prove nothing. */
const isIn = (row: OutboxRow, { channelId, userId }: Pick<ActionCall, 'channelId' | 'userId'>) =>
  row.channelId === channelId || (row.channelId === userId && channelId?.startsWith('D') === true);

/** Slack's clock and the desk's may differ by so much. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Whether the click comes from a message that this database never knew, as the one before it was restored from a backup
 * did: the callback that has that number here was opened only after the message was posted, and may be another caller's.
 */
export async function isForeign(
  { teamId, messageTs }: ActionCall,
  { outboxId, callbackId }: ActionValue,
  { outbox, cards }: SlackDesk,
): Promise<boolean> {
  if (messageTs === null || callbackId === null) return false;
  if (outboxId !== null && (await outbox.find(outboxId)) !== undefined) return false;
  const card = await cards.find(teamId, callbackId);
  return card !== undefined && card.callback.openedAt > Number(messageTs) * 1000 + CLOCKS_DIFFER_MS;
}

/**
 * Whether the clicked message shows how things stand. later: its edit will, but Slack takes nothing now. shared: another
 * organisation reads along, so that its list is shown no more. gone: somebody has deleted it, or the desk keeps it no more.
 */
export type Shown = 'shown' | 'later' | 'shared' | 'gone';

/** Shows the clicked message as things stand now, at once. `call`: the click in it, where it is known. */
export async function showAgain(
  row: OutboxRow,
  revision: Revision,
  call: Pick<ActionCall, 'reply' | 'channelId' | 'messageTs'> | undefined,
  desk: SlackDesk,
): Promise<Shown> {
  const revised = await desk.outbox.revise(row.id, revision);
  if (!revised) return 'gone';
  if (isPrivate(revised)) {
    // Only the click's own response_url reaches a private message; the outbox edits the others.
    if (!call) return 'later';
    await call.reply.replace(await desk.render(revised));
    return 'shown';
  }
  if (revised.state !== 'sent') return 'gone';
  const shared = await sharedNow(revised, desk);
  if (shared === true) return 'shared';
  if (revised.wanted <= revised.shown) return 'shown';
  // Slack takes no edit now (a 429, or it is down): the click's own way may be open.
  const isItself = call?.channelId === revised.postedChannelId && call?.messageTs === revised.ts;
  if (shared === 'unknown' || !call || !isItself) return 'later';
  return (await call.reply.replaceForNow(await desk.render(revised))) ? 'shown' : 'later';
}

/** Whether the message's list may not be shown where it is. */
async function sharedNow(
  { listId, channelId }: OutboxRow,
  { channels, numbersInSharedChannels }: SlackDesk,
): Promise<boolean | 'unknown'> {
  if (listId === null || numbersInSharedChannels) return false;
  const shared = await channels.shared(channelId);
  return typeof shared === 'boolean' ? shared : 'unknown';
}
