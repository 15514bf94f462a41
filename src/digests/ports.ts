import type { NewListRow } from '../callbacks/list-store.ts';
import type { CallList, CallWindow } from '../calls/call-list.ts';
import type { CallStore } from '../calls/call-store.ts';
import type { CallFilter } from '../calls/filter.ts';
import type { VdnStore } from '../calls/vdn.ts';
import type { Sync } from '../sync/report.ts';

/** What digests need of the other parts. */
export interface DigestPorts {
  sync: Pick<Sync, 'due'>;
  calls: Pick<CallStore, 'inWindow' | 'lastInWindow' | 'maxSeq'>;
  callbacks: {
    attachNew(request: { teamId: string; vdn: number; openedBy: 'digest' }): Promise<unknown>;
    /** Callbacks that a digest has told and nobody has called back, given up after one time, up to another. */
    expiredBetween(teamId: string, vdn: number, afterAt: number, uptoAt: number): Promise<NewListRow[]>;
  };
  /** Marks those of the callbacks whose caller has been reached since, as far as that can be known in a few seconds. */
  reachCheck?: {
    check(request: {
      teamId: string;
      vdn: number;
      callbackIds: readonly number[];
      state: 'open';
      signal: AbortSignal;
    }): Promise<unknown>;
  };
  lists: {
    create(request: {
      teamId: string;
      vdn: number;
      window: CallWindow;
      filter: CallFilter;
      callbacks: readonly NewListRow[];
    }): Promise<CallList>;
    delete(listId: string): Promise<void>;
  };
  vdns: Pick<VdnStore, 'find'>;
  /** Messages were written with a subscription's record: they may go. */
  outbox: { wake(): void };
}
