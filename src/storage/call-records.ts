import type { StoredCall } from '../calls/missed-call.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

/** A row of the table missed_calls, as the columns of `CALL_COLUMNS` give it. */
export interface CallRecord {
  seq: Bigint;
  team_id: string;
  vdn: number;
  call_id: string;
  caller_no: string;
  callee_no: string;
  wait_begin_raw: string;
  call_end_raw: string;
  wait_begin_at: Bigint;
  call_end_at: Bigint;
  media_type: number | null;
  sub_media_type: number | null;
  caller_key: string | null;
  callback_id: Bigint | null;
}

export const CALL_COLUMNS = [
  'seq',
  'vdn',
  'call_id',
  'caller_no',
  'callee_no',
  'wait_begin_raw',
  'call_end_raw',
  'wait_begin_at',
  'call_end_at',
  'media_type',
  'sub_media_type',
  'caller_key',
  'callback_id',
] as const satisfies readonly (keyof CallRecord)[];

export const storedCall = (record: CallRecord): StoredCall => ({
  seq: toNumber(record.seq),
  vdn: record.vdn,
  callId: record.call_id,
  callerNo: record.caller_no,
  calleeNo: record.callee_no,
  waitBeginRaw: record.wait_begin_raw,
  callEndRaw: record.call_end_raw,
  waitBeginAt: toNumber(record.wait_begin_at),
  callEndAt: toNumber(record.call_end_at),
  mediaType: record.media_type,
  subMediaType: record.sub_media_type,
  callerKey: record.caller_key,
  callbackId: toNumberOrNull(record.callback_id),
});
