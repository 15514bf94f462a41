/** What somebody did with data or settings, for whoever has to account for it. Callbacks have a history of their own. */
export interface AuditEntry {
  teamId: string;
  at: number;
  /** Slack user id; null: the desk itself. */
  actorId: string | null;
  action:
    | 'reveal'
    | 'erase'
    | 'export'
    | 'add-vdn'
    | 'change-vdn'
    | 'remove-vdn'
    | 'change-workspace'
    | 'subscribe'
    | 'change-digest';
  vdn: number | null;
  callbackId: number | null;
  /** More of it, as JSON: names of settings, ids. Never a caller's number. */
  detail: Readonly<Record<string, unknown>>;
}

export interface Audit {
  write(entry: AuditEntry): Promise<void>;
  /** From `fromAt` until just before `toAt`, oldest first, at most `limit` after `afterId`. */
  read(
    teamId: string,
    range: { fromAt: number; toAt: number; afterId: number; limit: number },
  ): Promise<(AuditEntry & { id: number })[]>;
}
