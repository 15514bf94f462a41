/** What one sync did. */
export interface SyncReport {
  /** Every page was read, and the total or the list held still. */
  complete: boolean;
  /** The frozen end of the window that was asked for (epoch ms, whole seconds). */
  endAt: number;
  fetched: number;
  inserted: number;
  /** Rows skipped because they could not be read. */
  malformed: number;
  /** Rows whose waitBegin lies outside the window that was asked for: CMS_TIME_ZONE may be wrong. */
  outsideWindow: number;
}

/**
 * Brings what the contact centre knows into the store. Both throw SourceError when it gives no answer, and the signal's reason
 * when it is aborted; what nobody else waits for is then called off.
 */
export interface Sync {
  /**
   * For a question: one window, `toAt` exclusive. One that reaches to now (to a second) is read to the now of its turn.
   * Fails at once where a sync that it waited for has just had no answer.
   */
  range(request: {
    teamId: string;
    vdn: number;
    fromAt: number;
    toAt: number;
    signal?: AbortSignal;
    /** Called for each page of this VDN that comes, of the syncs before it, too: the contact centre lives, however slow it is. */
    onPage?: () => void;
  }): Promise<SyncReport>;
  /**
   * For the subscriptions of a VDN: from last end − overlap (once an hour: − look-back) to now.
   * `neededFromAt`: the earliest call end that any of them still needs; where the desk has no last end, or one so old that
   * nobody needs what lies between, the window begins there.
   */
  due(request: {
    teamId: string;
    vdn: number;
    neededFromAt: number;
    signal?: AbortSignal;
  }): Promise<SyncReport>;
}
