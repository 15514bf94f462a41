import type { MissedCallRow } from '../calls/missed-call.ts';
import { fromWallTime } from '../calls/times.ts';
import { offsetName, zoneDoubt } from '../sync/zone-doubt.ts';
import { type Finding, ok, skipped, warning } from './finding.ts';

const CHECK = 'contact-centre.time-zone';
const REMEDY =
  'Set CMS_TIME_ZONE to the zone of the times that the contact centre answers with, such as Asia/Shanghai.';

/** Whether the times of these rows look as if they were of CMS_TIME_ZONE: by the two hints of sync/zone-doubt.ts. */
export function timeZoneFinding(
  rows: readonly MissedCallRow[],
  window: { beginAt: number; endAt: number },
  timeZone: string,
): Finding {
  const outside = rows.filter(({ waitBegin }) => {
    const at = fromWallTime(waitBegin, timeZone, window.beginAt);
    return at < window.beginAt || at > window.endAt;
  }).length;
  const doubt = zoneDoubt(rows, window, outside, timeZone);
  const facts = { timeZone, rows: rows.length };
  switch (doubt.kind) {
    case 'looks-like':
      return warning(
        CHECK,
        'looks-like',
        `Its times look like ${offsetName(doubt.offsetMs)}, not like CMS_TIME_ZONE (${timeZone}).`,
        REMEDY,
        { ...facts, looksLike: offsetName(doubt.offsetMs) },
      );
    case 'outside-window':
      return warning(
        CHECK,
        'outside-window',
        `${outside} of ${rows.length} calls lie outside the day that was asked for, read in CMS_TIME_ZONE (${timeZone}).`,
        REMEDY,
        { ...facts, outside },
      );
    case 'fits':
      return ok(CHECK, 'fits', `Its times look like those of CMS_TIME_ZONE (${timeZone}).`, facts);
    default:
      return skipped(
        CHECK,
        'too-few-calls',
        `Its calls of the last 24 h (${rows.length}) do not tell whether CMS_TIME_ZONE (${timeZone}) is right.`,
        facts,
      );
  }
}
