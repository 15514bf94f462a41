import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallbackRules } from '../../src/callbacks/vdn-rules.ts';
import type { Vdn } from '../../src/calls/vdn.ts';
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/config.ts';
import type { RequestOnRecord } from '../../src/sandbox/cms/requests-on-record.ts';
import { type ContactCentre, startContactCentre } from '../../src/sandbox/cms/server.ts';
import { SANDBOX_KEYS } from '../../src/sandbox/office.ts';
import { type Slack, startSlack } from '../../src/sandbox/slack/slack.ts';
import { type Books, openBooks } from './books.ts';
import type { Nursery } from './desk-child.ts';
import { createRacingClock, type RacingClock } from './racing-clock.ts';
import { createHappenings, type Happenings } from './record.ts';
import { createReplica, type Replica } from './replica.ts';
import type { PlacedSeam } from './seams.ts';
import { openWire, type Wire } from './wire.ts';

export const MINUTE_MS = 60_000;
/** A Monday. */
const STARTS_AT = Date.UTC(2022, 10, 21, 9, 1);
/** What the desk's clock allows a call to Slack and to the contact centre. */
const CALL_TIMEOUT_MS = 10_000;
/** Real time, as leases are; long enough for a busy machine. */
const LEASE_MS = 3_000;
/** Real time, on a busy machine. */
const PATIENCE_MS = 3 * 60_000;
/** Where there is a file system in memory: a process that is killed while it waits for a disk is not gone before the disk is done. */
const MEMORY = '/dev/shm';
const SIGNING_SECRET = 'chaos-signing-secret';

export interface WorldOptions {
  nursery: Nursery;
  vdns: Vdn[];
  mode?: 'socket' | 'http';
  /** Desks at the same time; one by default, which SQLite allows. */
  skewsMs?: readonly number[];
  /** A database of its own; a new SQLite file by default. */
  databaseUrl?: string;
  /** Real milliseconds from a desk's death to its next start. */
  awayMs?: () => number;
  /** What happens to callbacks by themselves; the desk's own rules by default. */
  rules?: CallbackRules;
  /** How long after its latest call a callback is given up; a week by default. */
  horizonMs?: number;
}

/** What can be cut. */
export interface Wires {
  slack: Wire;
  centre: Wire;
}

/** Stand-ins, wires and desks, in time that flies. */
export interface World {
  clock: RacingClock;
  slack: Slack;
  centre: ContactCentre;
  /** To the stand-ins, for all desks: Socket Mode and what a click is answered by go through these alone. */
  wires: Wires;
  /** Before those, for each desk's own calls, in the order of `replicas`. */
  ownWires: readonly Wires[];
  replicas: readonly Replica[];
  books: Books;
  happenings: Happenings;
  /** Every request that the contact centre has had. */
  requests: readonly RequestOnRecord[];
  /** How long each rest was waited for, from the last fault, press or leap on; ms of the clock. */
  restsMs: readonly number[];
  pace: number;
  /** One desk kills itself there, whichever comes by there for the n-th time from now on. */
  planDeath(at: PlacedSeam): Promise<void>;
  /** Ends every fault, and waits until all desks run and hear Slack. */
  heal(): Promise<void>;
  /**
   * Resolves when nothing is under way: no message to send or to edit, no run due, no call in flight. Rejects with what there is
   * still after `withinMs` of real time.
   */
  quiet(withinMs?: number): Promise<void>;
  /** Puts all clocks forward to that moment. Only while it is quiet: no call may be in flight. */
  leapTo(at: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * How many times faster than real time the clocks run. What takes ten seconds by the clock must not be what a busy machine needs
 * for anything.
 */
const paceFor = (readyMs: number) => Math.max(3, Math.min(10, Math.round(8_000 / Math.max(1, readyMs))));

export async function openWorld(options: WorldOptions): Promise<World> {
  const { nursery, vdns, mode = 'socket', skewsMs = [0], awayMs = () => 0, rules = null } = options;
  const folder = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'desk-chaos-'));
  const databaseUrl = options.databaseUrl ?? `sqlite:${join(folder, 'desk.db')}`;
  const pace = paceFor(await nursery.readyMs());
  const callTimeoutMs = Math.round(CALL_TIMEOUT_MS / pace);
  const clock = createRacingClock({ startAt: STARTS_AT, originAt: systemClock.now(), pace });
  const happenings = createHappenings(clock);
  happenings.add('world', `begins; its clocks run ${pace} times as fast as the real one`);

  const requests: RequestOnRecord[] = [];
  const onRequest = () => void requests.push(...centre.requests.slice(-1));
  const centre = await startContactCentre({ clock, ...SANDBOX_KEYS, seed: null, onRequest });
  const wires: Wires = {
    centre: await openWire(() => centre.port),
    slack: await openWire(() => slack.port),
  };
  const ownWires = await Promise.all(
    skewsMs.map(async () => ({
      centre: await openWire(() => wires.centre.port),
      slack: await openWire(() => wires.slack.port),
    })),
  );
  const allWires = [wires, ...ownWires].flatMap(({ slack, centre }) => [slack, centre]);
  const sayOf = (who: string) => (facts: object, message: string) =>
    happenings.add(who, `${message} ${JSON.stringify(facts)}`);
  let turn = 0;
  const nextDesk = () => {
    const ports = replicas.flatMap(({ port }) => port ?? []);
    turn += 1;
    // Where none runs, the balancer refuses.
    return `http://127.0.0.1:${ports[turn % Math.max(1, ports.length)] ?? 9}/slack/events`;
  };
  const slack: Slack = await startSlack({
    clock,
    // The library waits for its Retry-After in real time, whatever the pace of the clocks.
    rateLimits: { except: ['apps.connections.open'] },
    log: { debug() {}, info() {}, warn: sayOf('stand-in'), error: sayOf('stand-in') },
    address: `http://127.0.0.1:${wires.slack.port}`,
    delivery: mode === 'socket' ? { mode } : { mode, requestUrl: nextDesk, signingSecret: SIGNING_SECRET },
  });

  const configOf = (own: Wires): Config => ({
    slack: {
      botToken: slack.botToken,
      oauth: null,
      apiUrl: `http://127.0.0.1:${own.slack.port}/api/`,
      connection:
        mode === 'socket' ? { mode, appToken: slack.appToken } : { mode, signingSecret: SIGNING_SECRET },
    },
    cms: {
      url: `http://127.0.0.1:${own.centre.port}`,
      ...SANDBOX_KEYS,
      ca: null,
      timeZone: 'UTC',
      subMediaEdition: '2024',
      timeoutMs: callTimeoutMs,
      ccId: null,
    },
    proxy: { https: null, http: null, no: null },
    vdns,
    language: 'en',
    callbackHorizonMs: options.horizonMs ?? 7 * 24 * 60 * MINUTE_MS,
    retentionMs: null,
    numbersInSharedChannels: false,
    databaseUrl,
    port: 0,
    metricsToken: null,
    logLevel: 'info',
  });
  const replicas = ownWires.map((own, n) =>
    createReplica({
      name: `desk ${n + 1}`,
      nursery,
      happenings,
      startWith: () => ({
        config: configOf(own),
        race: clock.race(),
        skewMs: skewsMs[n] ?? 0,
        timing: { slackTimeoutMs: callTimeoutMs, leaseMs: LEASE_MS },
        rules,
      }),
      awayMs,
    }),
  );
  await Promise.all(replicas.map((replica) => replica.up()));
  const books = openBooks(databaseUrl);

  /** What is under way at this moment, in words. */
  async function underWay(): Promise<string[]> {
    const waiting = [
      [wires.slack.inFlight, 'calls to Slack'],
      [wires.centre.inFlight, 'requests to the contact centre'],
    ] as const;
    return [
      ...waiting.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
      ...(await books.underWay(clock.now())),
    ];
  }

  const restsMs: number[] = [];
  /** When something was last done to the world, other than by its people. */
  let touchedAt = clock.now();
  const world: World = {
    clock,
    slack,
    centre,
    wires,
    ownWires,
    replicas,
    books,
    happenings,
    requests,
    restsMs,
    pace,
    async planDeath(at) {
      const tally = await mkdtemp(join(folder, 'tally-'));
      await Promise.all(replicas.map((replica) => replica.plan({ ...at, tally })));
    },
    async heal() {
      slack.faults.clear();
      centre.faults.clear();
      for (const wire of allWires) wire.mend();
      for (const replica of replicas) {
        await replica.up();
        await replica.plan(null);
        // It may have died of the plan just before it was taken back.
        await replica.up();
      }
      const connected = () => mode === 'http' || slack.connections >= replicas.length;
      if (!connected()) await slack.settled(connected, PATIENCE_MS);
      touchedAt = clock.now();
    },
    async quiet(withinMs = PATIENCE_MS) {
      const from = systemClock.now();
      const lastAt = Math.max(touchedAt, slack.deliveries.at(-1)?.at ?? 0);
      let said = '';
      for (let calm = 0; calm < 2; ) {
        const traffic = () => slack.calls.length + centre.requests.length;
        const before = traffic();
        const left = await underWay();
        calm = left.length === 0 && traffic() === before ? calm + 1 : 0;
        const now = left.join(', ');
        if (now !== said) happenings.add('world', now === '' ? 'is quiet' : `still ${now}`);
        said = now;
        if (systemClock.now() - from > withinMs) throw new Error(`The world does not come to rest: ${said}`);
        await pause(25);
      }
      restsMs.push(clock.now() - lastAt);
    },
    async leapTo(at) {
      const ms = at - clock.now();
      if (ms <= 0) return;
      clock.advance(ms);
      happenings.add('world', `puts its clocks forward to ${new Date(at).toISOString().slice(11, 19)}`);
      await Promise.all(replicas.map((replica) => replica.advance(ms)));
      touchedAt = clock.now();
    },
    async close() {
      await Promise.all(replicas.map((replica) => replica.close()));
      await books.close();
      await slack.close();
      await centre.close();
      await Promise.all(allWires.map((wire) => wire.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}
