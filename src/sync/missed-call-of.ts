import { identifyCaller } from '../calls/caller.ts';
import type { MissedCall, MissedCallRow } from '../calls/missed-call.ts';
import { fromWallTime } from '../calls/times.ts';

/**
 * A row with its times and its caller derived. `timeZone`: of the contact centre's times; `country`: the VDN's;
 * `askedFromAt`: begin of the window asked for, which tells apart the two hours of a night when clocks go back.
 */
export function missedCallOf(
  row: MissedCallRow,
  about: { vdn: number; timeZone: string; country: string | null; askedFromAt: number },
): MissedCall {
  const { vdn, timeZone, country, askedFromAt } = about;
  const waitBeginAt = fromWallTime(row.waitBegin, timeZone, askedFromAt);
  return {
    vdn,
    callId: row.callId,
    callerNo: row.callerNo,
    calleeNo: row.calleeNo,
    waitBeginRaw: row.waitBegin,
    callEndRaw: row.callEnd,
    waitBeginAt,
    callEndAt: fromWallTime(row.callEnd, timeZone, waitBeginAt),
    mediaType: row.mediaType,
    subMediaType: row.subMediaType,
    callerKey: identifyCaller(row, country).key,
  };
}
