import type { Knex } from 'knex';
import type { HistoryStore } from '../privacy/export.ts';
import { type CallbackEventRecord, toCallbackEvent } from './callback-records.ts';

export function createHistoryStore(knex: Knex): HistoryStore {
  return {
    async history(teamId, vdns, { fromAt, toAt, afterId, limit }) {
      const records = await knex('callback_events as e')
        .join('callbacks as c', 'c.id', 'e.callback_id')
        .where('e.team_id', teamId)
        .where('e.id', '>', afterId)
        .where('e.at', '>=', fromAt)
        .where('e.at', '<', toAt)
        .whereIn('c.vdn', vdns)
        .orderBy('e.id')
        .limit(limit)
        .select<(CallbackEventRecord & { vdn: number })[]>('e.*', 'c.vdn');
      return records.map((record) => {
        const { id, at, actorId, action, callbackId, before, after } = toCallbackEvent(record);
        return {
          ...{ id, at, actorId, action, callbackId, vdn: record.vdn },
          fromState: before?.state ?? null,
          toState: after.state,
          fromOwnerId: before?.ownerId ?? null,
          toOwnerId: after.ownerId,
          // Of the change itself: a callback keeps what it came to.
          outcome:
            action === 'done' || action === 'expire' || action === 'reached'
              ? after.outcome
              : attemptOf(action, after.lastAttempt),
        };
      });
    },
  };
}

const attemptOf = (action: string, outcome: string | null) => (action === 'attempt' ? outcome : null);
