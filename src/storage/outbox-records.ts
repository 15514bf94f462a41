import type { OutboxDraft, OutboxRow } from '../outbox/outbox.ts';
import type { Learnt } from '../outbox/store.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

/** A row of the table. */
export interface OutboxRecord {
  seq: Bigint;
  id: string;
  created_at: Bigint;
  team_id: string;
  channel_id: string;
  kind: string;
  data: string;
  state: OutboxRow['state'];
  attempts: number;
  next_try_at: Bigint;
  sending_at: Bigint | null;
  posted_channel_id: string | null;
  ts: string | null;
  error: string | null;
  subscription_id: Bigint | null;
  list_id: string | null;
  thread_ts: string | null;
  page: number;
  wanted: number;
  shown: number;
  absent_looks: number;
  history_read_to: string | null;
  shrunk: number;
  unrendered: number;
  lost: number;
  lost_since: Bigint | null;
}

export const newRecord = (draft: OutboxDraft, state: OutboxRow['state'], now: number) => ({
  id: draft.id,
  created_at: now,
  team_id: draft.teamId,
  channel_id: draft.channelId,
  kind: draft.kind,
  data: JSON.stringify(draft.data),
  state,
  next_try_at: now,
  subscription_id: draft.subscriptionId ?? null,
  list_id: draft.listId ?? null,
  thread_ts: draft.threadTs ?? null,
});

export const fromRecord = (record: OutboxRecord): OutboxRow => ({
  id: record.id,
  teamId: record.team_id,
  channelId: record.channel_id,
  kind: record.kind,
  data: JSON.parse(record.data),
  state: record.state,
  createdAt: toNumber(record.created_at),
  attempts: record.attempts,
  nextTryAt: toNumber(record.next_try_at),
  sendingAt: toNumberOrNull(record.sending_at),
  postedChannelId: record.posted_channel_id,
  ts: record.ts,
  error: record.error,
  subscriptionId: toNumberOrNull(record.subscription_id),
  listId: record.list_id,
  threadTs: record.thread_ts,
  page: record.page,
  wanted: record.wanted,
  shown: record.shown,
  absentLooks: record.absent_looks,
  historyReadTo: record.history_read_to,
  shrunk: record.shrunk,
  unrendered: record.unrendered,
  lost: record.lost,
  lostSince: toNumberOrNull(record.lost_since),
});

export const firstOf = (records: OutboxRecord[]): OutboxRow | undefined =>
  records[0] && fromRecord(records[0]);

/** `returning` gives rows in any order. */
export const inOrder = (records: OutboxRecord[]): OutboxRow[] =>
  records.toSorted((a, b) => toNumber(a.seq) - toNumber(b.seq)).map(fromRecord);

export const learntColumns = ({ shrunk, unrendered, lost, lostSince }: Learnt) => ({
  ...(shrunk === undefined ? {} : { shrunk }),
  ...(unrendered === undefined ? {} : { unrendered }),
  ...(lost === undefined ? {} : { lost }),
  ...(lostSince === undefined ? {} : { lost_since: lostSince }),
});
