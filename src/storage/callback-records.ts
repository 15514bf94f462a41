import type { Callback, CallbackEvent } from '../callbacks/callback.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

/** A row of the table callbacks. */
export interface CallbackRecord {
  id: Bigint;
  team_id: string;
  vdn: number;
  caller_key: string;
  state: Callback['state'];
  owner_id: string | null;
  since: Bigint;
  opened_at: Bigint;
  opened_by: Callback['openedBy'];
  done_at: Bigint | null;
  merged_into: Bigint | null;
}

export const toCallback = (record: CallbackRecord): Callback => ({
  id: toNumber(record.id),
  teamId: record.team_id,
  vdn: record.vdn,
  callerKey: record.caller_key,
  state: record.state,
  ownerId: record.owner_id,
  since: toNumber(record.since),
  openedAt: toNumber(record.opened_at),
  openedBy: record.opened_by,
  doneAt: toNumberOrNull(record.done_at),
  mergedInto: toNumberOrNull(record.merged_into),
});

/** A row of the table callback_events. */
export interface CallbackEventRecord {
  id: Bigint;
  team_id: string;
  callback_id: Bigint;
  at: Bigint;
  actor_id: string | null;
  action: CallbackEvent['action'];
  from_state: CallbackEvent['fromState'];
  to_state: CallbackEvent['toState'];
  from_owner_id: string | null;
  to_owner_id: string | null;
  message: string | null;
}

export const toCallbackEvent = (record: CallbackEventRecord): CallbackEvent => ({
  id: toNumber(record.id),
  callbackId: toNumber(record.callback_id),
  at: toNumber(record.at),
  actorId: record.actor_id,
  action: record.action,
  fromState: record.from_state,
  toState: record.to_state,
  fromOwnerId: record.from_owner_id,
  toOwnerId: record.to_owner_id,
  message: record.message,
});
