import type { Callback, CallbackEvent, CallbackState, Situation } from '../callbacks/callback.ts';
import { CHANGES, type LastChange, opened } from '../callbacks/state.ts';
import type { ReachProof } from '../calls/reached.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

/** A row of the table callbacks. */
export interface CallbackRecord {
  id: Bigint;
  team_id: string;
  vdn: number;
  caller_key: string;
  state: CallbackState;
  owner_id: string | null;
  since: Bigint;
  outcome: Callback['outcome'];
  note: string | null;
  attempts: number;
  last_attempt: Callback['lastAttempt'];
  due_at: Bigint | null;
  raised: number;
  /** ReachProof as JSON. */
  proof: string | null;
  opened_at: Bigint;
  opened_by: Callback['openedBy'];
  done_at: Bigint | null;
  merged_into: Bigint | null;
  touched_at: Bigint;
  reminded_at: Bigint | null;
  /** When the first of its calls began to wait. */
  waiting_since: Bigint;
  /** When the desk has to look at it next; null: never, it is done. */
  wake_at: Bigint | null;
}

export const toSituation = (record: CallbackRecord): Situation => ({
  state: record.state,
  ownerId: record.owner_id,
  since: toNumber(record.since),
  outcome: record.outcome,
  note: record.note,
  attempts: record.attempts,
  lastAttempt: record.last_attempt,
  dueAt: toNumberOrNull(record.due_at),
  doneAt: toNumberOrNull(record.done_at),
  raised: record.raised,
  proof: record.proof === null ? null : (JSON.parse(record.proof) as ReachProof),
});

/** The columns of a situation. */
export const situationColumns = (situation: Situation) => ({
  state: situation.state,
  owner_id: situation.ownerId,
  since: situation.since,
  outcome: situation.outcome,
  note: situation.note,
  attempts: situation.attempts,
  last_attempt: situation.lastAttempt,
  due_at: situation.dueAt,
  done_at: situation.doneAt,
  raised: situation.raised,
  proof: situation.proof && JSON.stringify(situation.proof),
});

export const toCallback = (record: CallbackRecord): Callback => ({
  ...toSituation(record),
  id: toNumber(record.id),
  teamId: record.team_id,
  vdn: record.vdn,
  callerKey: record.caller_key,
  openedAt: toNumber(record.opened_at),
  openedBy: record.opened_by,
  mergedInto: toNumberOrNull(record.merged_into),
  touchedAt: toNumber(record.touched_at),
  remindedAt: toNumberOrNull(record.reminded_at),
});

/** A row of the table callback_events. */
export interface CallbackEventRecord {
  id: Bigint;
  team_id: string;
  callback_id: Bigint;
  at: Bigint;
  actor_id: string | null;
  action: CallbackEvent['action'];
  from_state: CallbackState | null;
  to_state: CallbackState;
  from_owner_id: string | null;
  to_owner_id: string | null;
  before: string | null;
  after: string | null;
  message: string | null;
}

export function toCallbackEvent(record: CallbackEventRecord): CallbackEvent {
  const at = toNumber(record.at);
  // Set-based statements and older desks write the states and owners alone.
  const partly = (state: CallbackState, ownerId: string | null): Situation => ({
    ...opened(at),
    state,
    ownerId,
    doneAt: state === 'done' ? at : null,
  });
  return {
    id: toNumber(record.id),
    callbackId: toNumber(record.callback_id),
    at,
    actorId: record.actor_id,
    action: record.action,
    before:
      situationIn(record.before) ??
      (record.from_state === null ? null : partly(record.from_state, record.from_owner_id)),
    after: situationIn(record.after) ?? partly(record.to_state, record.to_owner_id),
    message: record.message,
  };
}

/** What the desk wrote itself, in this shape. */
const situationIn = (json: string | null) => (json === null ? null : (JSON.parse(json) as Situation));

/** The event as the last change; null where it is none. */
export function toLastChange(record: CallbackEventRecord | undefined): LastChange | null {
  const action = CHANGES.find((one) => one === record?.action);
  if (!record || !action) return null;
  const { id, actorId, at, before, after } = toCallbackEvent(record);
  return { id, action, actorId, at, before, toState: after.state };
}
