import type { Knex } from 'knex';
import type { CallWindow } from '../calls/call-list.ts';
import type { CallRecord } from './call-records.ts';

/** The calls of a VDN within a window. */
export function callsInWindow(knex: Knex, teamId: string, vdn: number, window: CallWindow) {
  const { afterSeq, uptoSeq, waitFromAt, waitToAt, endFromAt } = window;
  const query = knex<CallRecord>('missed_calls').where({ team_id: teamId, vdn });
  if (waitFromAt !== null) query.where('wait_begin_at', '>=', waitFromAt);
  if (waitToAt !== null) query.where('wait_begin_at', '<', waitToAt);
  // A window is narrow either by arrival or by time. The plus hides the wide one from the planner, which cannot tell.
  const [end, seq] = afterSeq > 0 ? ['+call_end_at', 'seq'] : ['call_end_at', '+seq'];
  if (endFromAt !== null) query.whereRaw(`${end} >= ?`, [endFromAt]);
  if (afterSeq > 0) query.where('seq', '>', afterSeq);
  return query.whereRaw(`${seq} <= ?`, [uptoSeq]);
}

/** The column by which such a window is narrow: its calls lie together in the index of that column. */
export function narrowBy({ afterSeq, waitFromAt, waitToAt, endFromAt }: CallWindow) {
  if (afterSeq > 0) return 'seq';
  if (waitFromAt !== null || waitToAt !== null) return 'wait_begin_at';
  return endFromAt !== null ? 'call_end_at' : 'seq';
}
