import type { RulesOf } from './callbacks/vdn-rules.ts';
import { SourceError } from './calls/source.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import { layFoundation } from './foundation.ts';
import { serveInstalled } from './installed.ts';
import type { Log } from './log.ts';
import { startServer } from './server.ts';
import { createShared } from './shared.ts';
import { createSlackApp } from './slack/app.ts';
import { createSlackWay, SLACK_TIMEOUT_MS } from './slack/clients.ts';
import { StartError } from './slack/identity.ts';
import { createRoutedDelivery } from './slack/routed-delivery.ts';
import type { openDatabase } from './storage/database.ts';
import { DatabaseError } from './storage/database-error.ts';
import { remedies, troubleOf } from './storage/trouble.ts';
import { serveOne, type Tenancy } from './tenancy.ts';
import { createMetricsEndpoint } from './watching/endpoint.ts';
import { createWatch } from './watching/readiness.ts';
import { type Reach, unwatched } from './work/seam.ts';
import { createWorkspaces } from './workspaces.ts';

export interface Desk {
  /** Hears Slack and does what is due, from now on. */
  start(): Promise<void>;
  /** Hears nothing more, finishes what is in hand, closes the database. Can be called at any time, also after a failed start. */
  stop(): Promise<void>;
  /** The port that it listens on; 0 before the start. */
  readonly port: number;
}

export interface DeskParts {
  clock: Clock;
  log: Log;
  /** What each VDN wants done with its callbacks; by default what there is where nobody has set anything. */
  rulesOf?: RulesOf;
  /** What the clock shows at a moment of the world's time, where it runs at another pace. */
  shownAt?: (worldAt: number) => number;
  /** Told of every seam, from the time on that the database is up to date; nobody by default. */
  reach?: Reach;
  /** How long one call to Slack may take, in real time; SLACK_TIMEOUT_MS by default, also by a clock that runs faster. */
  slackTimeoutMs?: number;
  /** How long a lease lasts after its desk has died, in real time; that of `createLeases` by default. */
  leaseMs?: number;
  /** Opens the database; `openDatabase` by default. For tests, which spoil it. */
  openDatabase?: typeof openDatabase;
}

/** When the desk stops, questions in hand may wait so long for the contact centre: their answers are still to be told. */
const STOP_PATIENCE_MS = 5_000;

/**
 * The composition root: every part of the desk is made here and in the files beside it, once, and nothing runs yet. What all
 * workspaces share is in shared.ts, what each has of its own in workspace.ts, which there are in tenancy.ts and installed.ts.
 * With one token it asks Slack who the desk is. Throws StartError and DatabaseError.
 */
export async function createDesk(config: Config, parts: DeskParts): Promise<Desk> {
  const { log } = parts;
  const closing: (() => Promise<unknown>)[] = [];
  /** Closes in the opposite order; every part gets its chance. */
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((err: unknown) => log.error({ err }, 'A part of the desk did not close'));
    }
  };
  try {
    return await compose(config, parts, closing, closeAll);
  } catch (error) {
    await closeAll();
    throw inWords(error);
  }
}

async function compose(
  config: Config,
  parts: DeskParts,
  closing: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<Desk> {
  const { log, reach = unwatched, slackTimeoutMs = SLACK_TIMEOUT_MS } = parts;
  const { apiUrl, connection } = config.slack;
  const hurry = new AbortController();
  const foundation = await layFoundation(config, parts, closing);
  const way = createSlackWay(apiUrl, config.proxy, {
    log,
    reach,
    timeoutMs: slackTimeoutMs,
    onCall: foundation.metrics.slackCalled,
  });
  closing.push(() => way.close());
  const workspaces = createWorkspaces(foundation.stores.workspaces, log);
  let tenancy: Tenancy | undefined;
  const shared = createShared(
    config,
    {
      ...foundation,
      log,
      reach,
      hurry: hurry.signal,
      rulesOf: parts.rulesOf,
      port: createRoutedDelivery(
        (teamId) => workspaces.get(teamId)?.port,
        (teamId) => tenancy?.doubt(teamId),
      ),
      homeMakingOf: (teamId) => workspaces.get(teamId)?.home,
      showWorkspace: (teamId, settings) => workspaces.get(teamId)?.show(settings),
    },
    closing,
  );
  const { oauth, botToken } = config.slack;
  const tenants = { config, foundation, way, workspaces, shared, log };
  tenancy = oauth ? await serveInstalled(oauth, tenants) : await serveOne(botToken, tenants);
  const { authorize, pages } = tenancy;
  await shared.centre.sync.rederiveIfZoneChanged();
  const slack = createSlackApp({
    connection,
    way,
    authorize,
    deskOf: ({ teamId }) => (teamId === undefined ? undefined : workspaces.get(teamId)?.desk),
    deliveries: foundation.stores.deliveries,
    clock: foundation.clock,
    log,
    reach,
    onAcked: foundation.metrics.acked,
  });
  let port = 0;
  const watch = createWatch({
    ...foundation,
    slackConnected: slack.connected,
    shutOut: shared.outbox.refusals,
  });

  return {
    async start() {
      const server = await startServer({
        port: config.port,
        ready: watch.ready,
        log,
        ...(slack.requests && { slack: slack.requests }),
        ...(pages && { install: pages }),
        ...(config.metricsToken !== null && {
          metrics: createMetricsEndpoint(config.metricsToken, watch.figures, log),
        }),
      }).catch((cause: unknown) => {
        throw new StartError(portRefused(config.port, cause), { cause });
      });
      port = server.port;
      // Closed last to first: Slack falls silent, then what it asked for is finished, then the messages go out.
      const { database, keeping } = foundation;
      const clockwork = keeping ? [keeping] : [];
      for (const part of [database.looking, ...clockwork, workspaces, tenancy, ...shared.running]) {
        part.start();
        closing.push(() => part.stop());
      }
      closing.push(
        () => slack.stop(),
        () => server.close(),
      );
      await slack.start();
    },
    async stop() {
      const patience = setTimeout(() => hurry.abort(tooLate()), STOP_PATIENCE_MS);
      await closeAll();
      clearTimeout(patience);
    },
    get port() {
      return port;
    },
  };
}

function portRefused(port: number, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return `The desk cannot listen on PORT ${port} (${code}). Give it a port that nobody else uses and that it may have.`;
}

/** Whoever waits for the contact centre hears why there is no answer. */
const tooLate = () =>
  new SourceError('unreachable', 'The contact centre had not answered when the desk was stopped');

/** A database that could be opened, and cannot be used all the same: what a driver says of it helps nobody. */
function inWords(error: unknown): unknown {
  if (error instanceof StartError || error instanceof DatabaseError) return error;
  const trouble = troubleOf(error);
  return trouble ? new DatabaseError('in-trouble', remedies[trouble], error) : error;
}
