import type { SyncRecord } from './record.ts';

/** What syncs remember. */
export interface SyncStore {
  /** What is known of a VDN; undefined: nothing yet. */
  find(teamId: string, vdn: number): Promise<SyncRecord | undefined>;
  /**
   * Writes what is known after a sync, if it still is what it was when the sync began (`read`). False when another sync has
   * written meanwhile: then nothing is.
   */
  save(teamId: string, vdn: number, read: SyncRecord | undefined, record: SyncRecord): Promise<boolean>;
  /** The zone that the stored times were derived with; undefined before any was. */
  timeZone(): Promise<string | undefined>;
  saveTimeZone(timeZone: string): Promise<void>;
}
