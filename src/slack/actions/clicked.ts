import type { ActResult } from '../../callbacks/service.ts';
import type { OutboxRow } from '../../outbox/outbox.ts';
import type { Revision } from '../../outbox/store.ts';
import type { ActionCall } from '../interactions.ts';
import type { ActionValue } from '../messages/actions.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** The desk's row of the message that was clicked; undefined when the desk does not know it (any more). */
export async function clickedRow(
  call: ActionCall,
  { outboxId }: ActionValue,
  { outbox }: SlackDesk,
): Promise<OutboxRow | undefined> {
  const { teamId, channelId, messageTs } = call;
  if (call.ephemeral || !channelId || !messageTs) {
    const row = outboxId === null ? undefined : await outbox.find(outboxId);
    return row?.teamId === teamId && row.state === 'private' ? row : undefined;
  }
  const known = await outbox.byMessage(teamId, channelId, messageTs);
  if (known || outboxId === null) return known;
  // A message that the desk was not sure to have posted: the click proves it.
  const doubted = await outbox.find(outboxId);
  return doubted?.teamId === teamId ? outbox.confirm(outboxId, channelId, messageTs) : undefined;
}

/** The callbacks whose other copies are out of date now. */
export function changedIds(result: ActResult): number[] {
  if (result.outcome === 'changed') return [result.callback.id];
  if (result.outcome === 'merged') return [result.callback.id, result.into.id];
  return [];
}

/** Shows the clicked message as things stand now, at once. `call`: the click in it; a private one needs it. */
export async function showAgain(
  row: OutboxRow,
  revision: Revision,
  call: ActionCall | undefined,
  { outbox, render }: SlackDesk,
): Promise<void> {
  const revised = await outbox.revise(row.id, revision);
  // Only the click's own response_url reaches a private message; the outbox edits the others.
  if (revised?.state === 'private') await call?.reply.replace(await render(revised));
}
