import type { WebClient } from '@slack/web-api';
import type { HistoryWindow, LookResult, OutboxRow, Place } from '../outbox/outbox.ts';
import { classOf, remedyFor } from './error-names.ts';
import { slackFailure } from './slack-error.ts';

/** event_type of the metadata that every posted message carries. */
export const METADATA_TYPE = 'missed_call_desk';
/** Slack's advice for one page of history; it may give fewer rows, for some apps never more than 15. */
const HISTORY_ROWS = 200;
/** More has no channel in the few minutes that are looked at. */
const HISTORY_MOST = 1000;
/** Slack's side failed, or its answer was lost. */
const BROKEN_MS = 60_000;
const HISTORY = 'conversations.history';

/** Looks for rows of one channel, in it and in the threads that they are replies in. */
export async function lookForEach(
  rows: readonly OutboxRow[],
  window: HistoryWindow,
  client: WebClient,
  channel: string,
): Promise<LookResult> {
  const found = new Map<string, Place>();
  for (const [threadTs, group] of Map.groupBy(rows, (row) => row.threadTs)) {
    const ids = new Set(group.map(({ id }) => id));
    const look =
      threadTs === null
        ? await lookFor(ids, window, client, channel)
        : await lookInThread(ids, { ...window, threadTs }, client, channel);
    if ('found' in look) for (const [id, place] of look.found) found.set(id, place);
    if (look.outcome === 'later') return { ...look, found };
    if (look.outcome !== 'read') return look;
  }
  return { outcome: 'read', found };
}

/** A thread is short: it is read whole, within the window. */
async function lookInThread(
  ids: ReadonlySet<string>,
  { sinceAt, untilAt, readTo, threadTs }: HistoryWindow & { threadTs: string },
  client: WebClient,
  channel: string,
): Promise<LookResult> {
  const found = new Map<string, Place>();
  let cursor = '';
  try {
    do {
      const { messages = [], response_metadata } = await client.conversations.replies({
        channel,
        ts: threadTs,
        oldest: slackTime(sinceAt),
        latest: slackTime(untilAt),
        limit: HISTORY_ROWS,
        include_all_metadata: true,
        ...(cursor && { cursor }),
      });
      noteFound(messages, ids, channel, found);
      cursor = response_metadata?.next_cursor ?? '';
    } while (cursor);
    return { outcome: 'read', found };
  } catch (error) {
    return cutShort(error, readTo, found);
  }
}

/** Looks for UUIDs in the metadata of a channel's messages, newest first, page by page until all are found. */
async function lookFor(
  ids: ReadonlySet<string>,
  { sinceAt, untilAt, readTo }: HistoryWindow,
  client: WebClient,
  channel: string,
): Promise<LookResult> {
  const found = new Map<string, Place>();
  let latest = readTo ?? slackTime(untilAt);
  let cursor = '';
  let rows = 0;
  try {
    while (rows < HISTORY_MOST) {
      const { messages = [], response_metadata } = await client.conversations.history({
        channel,
        oldest: slackTime(sinceAt),
        latest: readTo ?? slackTime(untilAt),
        limit: HISTORY_ROWS,
        include_all_metadata: true,
        ...(cursor && { cursor }),
      });
      noteFound(messages, ids, channel, found);
      rows += messages.length;
      latest = messages.at(-1)?.ts ?? latest;
      cursor = response_metadata?.next_cursor ?? '';
      if (!cursor || found.size === ids.size) return { outcome: 'read', found };
    }
    return { outcome: 'unreadable', error: 'too_many_messages' };
  } catch (error) {
    return cutShort(error, rows > 0 ? latest : readTo, found);
  }
}

function noteFound(
  messages: readonly { metadata?: { event_type?: string; event_payload?: object }; ts?: string }[],
  ids: ReadonlySet<string>,
  channelId: string,
  found: Map<string, Place>,
): void {
  for (const { metadata, ts } of messages) {
    const id = idIn(metadata);
    if (id !== undefined && ids.has(id) && ts) found.set(id, { channelId, ts });
  }
}

function cutShort(error: unknown, readTo: string | null, found: ReadonlyMap<string, Place>): LookResult {
  const failure = slackFailure(error);
  if (failure.kind === 'later') return { outcome: 'later', afterMs: failure.afterMs, readTo, found };
  const sort = classOf(failure.error, HISTORY);
  if (sort === 'shut-out')
    return { outcome: 'shut-out', error: failure.error, remedy: remedyFor(failure.error) };
  if (failure.kind === 'unknown' || sort === 'way')
    return { outcome: 'later', afterMs: BROKEN_MS, readTo, found };
  return { outcome: 'unreadable', error: failure.error };
}

/** Slack counts in seconds, with six places. */
const slackTime = (at: number) => (at / 1000).toFixed(6);

/** The UUID in a message's metadata, where it is one of the desk's. */
function idIn(metadata: { event_type?: string; event_payload?: object } | undefined): string | undefined {
  const { event_type: type, event_payload: payload } = metadata ?? {};
  if (type !== METADATA_TYPE || !payload || !('id' in payload)) return undefined;
  return typeof payload.id === 'string' ? payload.id : undefined;
}
