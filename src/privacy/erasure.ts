/** A caller of one VDN, under each of the keys that the desk may know them by (calls/caller-keys.ts). */
export interface CallerOfVdn {
  teamId: string;
  vdn: number;
  keys: readonly string[];
}

/** What the desk keeps of a caller, or has removed. */
export interface Kept {
  calls: number;
  callbacks: number;
}

export interface ErasureStore {
  /** VDNs of which the workspace has calls or callbacks, named or not. */
  vdns(teamId: string): Promise<number[]>;
  count(caller: CallerOfVdn): Promise<Kept>;
  /**
   * Removes all that names the caller, for good, in one transaction: calls, callbacks with their history and notes, rows of
   * lists, and what messages keep of them; the messages in Slack are to be edited. Hashes stay, by which a sync knows not
   * to bring the calls back, and the figures of the days. Written down in the audit: who, when, in which VDN and how much.
   */
  erase(caller: CallerOfVdn, by: { actorId: string; now: number }): Promise<Kept>;
}
