import { SourceError } from '../calls/source.ts';
import { DAY_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Leases } from '../work/leases.ts';
import { createPoll } from '../work/poll.ts';
import { createLanes } from './lanes.ts';
import { createOutageWatch, type Outage } from './outage.ts';
import type { DigestPorts } from './ports.ts';
import { neededFrom } from './run.ts';
import type { SubscriptionStore } from './store.ts';
import type { Subscription } from './subscription.ts';
import { type BroughtIn, createTeller, type Prepared, type RunTeller } from './tell.ts';

const POLL_MS = 1000;
const VDNS_AT_ONCE = 8;
/** Another run or a person's command may move a subscription between reading and telling. */
const TRIES = 3;
/** Subscriptions of a VDN that move in one transaction: nobody else waits for long. */
const TOLD_AT_ONCE = 50;
/** How long a stop waits for what is in hand before it breaks off questions to the contact centre. */
const STOP_PATIENCE_MS = 5000;

export interface DigestRunnerOptions extends DigestPorts {
  subscriptions: SubscriptionStore;
  leases: Leases;
  clock: Clock;
  log: Log;
  /** How late a row may appear and still be told; default 24 h. */
  lookBackMs?: number;
  /** While it says no, nothing that is due is begun: what came in could not be kept. */
  mayBegin?: () => boolean;
}

/** What `now N` came to. */
export type NowResult =
  | { outcome: 'told' | 'nothing-new' | 'not-active' }
  | { outcome: 'failed'; error: SourceError };

export interface DigestRunner {
  /** Runs what is due, each VDN once for all its subscriptions, and waits for that. VDNs that are in hand already are left out. */
  runDue(): Promise<void>;
  /** Tells at once what is new and leaves the schedule alone. Throws what is not the contact centre's doing. */
  now(subscription: Pick<Subscription, 'id' | 'teamId' | 'vdn'>): Promise<NowResult>;
  start(): void;
  /** Begins nothing more; resolves when what is in hand has ended. A run that is broken off is made after the next start. */
  stop(): Promise<void>;
}

export function createDigestRunner(options: DigestRunnerOptions): DigestRunner {
  const { subscriptions: store, sync, calls, callbacks, outbox, leases, clock, log } = options;
  const { lookBackMs = DAY_MS, reachCheck, mayBegin = () => true } = options;
  const teller = createTeller({ ...options, store, lookBackMs });
  const outages = createOutageWatch(store, clock);
  const lanes = createLanes(VDNS_AT_ONCE);
  let breakOff = new AbortController();

  /** Brings the VDN's record up to date: far enough back for everybody who will still tell its calls. */
  async function bringIn(teamId: string, vdn: number): Promise<BroughtIn> {
    const needing = await store.needing(teamId, vdn);
    const neededFromAt = Math.min(
      clock.now(),
      ...needing.map((subscription) => neededFrom(subscription, lookBackMs)),
    );
    const { endAt, complete } = await sync.due({ teamId, vdn, neededFromAt, signal: breakOff.signal });
    // In this order: a call that a question's sync brings meanwhile is left to the next run, rather than told without its callback.
    const uptoSeq = await calls.maxSeq(teamId, vdn);
    await callbacks.attachNew({ teamId, vdn, openedBy: 'digest' });
    const afterSeq = Math.min(uptoSeq, ...needing.map(({ cursor }) => cursor));
    await markReached(teamId, vdn, { afterSeq, uptoSeq });
    return { endAt, complete, uptoSeq };
  }

  /** Nobody is shown a caller as still to be called back who has been reached: of the calls that are about to be told. */
  async function markReached(
    teamId: string,
    vdn: number,
    told: { afterSeq: number; uptoSeq: number },
  ): Promise<void> {
    if (!reachCheck || told.afterSeq === told.uptoSeq) return;
    const window = { ...told, waitFromAt: null, waitToAt: null, endFromAt: clock.now() - DAY_MS };
    const ids = (await calls.inWindow(teamId, vdn, window)).map((call) => call.callbackId);
    const callbackIds = [...new Set(ids)].filter((id) => id !== null);
    await reachCheck.check({ teamId, vdn, callbackIds, state: 'open', signal: breakOff.signal });
  }

  async function fail(subscription: Subscription, err: unknown): Promise<void> {
    const { id, teamId, number, vdn, failures } = subscription;
    const code = err instanceof SourceError ? err.code : null;
    const facts = { err, teamId, vdn, subscriptionId: id, number, failures: failures + 1 };
    if (code)
      log.warn({ ...facts, code }, 'A digest has no data from the contact centre: trying again later');
    else log.error(facts, 'A digest failed: trying again later');
    await teller.fail(subscription, code);
  }

  /** One VDN's due subscriptions, read when their turn has come. */
  async function runVdn(teamId: string, vdn: number, outage: Outage | null): Promise<void> {
    const due = await store.due(teamId, vdn, clock.now());
    if (due.length === 0) return;
    let brought: BroughtIn;
    try {
      brought = await bringIn(teamId, vdn);
    } catch (error) {
      // Not a failure of the contact centre's: the desk is stopping.
      if (breakOff.signal.aborted) return;
      for (const subscription of due) await fail(subscription, error);
      return outbox.wake();
    }
    await using run = teller.ofRun(brought, outage);
    const prepared: Prepared[] = [];
    for (const subscription of due) {
      try {
        const one = await run.prepare(subscription, { manual: false });
        if (one) prepared.push(one);
      } catch (error) {
        await fail(subscription, error);
      }
    }
    for (let from = 0; from < prepared.length; from += TOLD_AT_ONCE) {
      await tellAll(run, prepared.slice(from, from + TOLD_AT_ONCE));
      outbox.wake();
    }
  }

  async function tellAll(run: RunTeller, prepared: Prepared[]): Promise<void> {
    try {
      await run.tell(prepared);
    } catch (err) {
      log.warn({ err }, 'Digests could not be written down together: writing them one by one');
      // What one of them spoils is told of the others. Whatever was written nonetheless has moved, and is not told again.
      for (const one of prepared) await run.tell([one]).catch((error: unknown) => fail(one.read, error));
    }
  }

  async function tellNow(id: number, teamId: string, vdn: number): Promise<NowResult> {
    const outage = await outages.look();
    let brought: BroughtIn;
    try {
      brought = await bringIn(teamId, vdn);
    } catch (error) {
      if (error instanceof SourceError) return { outcome: 'failed', error };
      throw error;
    }
    await using run = teller.ofRun(brought, outage);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const subscription = await store.byId(id);
      if (subscription?.state !== 'active') return { outcome: 'not-active' };
      const prepared = await run.prepare(subscription, { manual: true });
      if (!prepared) return { outcome: 'nothing-new' };
      const [outcome = 'overtaken'] = await run.tell([prepared]);
      outbox.wake();
      if (outcome !== 'overtaken') return { outcome };
    }
    throw new Error('A subscription moves faster than it can be told');
  }

  /** Begins the VDNs that are due and not in hand; the promises never reject. */
  async function begin(): Promise<Promise<void>[]> {
    if (!mayBegin()) return [];
    const outage = await outages.look();
    const due = await store.dueVdns(clock.now());
    return due
      .filter((place) => !lanes.has(laneOf(place)))
      .map(({ teamId, vdn }) => {
        const lane = laneOf({ teamId, vdn });
        // What another desk does needs no second one.
        const run = () => leases.tryHold(lane, () => runVdn(teamId, vdn, outage));
        return lanes.run(lane, run).then(
          () => {},
          (err: unknown) => log.error({ err, teamId, vdn }, 'Digests of a VDN failed: trying again'),
        );
      });
  }

  const poll = createPoll({
    name: 'digests',
    everyMs: POLL_MS,
    log,
    async look() {
      await begin();
      return undefined;
    },
  });

  return {
    async runDue() {
      await Promise.all(await begin());
    },

    now({ id, teamId, vdn }) {
      const lane = laneOf({ teamId, vdn });
      return lanes.run(lane, () => leases.hold(lane, () => tellNow(id, teamId, vdn)));
    },

    start() {
      breakOff = new AbortController();
      poll.start();
    },

    async stop() {
      await poll.stop();
      const patience = setTimeout(() => breakOff.abort(), STOP_PATIENCE_MS);
      await lanes.idle();
      clearTimeout(patience);
      await outages.leave();
    },
  };
}

const laneOf = ({ teamId, vdn }: { teamId: string; vdn: number }) => `digests ${teamId} ${vdn}`;
