import type { MissedCallRow } from '../calls/missed-call.ts';
import { MINUTE_MS } from '../calls/wall-time.ts';
import { offsetMs } from '../calls/zone-offset.ts';
import type { SyncWindow } from './record.ts';
import { zoneHint } from './zone-hint.ts';

/** Whether the contact centre's times seem to be of another zone than CMS_TIME_ZONE. */
export type ZoneDoubt =
  /** By the epochs in the callIds: `offsetMs` ahead of UTC. */
  | { kind: 'looks-like'; offsetMs: number }
  /** Rows lie outside the window that was asked for. */
  | { kind: 'outside-window' }
  /** By the epochs it is the right one. */
  | { kind: 'fits' }
  /** Nothing speaks against it, nor for it. */
  | { kind: 'nothing-to-tell' };

/** Zones differ by half an hour at least; less is the time that calls spend in the menu. */
const TELLING_DIFFERENCE_MS = 30 * MINUTE_MS;

/** `outsideWindow`: how many of the rows lie outside the window that was asked for. */
export function zoneDoubt(
  rows: readonly MissedCallRow[],
  window: SyncWindow,
  outsideWindow: number,
  timeZone: string,
): ZoneDoubt {
  const hint = zoneHint(rows);
  const fits = (at: number) =>
    hint !== null && Math.abs(hint - offsetMs(timeZone, at)) < TELLING_DIFFERENCE_MS;
  const isRight = fits(window.beginAt) || fits(window.endAt);
  if (hint !== null && !isRight) return { kind: 'looks-like', offsetMs: hint };
  if (outsideWindow > 0) return { kind: 'outside-window' };
  return { kind: isRight ? 'fits' : 'nothing-to-tell' };
}

/** `UTC+08:00` */
export function offsetName(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (part: number) => String(part).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
