import { addOpenMs, type BusinessHours } from '../calls/business-hours.ts';
import { DAY_MS } from '../calls/wall-time.ts';

/** Within how much open time a VDN's callers are to be called back. */
export interface Target {
  /** null: nobody has said. */
  targetMs: number | null;
  /** null: always open. */
  hours: BusinessHours | null;
}

/** No callback is open for longer. */
const LONGEST_MS = 62 * DAY_MS;

/** The latest time such that whoever has waited since then should have been called back by `now`; null: there is none. */
export function overdueUntil({ targetMs, hours }: Target, now: number): number | null {
  if (targetMs === null) return null;
  if (hours === null) return now - targetMs;
  const isOverdue = (since: number) => {
    const dueAt = addOpenMs(hours, since, targetMs);
    return dueAt !== null && dueAt <= now;
  };
  // Who came later is due later: the border between the two is halved down to a millisecond.
  let overdue = now - LONGEST_MS;
  let later = now + 1;
  if (!isOverdue(overdue)) return null;
  while (later - overdue > 1) {
    const middle = Math.floor((overdue + later) / 2);
    if (isOverdue(middle)) overdue = middle;
    else later = middle;
  }
  return overdue;
}
