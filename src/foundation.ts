import type { Clock } from './clock.ts';
import type { Config, OAuthSettings } from './config/config.ts';
import type { DeskParts } from './desk.ts';
import type { InstallationStore } from './slack/install/installation.ts';
import { createAgreedClock } from './storage/agreed-clock.ts';
import { createBacklogStore } from './storage/backlog-store.ts';
import { migrate, openDatabase } from './storage/database.ts';
import { type DatabaseWatch, watchDatabase } from './storage/database-watch.ts';
import { isPostgres } from './storage/dialect.ts';
import { holdDatabase } from './storage/hold.ts';
import { createInstallationStore, createWelcome } from './storage/installations-store.ts';
import { createLeaseStore } from './storage/lease-store.ts';
import { freeBytesFor } from './storage/look.ts';
import { lookFromInside } from './storage/look-inside.ts';
import { watchStatements } from './storage/seams.ts';
import { createStores } from './storage/stores.ts';
import { createSeal } from './storage/token-seal.ts';
import type { BacklogStore } from './watching/backlog.ts';
import { createMetrics, type Metrics } from './watching/metrics.ts';
import { createLeases, type Leases } from './work/leases.ts';
import type { Poll } from './work/poll.ts';
import { unwatched } from './work/seam.ts';

/** What a desk stands on: its database, and the time that counts there. */
export interface Foundation {
  stores: ReturnType<typeof createStores>;
  /** With the keys that encrypt its tokens. */
  installations(keys: OAuthSettings['tokenKeys']): InstallationStore;
  /** For a desk with one token: its workspace has not left, whatever was before. */
  welcome(teamId: string): Promise<void>;
  clock: Clock;
  leases: Leases;
  /** Keeps the clock in step with the database's; none where there is one desk only. */
  keeping: Poll | undefined;
  /** What is wrong with the database, as its statements tell. */
  database: DatabaseWatch;
  /** What the doctor sees of it. */
  look(): ReturnType<typeof lookFromInside>;
  backlog: BacklogStore;
  /** Where the database's file is; null: there is none. */
  freeBytes(): Promise<number | null>;
  /** What this process has counted. */
  metrics: Metrics;
}

/** Opens the database and brings it up to date. What is to be closed again goes to `closing`. Throws DatabaseError. */
export async function layFoundation(
  { databaseUrl, metricsToken }: Pick<Config, 'databaseUrl' | 'metricsToken'>,
  parts: DeskParts,
  closing: (() => Promise<unknown>)[],
): Promise<Foundation> {
  const { log, reach = unwatched } = parts;
  const knex = await (parts.openDatabase ?? openDatabase)(databaseUrl);
  closing.push(() => knex.destroy());
  const hold = await holdDatabase(databaseUrl);
  closing.push(() => hold.release());
  const database = watchDatabase(knex, log);
  await migrate(knex);
  const agreed = isPostgres(knex) ? await createAgreedClock({ knex, own: parts.clock, ...parts }) : undefined;
  const leases = createLeases({
    store: agreed && createLeaseStore(knex),
    log,
    ...(parts.leaseMs !== undefined && { leaseMs: parts.leaseMs }),
  });
  if (reach !== unwatched) watchStatements(knex, reach);
  return {
    stores: createStores(knex),
    installations: (keys) => createInstallationStore(knex, createSeal(keys)),
    welcome: createWelcome(knex),
    clock: agreed ?? parts.clock,
    leases,
    keeping: agreed?.keeping,
    database,
    look: () => lookFromInside(databaseUrl, knex, database),
    backlog: createBacklogStore(knex),
    freeBytes: () => freeBytesFor(databaseUrl),
    metrics: createMetrics({ ofProcess: metricsToken !== null }),
  };
}
