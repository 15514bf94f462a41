import { EventEmitter } from 'node:events';
import { SourceError, type SourceErrorCode } from '../calls/source.ts';
import type { Leases } from '../work/leases.ts';
import type { SyncReport } from './report.ts';
import { createShare } from './share.ts';

/** What somebody orders of a VDN's turns, and how they wait for it. */
export interface TurnOrder {
  teamId: string;
  vdn: number;
  /** What is to be done; two orders that say the same may get one turn. */
  what: object;
  /** Somebody waits for it: not tried where the turn before has just found that the contact centre gives no answer. */
  impatient: boolean;
  signal?: AbortSignal;
  /** Told of every page of the VDN that comes, of the turns before as well: so long the contact centre is alive. */
  onPage?: () => void;
}

/** A turn that has come. */
export interface Turn {
  /** Aborted when nobody waits for it any more. */
  signal: AbortSignal;
  /** To be called for each page that has come. */
  onPage(): void;
}

export type Turns = (order: TurnOrder, work: (turn: Turn) => Promise<SyncReport>) => Promise<SyncReport>;

/** Of these the contact centre is the cause, not the query; the same would befall any other. */
const NO_ANSWER: ReadonlySet<SourceErrorCode> = new Set([
  'unreachable',
  'overloaded',
  'credentials',
  'address-not-allowed',
]);

/** One turn of a VDN at a time, by its lease, within a process in the order in which they were ordered; equal ones that wait are one. */
export function createTurns({ hold }: Pick<Leases, 'hold'>): Turns {
  const share = createShare<SyncReport>();
  /** Why the last turn of a VDN had no answer; nothing where it had one. */
  const failures = new Map<string, SourceError>();
  /** An event a VDN. */
  const pages = new EventEmitter().setMaxListeners(0);

  return async ({ teamId, vdn, what, impatient, signal, onPage }, work) => {
    const vdnKey = `${teamId} ${vdn}`;
    const failedBefore = failures.get(vdnKey);

    async function tryIt(turn: Turn): Promise<SyncReport> {
      let failure: SourceError | undefined;
      try {
        return await work(turn);
      } catch (error) {
        const counts = error instanceof SourceError && NO_ANSWER.has(error.code) && !turn.signal.aborted;
        if (counts) failure = error;
        throw error;
      } finally {
        if (failure) failures.set(vdnKey, failure);
        else failures.delete(vdnKey);
      }
    }

    if (onPage) pages.on(vdnKey, onPage);
    try {
      return await share(
        JSON.stringify([vdnKey, impatient, what]),
        (shared) =>
          hold(
            `sync ${vdnKey}`,
            async ({ sign }) => {
              shared.begun();
              shared.signal.throwIfAborted();
              const failure = failures.get(vdnKey);
              if (impatient && failure && failure !== failedBefore) throw failure;
              const onPage = () => {
                sign();
                pages.emit(vdnKey);
              };
              return await tryIt({ signal: shared.signal, onPage });
            },
            { signal: shared.signal, onSign: () => pages.emit(vdnKey) },
          ),
        signal,
      );
    } finally {
      if (onPage) pages.off(vdnKey, onPage);
    }
  };
}
