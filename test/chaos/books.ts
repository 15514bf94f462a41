import createKnex, { type Knex } from 'knex';
import type { CallbackEvent, Outcome, Situation } from '../../src/callbacks/callback.ts';
import { ANSWER } from '../../src/questions/answer.ts';
import { isPostgres } from '../../src/storage/dialect.ts';

/** A change of a callback, as the desk has written it down. */
export interface WrittenEvent {
  id: number;
  callbackId: number;
  at: number;
  actorId: string | null;
  action: CallbackEvent['action'];
  fromState: string | null;
  toState: string;
  fromOwnerId: string | null;
  toOwnerId: string | null;
  /** null where calls opened it, or joined it. */
  before: Situation | null;
  after: Situation | null;
}

export interface WrittenCallback {
  id: number;
  vdn: number;
  callerKey: string;
  state: string;
  ownerId: string | null;
  outcome: Outcome | null;
  openedBy: string;
  mergedInto: number | null;
}

/** A question that the desk has written down, to answer it. */
export interface WrittenQuestion {
  askerId: string;
  asked: string;
  askedAt: number;
}

/** The desks' database, as an auditor reads it. */
export interface Books {
  /** What is not finished, in words. `now`: by the world's clock. */
  underWay(now: number): Promise<string[]>;
  /** When the desk looks at the next callback by itself; undefined: at none. */
  nextWakeAt(): Promise<number | undefined>;
  /** How many notices wait for what may follow them. */
  waitingNotices(): Promise<number>;
  callbacks(): Promise<WrittenCallback[]>;
  /** Oldest first. */
  events(): Promise<WrittenEvent[]>;
  questions(): Promise<WrittenQuestion[]>;
  /** Messages that the desk gave up: kind and Slack's error. */
  failed(): Promise<string[]>;
  close(): Promise<void>;
}

type Count = Record<'count', number | string>;

export function openBooks(databaseUrl: string): Books {
  const knex = openToRead(databaseUrl);
  const count = async (query: Knex.QueryBuilder, what: string) => {
    const [row] = (await query.count({ count: '*' })) as Count[];
    const number = Number(row?.count ?? 0);
    return number > 0 ? [`${number} ${what}`] : [];
  };

  return {
    async underWay(now) {
      return [
        ...(await count(knex('outbox').whereIn('state', ['pending', 'sending']), 'messages to send')),
        ...(await count(
          knex('outbox').where('state', 'sent').whereRaw('wanted > shown'),
          'messages to edit',
        )),
        ...(await count(
          knex('subscriptions')
            .where('state', 'active')
            .whereRaw('coalesce(retry_at, next_run_at) <= ?', [now]),
          'digests due',
        )),
        ...(await count(knex('callbacks').where('wake_at', '<=', now), 'callbacks due')),
        // Those of the dead end by themselves; the rows stay until somebody wants the same again.
        ...(await count(isPostgres(knex) ? knex('leases').whereRaw(LASTING) : knex('leases'), 'leases')),
      ];
    },
    async nextWakeAt() {
      const next = await knex('callbacks').min({ at: 'wake_at' }).first();
      return next?.at == null ? undefined : Number(next.at);
    },
    async waitingNotices() {
      const [row] = (await knex('waiting_notices').count({ count: '*' })) as Count[];
      return Number(row?.count ?? 0);
    },
    async callbacks() {
      const rows = await knex('callbacks').orderBy('id');
      return rows.map((row) => ({
        id: Number(row.id),
        vdn: row.vdn,
        callerKey: row.caller_key,
        state: row.state,
        ownerId: row.owner_id,
        outcome: row.outcome,
        openedBy: row.opened_by,
        mergedInto: row.merged_into === null ? null : Number(row.merged_into),
      }));
    },
    async events() {
      const rows = await knex('callback_events').orderBy('id');
      return rows.map((row) => ({
        id: Number(row.id),
        callbackId: Number(row.callback_id),
        at: Number(row.at),
        actorId: row.actor_id,
        action: row.action,
        fromState: row.from_state,
        toState: row.to_state,
        fromOwnerId: row.from_owner_id,
        toOwnerId: row.to_owner_id,
        before: row.before === null ? null : JSON.parse(row.before),
        after: row.after === null ? null : JSON.parse(row.after),
      }));
    },
    async questions() {
      const rows = await knex('outbox').where('kind', ANSWER);
      return rows.map(({ data }) => (typeof data === 'string' ? JSON.parse(data) : data) as WrittenQuestion);
    },
    async failed() {
      const rows = await knex('outbox').where('state', 'failed');
      return rows.map((row) => `${row.kind}: ${row.error}`);
    },
    close: () => knex.destroy(),
  };
}

/** By the database's own time, as leases are. */
const LASTING = 'ends_at > extract(epoch from clock_timestamp()) * 1000';

function openToRead(databaseUrl: string): Knex {
  if (!databaseUrl.startsWith('sqlite:')) return createKnex({ client: 'pg', connection: databaseUrl });
  return createKnex({
    client: 'sqlite3',
    connection: { filename: databaseUrl.slice('sqlite:'.length) },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}
