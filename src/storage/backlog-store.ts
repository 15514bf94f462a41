import type { Knex } from 'knex';
import type { BacklogStore } from '../watching/backlog.ts';
import { rowsOf } from './dialect.ts';
import { type Bigint, toNumber, toNumberOrNull } from './numbers.ts';
import { isServed } from './served.ts';

/** Reads what is to be done, in a few looks at small indexes. */
export function createBacklogStore(knex: Knex): BacklogStore {
  return {
    async read() {
      const [outbox] = await rowsOf<Record<keyof typeof OUTBOX, Bigint | null>>(knex, ALL_OF_OUTBOX);
      const [last] = await rowsOf<{ at: Bigint | null }>(
        knex,
        'select max(last_end_at) as at from vdn_syncs',
      );
      const vdns = await rowsOf<VdnRecord>(knex, VDNS);
      return {
        outbox: {
          pending: toNumber(outbox?.pending ?? 0),
          sending: toNumber(outbox?.sending ?? 0),
          edits: toNumber(outbox?.edits ?? 0),
          oldestAt: toNumberOrNull(outbox?.oldest ?? null),
        },
        lastSyncAt: toNumberOrNull(last?.at ?? null),
        vdns: vdns.map((record) => ({
          teamId: record.team_id,
          vdn: record.vdn,
          lastEndAt: toNumberOrNull(record.last_end_at),
          dueAt: toNumber(record.due_at),
        })),
      };
    },
  };
}

interface VdnRecord {
  team_id: string;
  vdn: number;
  last_end_at: Bigint | null;
  due_at: Bigint;
}

/** In the words of the indexes that the deliveries use. What waits for a workspace that has left is no backlog. */
const SERVED = isServed('outbox');
const OUTBOX = {
  pending: `select count(*) from outbox where state = 'pending' and ${SERVED}`,
  sending: `select count(*) from outbox where state = 'sending' and ${SERVED}`,
  edits: `select count(*) from outbox where state = 'sent' and wanted > shown and ${SERVED}`,
  oldest: `select min(created_at) from outbox where state in ('pending', 'sending') and ${SERVED}`,
};
const ALL_OF_OUTBOX = `select ${Object.entries(OUTBOX)
  .map(([name, look]) => `(${look}) as ${name}`)
  .join(', ')}`;

const VDNS = `
  select s.team_id, s.vdn, max(v.last_end_at) as last_end_at, min(s.next_run_at) as due_at
  from subscriptions s left join vdn_syncs v on v.team_id = s.team_id and v.vdn = s.vdn
  where s.state = 'active' and ${isServed('s')} group by s.team_id, s.vdn order by s.team_id, s.vdn`;
