import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import { createQueues } from './queues.ts';

/**
 * What only one should do at a time, in any number of processes that share a database. A lease has an owner and an end: it
 * is renewed while the work goes on, and when its owner dies it ends by itself. A process may sleep through that end: a lease
 * saves work that would be done twice, and nothing may rest on it. What is written is guarded in its own statement.
 */
export interface Leases {
  /** Waits for its turn, within a process in the order of asking, and does the work. */
  hold<T>(name: string, work: (held: Held) => Promise<T>, waiting?: Waiting): Promise<T>;
  /** Does the work unless another process is at it: then `taken`. Waits for this process's own. */
  tryHold<T>(name: string, work: (held: Held) => Promise<T>): Promise<{ done: T } | 'taken'>;
}

export interface Held {
  /** The work comes along; whoever waits for the lease hears of it. */
  sign(): void;
}

export interface Waiting {
  /** Gives up waiting for another process when it is aborted, with its reason. */
  signal?: AbortSignal;
  /** The other process has given a sign. */
  onSign?: () => void;
}

/** Keeps leases in a database, by its own clock: no process's clock counts. */
export interface LeaseStore {
  /** Takes a lease that nobody has, or whose end has come. */
  take(name: string, owner: string, forMs: number): Promise<boolean>;
  /** Moves the end of the owner's lease; false when somebody else has taken it. */
  renew(name: string, owner: string, forMs: number, signs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** The signs that the lease's owner has given; they only grow. */
  signs(name: string): Promise<number>;
}

export interface LeasesOptions {
  /** Absent where the database belongs to one process: then each name only has its queue. */
  store?: LeaseStore | undefined;
  log: Log;
  /** How long a lease lasts after its owner has died, in real time. */
  leaseMs?: number;
}

const LEASE_MS = 15_000;
/** Renewals that may fail before the end. */
const RENEWALS = 3;
/** Between two looks at a lease that another process has. */
const LOOK_MS = 200;

export function createLeases({ store, log, leaseMs = LEASE_MS }: LeasesOptions): Leases {
  const owner = randomUUID();
  const inTurn = createQueues();

  /** Does the work while the lease, which was just taken, is renewed; gives it back. */
  async function withRenewals<T>(
    leases: LeaseStore,
    name: string,
    work: (held: Held) => Promise<T>,
  ): Promise<T> {
    let signs = 0;
    let renewing: Promise<void> | undefined;
    const renew = async () => {
      try {
        if (await leases.renew(name, owner, leaseMs, signs)) return;
        clearInterval(timer);
        log.warn({ lease: name }, 'Another desk does what this one was too slow at: it may be done twice');
      } catch (err) {
        log.warn({ err, lease: name }, 'A lease could not be renewed');
      }
    };
    const timer = setInterval(() => {
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
    }, leaseMs / RENEWALS);
    try {
      return await work({ sign: () => void signs++ });
    } finally {
      clearInterval(timer);
      await renewing;
      await leases
        .release(name, owner)
        .catch((err: unknown) =>
          log.warn({ err, lease: name }, 'A lease could not be given back: it ends by itself'),
        );
    }
  }

  async function untilTaken(leases: LeaseStore, name: string, { signal, onSign }: Waiting): Promise<void> {
    let heard: number | undefined;
    for (;;) {
      signal?.throwIfAborted();
      if (await leases.take(name, owner, leaseMs)) return;
      const signs = await leases.signs(name);
      if (heard !== undefined && signs > heard) onSign?.();
      heard = signs;
      await pause(LOOK_MS, signal);
    }
  }

  return {
    hold: (name, work, waiting = {}) =>
      inTurn(name, async () => {
        if (!store) return await work(UNHEARD);
        await untilTaken(store, name, waiting);
        return await withRenewals(store, name, work);
      }),

    tryHold: (name, work) =>
      inTurn(name, async () => {
        if (!store) return { done: await work(UNHEARD) };
        if (!(await store.take(name, owner, leaseMs))) return 'taken';
        return { done: await withRenewals(store, name, work) };
      }),
  };
}

/** In one process whoever waits hears of the work in other ways. */
const UNHEARD: Held = { sign() {} };

/** Resolves after a while, or as soon as the signal is aborted. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
