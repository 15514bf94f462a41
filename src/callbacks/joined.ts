import type { CallerDisplay } from '../calls/caller.ts';

/** kind `joined-calls`: to the person who calls somebody back, when that caller has called again; several in one. */
export interface JoinedCallsData {
  vdn: { number: number; name: string | null };
  callers: { caller: CallerDisplay; callbackId: number; calls: number; latestAt: number }[];
}
