import type { CallStore } from '../calls/call-store.ts';
import { SourceError } from '../calls/source.ts';
import { firstInstantOf, startOfDay, wallTimeAt } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { Sync } from '../sync/report.ts';
import { beginPatience } from './patience.ts';

/** How many calls of today the contact centre has of a VDN, or why it does not say. */
export type TryVdn = (request: {
  teamId: string;
  vdn: number;
  /** Whose today it is. */
  timeZone: string;
}) => Promise<{ calls: number; callers: number } | SourceError>;

export interface TryVdnPorts {
  sync: Pick<Sync, 'range'>;
  calls: Pick<CallStore, 'inWindow' | 'maxSeq'>;
  clock: Clock;
  hurry?: AbortSignal;
}

/** A query like any other, so that what it shows is what questions and digests will find. */
export function createTryVdn({ sync, calls, clock, hurry }: TryVdnPorts): TryVdn {
  return async ({ teamId, vdn, timeZone }) => {
    const now = clock.now();
    const fromAt = firstInstantOf(startOfDay(wallTimeAt(now, timeZone)), timeZone);
    using patience = beginPatience({ silenceMs: 20_000, longestMs: 60_000, hurry });
    try {
      await sync.range({ teamId, vdn, fromAt, toAt: now, signal: patience.signal, onPage: patience.heard });
    } catch (error) {
      if (error instanceof SourceError) return error;
      throw error;
    }
    const uptoSeq = await calls.maxSeq(teamId, vdn);
    const window = { afterSeq: 0, uptoSeq, waitFromAt: fromAt, waitToAt: null, endFromAt: null };
    const found = await calls.inWindow(teamId, vdn, window);
    return { calls: found.length, callers: new Set(found.flatMap(({ callerKey }) => callerKey ?? [])).size };
  };
}
