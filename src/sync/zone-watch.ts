import type { MissedCallRow } from '../calls/missed-call.ts';
import type { Log } from '../log.ts';
import type { SyncWindow } from './record.ts';
import { offsetName, zoneDoubt } from './zone-doubt.ts';

/** Warns that CMS_TIME_ZONE may be wrong: each finding once, not once a sync. */
export interface ZoneWatch {
  /** The rows of a page, and how many of them lie outside the window that was asked for. */
  look(vdn: number, rows: readonly MissedCallRow[], window: SyncWindow, outsideWindow: number): void;
}

export function createZoneWatch(timeZone: string, log: Log): ZoneWatch {
  const told = new Set<string>();
  const tell = (finding: string, facts: object) => {
    if (told.has(finding)) return;
    told.add(finding);
    log.warn(
      { setting: 'CMS_TIME_ZONE', timeZone, finding, ...facts },
      'CMS_TIME_ZONE does not seem to be the zone of the times that the contact centre answers with',
    );
  };

  return {
    look(vdn, rows, window, outsideWindow) {
      const doubt = zoneDoubt(rows, window, outsideWindow, timeZone);
      if (doubt.kind === 'looks-like') tell(`its times look like ${offsetName(doubt.offsetMs)}`, { vdn });
      else if (doubt.kind === 'outside-window')
        tell('calls lie outside the window that was asked for', { vdn, outsideWindow });
    },
  };
}
