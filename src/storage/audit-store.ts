import type { Knex } from 'knex';
import type { Audit, AuditEntry } from '../audit.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';

export function createAuditStore(knex: Knex): Audit {
  return {
    async write({ teamId, at, actorId, action, vdn, callbackId, detail }) {
      await knex('audit').insert({
        team_id: teamId,
        at,
        actor_id: actorId,
        action,
        vdn,
        callback_id: callbackId,
        detail: JSON.stringify(detail),
      });
    },

    async read(teamId, { fromAt, toAt, afterId, limit }) {
      const records = await knex<AuditRecord>('audit')
        .where({ team_id: teamId })
        .where('at', '>=', fromAt)
        .where('at', '<', toAt)
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit);
      return records.map(toEntry);
    },
  };
}

interface AuditRecord {
  id: Bigint;
  team_id: string;
  at: Bigint;
  actor_id: string | null;
  action: AuditEntry['action'];
  vdn: number | null;
  callback_id: Bigint | null;
  detail: string;
}

const toEntry = (record: AuditRecord): AuditEntry & { id: number } => ({
  id: toNumber(record.id),
  teamId: record.team_id,
  at: toNumber(record.at),
  actorId: record.actor_id,
  action: record.action,
  vdn: record.vdn,
  callbackId: toNumberOrNull(record.callback_id),
  detail: JSON.parse(record.detail) as AuditEntry['detail'],
});
