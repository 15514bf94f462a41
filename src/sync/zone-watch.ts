import type { MissedCallRow } from '../calls/missed-call.ts';
import { MINUTE_MS } from '../calls/wall-time.ts';
import { offsetMs } from '../calls/zone-offset.ts';
import type { Log } from '../log.ts';
import type { SyncWindow } from './record.ts';
import { zoneHint } from './zone-hint.ts';

/** Warns that CMS_TIME_ZONE may be wrong: each finding once, not once a sync. */
export interface ZoneWatch {
  /** The rows of a page, and how many of them lie outside the window that was asked for. */
  look(vdn: number, rows: readonly MissedCallRow[], window: SyncWindow, outsideWindow: number): void;
}

/** Zones differ by half an hour at least; less is the time that calls spend in the menu. */
const TELLING_DIFFERENCE_MS = 30 * MINUTE_MS;

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
      const hint = zoneHint(rows);
      const fits = (at: number) =>
        hint !== null && Math.abs(hint - offsetMs(timeZone, at)) < TELLING_DIFFERENCE_MS;
      if (hint !== null && !fits(window.beginAt) && !fits(window.endAt)) {
        tell(`its times look like ${utcName(hint)}`, { vdn });
      } else if (outsideWindow > 0) {
        tell('calls lie outside the window that was asked for', { vdn, outsideWindow });
      }
    },
  };
}

function utcName(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (part: number) => String(part).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
