import type { SyncRecord } from './record.ts';

/** What syncs remember. */
export interface SyncStore {
  /** What is known of a VDN; undefined: nothing yet. */
  find(teamId: string, vdn: number): Promise<SyncRecord | undefined>;
  save(teamId: string, vdn: number, record: SyncRecord): Promise<void>;
  /**
   * Runs the work while nobody else holds this VDN's lock: one sync of a VDN at a time, in the order in which they came.
   * Whoever inserts calls holds it until its commit, so that within a VDN order of seq is order of commit.
   */
  withLock<T>(teamId: string, vdn: number, work: () => Promise<T>): Promise<T>;
  /** The zone that the stored times were derived with; undefined before any was. */
  timeZone(): Promise<string | undefined>;
  saveTimeZone(timeZone: string): Promise<void>;
}
