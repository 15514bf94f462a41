/** What the database says of the work that is to be done, for whoever watches over the desk. Times are epoch ms. */
export interface Backlog {
  outbox: OutboxBacklog;
  vdns: VdnBacklog[];
  /** Until when the VDN that was brought in last is known; null: none was yet. */
  lastSyncAt: number | null;
}

export interface OutboxBacklog {
  /** Messages that are to be posted. */
  pending: number;
  /** Messages that are being posted, or in doubt. */
  sending: number;
  /** Messages that are to be edited. */
  edits: number;
  /** When the oldest of the first two was written; null: there are none. */
  oldestAt: number | null;
}

/** A VDN with digests that are not paused. */
export interface VdnBacklog {
  teamId: string;
  vdn: number;
  /** Until when its calls are known; null: not yet. */
  lastEndAt: number | null;
  /** When the first of its digests is, or was, due. */
  dueAt: number;
}

export interface BacklogStore {
  read(): Promise<Backlog>;
}
