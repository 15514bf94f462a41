import type { SubscriptionChange } from '../digests/store.ts';
import type { Subscription } from '../digests/subscription.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

/** A row of the table. */
export interface SubscriptionRecord {
  id: Bigint;
  team_id: string;
  number: number;
  channel_id: string;
  vdn: number;
  schedule: string;
  state: Subscription['state'];
  paused_by: Subscription['pausedBy'];
  pause_error: string | null;
  created_by: string;
  created_at: Bigint;
  starts_at: Bigint;
  cursor: Bigint;
  previous_end_at: Bigint;
  next_run_at: Bigint;
  retry_at: Bigint | null;
  failures: number;
  down_told_at: Bigint | null;
  gap_cause: Subscription['gapCause'];
}

export const fromRecord = (record: SubscriptionRecord): Subscription => ({
  id: toNumber(record.id),
  teamId: record.team_id,
  number: record.number,
  channelId: record.channel_id,
  vdn: record.vdn,
  schedule: JSON.parse(record.schedule),
  state: record.state,
  pausedBy: record.paused_by,
  pauseError: record.pause_error,
  createdBy: record.created_by,
  createdAt: toNumber(record.created_at),
  startsAt: toNumber(record.starts_at),
  cursor: toNumber(record.cursor),
  previousEndAt: toNumber(record.previous_end_at),
  nextRunAt: toNumber(record.next_run_at),
  retryAt: toNumberOrNull(record.retry_at),
  failures: record.failures,
  downToldAt: toNumberOrNull(record.down_told_at),
  gapCause: record.gap_cause,
});

/** The columns to set; what the change leaves out stays as it is. */
export function changedColumns(change: SubscriptionChange): Partial<SubscriptionRecord> {
  const columns = {
    schedule: change.schedule && JSON.stringify(change.schedule),
    state: change.state,
    paused_by: change.pausedBy,
    pause_error: change.pauseError,
    starts_at: change.startsAt,
    cursor: change.cursor,
    previous_end_at: change.previousEndAt,
    next_run_at: change.nextRunAt,
    retry_at: change.retryAt,
    failures: change.failures,
    down_told_at: change.downToldAt,
    gap_cause: change.gapCause,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** What has to be as it was read for a change to be made: all that a run or a person's command moves. */
export const unmoved = (read: Subscription) => ({
  id: read.id,
  cursor: read.cursor,
  state: read.state,
  paused_by: read.pausedBy,
  starts_at: read.startsAt,
  previous_end_at: read.previousEndAt,
  next_run_at: read.nextRunAt,
  failures: read.failures,
  schedule: JSON.stringify(read.schedule),
});
