import { isAskable, type ReachProof, type ReachSource } from '../calls/reached.ts';
import { SourceError } from '../calls/source.ts';
import { type VdnStore, vdnOf } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Callback } from './callback.ts';
import type { ReachStore, Unreached } from './reach-store.ts';

/** Asks the contact centre whether callers have been reached since, and marks those who were. */
export interface ReachCheck {
  /**
   * Of these callbacks of one VDN that are in `state`, those that were marked as reached. Bounded in number and time; never fails: whoever
   * cannot be asked about stays as they are.
   */
  check(request: {
    teamId: string;
    vdn: number;
    callbackIds: readonly number[];
    state: 'open' | 'claimed';
    signal?: AbortSignal;
  }): Promise<Callback[]>;
}

export interface ReachCheckParts {
  source: ReachSource;
  store: ReachStore;
  vdns: Pick<VdnStore, 'find'>;
  clock: Clock;
  log: Log;
  /** Called when messages are to be edited. */
  wakeOutbox?: () => void;
  /** Those that are asked about at most, who was missed last first. */
  most?: number;
  atOnce?: number;
  /** For all of it; then what is known is known. */
  deadlineMs?: number;
}

export function createReachCheck(parts: ReachCheckParts): ReachCheck {
  const { source, store, vdns, clock, log, wakeOutbox, most = 50, atOnce = 4, deadlineMs = 5_000 } = parts;

  /** Asks about each, a few at a time; the first failure ends it, as the next would fare no better. */
  async function prove(
    asked: readonly Unreached[],
    country: string | null,
    signal: AbortSignal,
    found: (one: Unreached, proof: ReachProof) => Promise<void>,
  ): Promise<void> {
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const queue = [...asked];
    const worker = async () => {
      for (let one = queue.shift(); one && !either.aborted; one = queue.shift()) {
        const { callback, callerNo, afterAt } = one;
        const { vdn, callerKey } = callback;
        const proof = await source.reached({ vdn, callerKey, callerNo, country, afterAt, signal: either });
        if (proof) await found(one, proof);
      }
    };
    const workers = Array.from({ length: atOnce }, () =>
      worker().catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
    const results = await Promise.allSettled(workers);
    // The others failed because the first did.
    if (results.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
  }

  return {
    async check({ teamId, vdn, callbackIds, state, signal }) {
      const marked: Callback[] = [];
      const deadline = AbortSignal.timeout(deadlineMs);
      try {
        const knownFrom = source.knownFrom(clock.now());
        const askable = (await store.unreached(teamId, callbackIds))
          .filter(({ callback }) => callback.state === state && isAskable(callback.callerKey))
          .filter(({ afterAt }) => afterAt >= knownFrom)
          .slice(0, most);
        if (askable.length === 0) return marked;
        const { country } = await vdnOf(vdns, { teamId, vdn });
        const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
        await prove(askable, country, either, async ({ callback }, proof) => {
          const reached = await store.markReached(callback, proof, clock.now());
          if (reached) marked.push(reached);
        });
      } catch (err) {
        if (!signal?.aborted) logFailure(err, deadline.aborted, { teamId, vdn });
      }
      if (marked.length > 0) wakeOutbox?.();
      return marked;
    },
  };

  function logFailure(err: unknown, late: boolean, facts: { teamId: string; vdn: number }) {
    if (late) {
      log.warn(
        facts,
        'The contact centre took too long to say who was reached since: callbacks stay as they are',
      );
    } else if (err instanceof SourceError) {
      log.warn(
        { ...facts, err, code: err.code },
        'The contact centre does not say who was reached since: callbacks stay as they are',
      );
    } else {
      log.error({ ...facts, err }, 'Whether callers were reached since could not be looked up');
    }
  }
}
