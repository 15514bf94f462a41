import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from './backlog.ts';

/** Slack's own limit, for the counter of acks that were too late. */
const ACK_WITHIN_MS = 3_000;
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30];

/** Results that are told as 0 from the first call on: Prometheus sees no increase in what begins with 1. */
const ALERTED = { slack: ['shut-out'], centre: ['credentials', 'address-not-allowed'] };

/** What is asked of the desk only when somebody looks. */
export interface Now {
  at: number;
  /** By what is checked. */
  ready: Readonly<Record<string, boolean>>;
  /** What is wrong with the database; null: nothing that is known. */
  trouble: string | null;
  /** null: it does not answer. */
  backlog: Backlog | null;
  /** Where the database's file is; null: there is none. */
  freeBytes: number | null;
}

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * All that the desk counts and measures. Labels are names of the desk's own, VDNs and workspaces: never a caller, a person, or
 * what anybody said. `ofProcess`: memory, CPU and the event loop, too.
 */
export function createMetrics({ ofProcess }: { ofProcess: boolean }) {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name, help, labelNames, registers, buckets: SECONDS });

  const syncs = counter('desk_syncs_total', 'Syncs of a VDN, by what they were for and how they ended.', [
    'team',
    'vdn',
    'why',
    'result',
  ]);
  const rows = counter(
    'desk_sync_rows_total',
    'Rows that syncs brought: all, and of these the new ones and the odd ones.',
    ['team', 'vdn', 'rows'],
  );
  const syncSeconds = histogram('desk_sync_seconds', 'How long syncs took, with waiting for their turn.', [
    'why',
    'result',
  ]);
  const slackSeconds = histogram('desk_slack_request_seconds', 'Calls to Slack, each try.', [
    'method',
    'result',
  ]);
  const centreSeconds = histogram(
    'desk_centre_request_seconds',
    'Answers of the contact centre, a page each, with tries again.',
    ['operation', 'result'],
  );
  const ackSeconds = histogram('desk_ack_seconds', 'How long Slack waited for acks.', ['payload']);
  const lateAcks = counter('desk_acks_late_total', 'Acks after more than 3 s, and payloads without any.', [
    'payload',
  ]);
  const changes = counter(
    'desk_callback_changes_total',
    'What people did to callbacks (claim, …), and what came of it.',
    ['action', 'outcome'],
  );

  const lag = gauge(
    'desk_vdn_lag_seconds',
    'How long ago the calls of a VDN with digests were known. Per database.',
    ['team', 'vdn'],
  );
  const overdue = gauge(
    'desk_digest_overdue_seconds',
    'How long a digest of a VDN has been due. Per database.',
    ['team', 'vdn'],
  );
  const outbox = gauge(
    'desk_outbox_messages',
    'Messages to be posted, being posted or in doubt, and to be edited. Per database.',
    ['state'],
  );
  const oldest = gauge(
    'desk_outbox_oldest_seconds',
    'Age of the oldest message that is not in Slack. Per database.',
  );
  const ready = gauge('desk_ready', '1: the desk can work, as /readyz says.', ['check']);
  const trouble = gauge('desk_database_trouble', '1: the database cannot be used as it should.', ['trouble']);
  const free = gauge('desk_database_free_bytes', 'Room for the database file (SQLite).');
  if (ofProcess) collectDefaultMetrics({ register: registry });

  const slackMethods = new Set<string>();
  const operations = new Set<string>();

  return {
    registry,

    synced(of: { teamId: string; vdn: number; why: string; result: string; ms: number }) {
      const { teamId: team, vdn, why, result, ms } = of;
      syncs.inc({ team, vdn, why, result });
      syncSeconds.observe({ why, result }, ms / 1000);
    },
    brought(
      { teamId: team, vdn }: { teamId: string; vdn: number },
      counts: Readonly<Record<string, number>>,
    ) {
      for (const [name, count] of Object.entries(counts)) rows.inc({ team, vdn, rows: name }, count);
    },
    slackCalled(method: string, result: string, ms: number) {
      if (!slackMethods.has(method))
        for (const none of ALERTED.slack) slackSeconds.zero({ method, result: none });
      slackMethods.add(method);
      slackSeconds.observe({ method, result }, ms / 1000);
    },
    centreAsked(operation: string, result: string, ms: number) {
      if (!operations.has(operation))
        for (const none of ALERTED.centre) centreSeconds.zero({ operation, result: none });
      operations.add(operation);
      centreSeconds.observe({ operation, result }, ms / 1000);
    },
    /** null: Slack got no ack. */
    acked(payload: string, ms: number | null) {
      if (ms !== null) ackSeconds.observe({ payload }, ms / 1000);
      lateAcks.inc({ payload }, ms === null || ms > ACK_WITHIN_MS ? 1 : 0);
    },
    changed(action: string, outcome: string) {
      changes.inc({ action, outcome });
    },

    /** In the text format of Prometheus. */
    async text(now: Now): Promise<string> {
      for (const one of [lag, overdue, outbox, trouble]) one.reset();
      // What is not known is not told as 0.
      for (const one of [oldest, free]) one.remove();
      for (const [check, is] of Object.entries(now.ready)) ready.set({ check }, is ? 1 : 0);
      if (now.trouble !== null) trouble.set({ trouble: now.trouble }, 1);
      if (now.freeBytes !== null) free.set(now.freeBytes);
      for (const { teamId: team, vdn, lastEndAt, dueAt } of now.backlog?.vdns ?? []) {
        if (lastEndAt !== null) lag.set({ team, vdn }, since(lastEndAt, now.at));
        overdue.set({ team, vdn }, since(dueAt, now.at));
      }
      if (now.backlog) {
        const { oldestAt, pending, sending, edits } = now.backlog.outbox;
        for (const [state, count] of Object.entries({ pending, sending, edits }))
          outbox.set({ state }, count);
        oldest.set(oldestAt === null ? 0 : since(oldestAt, now.at));
      }
      return await registry.metrics();
    },
  };
}

const since = (at: number, now: number): number => Math.max(0, now - at) / 1000;
