import type { CallerFigures } from './call-list.ts';
import type { StoredCall } from './missed-call.ts';

/** How long the caller waited, in milliseconds; never less than none, whatever the contact centre's times say. */
export const waitMs = (call: Pick<StoredCall, 'waitBeginAt' | 'callEndAt'>): number =>
  Math.max(0, call.callEndAt - call.waitBeginAt);

/** One entry a caller, latest caller first; the calls without a number are one entry, since who called cannot be told. */
export function groupByCaller(calls: readonly StoredCall[]): CallerFigures[] {
  const latestFirst = calls.toSorted((a, b) => b.waitBeginAt - a.waitBeginAt || b.seq - a.seq);
  const groups = Map.groupBy(latestFirst, (call) => call.callerKey);
  return [...groups].map(([callerKey, group]) => callerFigures(callerKey, group));
}

function callerFigures(callerKey: string | null, latestFirst: StoredCall[]): CallerFigures {
  const first = latestFirst[0];
  const last = latestFirst.at(-1);
  if (!first || !last) throw new RangeError('A caller without calls has no figures');
  const media = new Map<string, CallerFigures['media'][number]>();
  const calleeNos = new Set<string>();
  let longestWaitMs = 0;
  for (const call of latestFirst) {
    const { mediaType, subMediaType } = call;
    const medium = `${mediaType}/${subMediaType}`;
    if (!media.has(medium)) media.set(medium, { mediaType, subMediaType });
    calleeNos.add(call.calleeNo);
    longestWaitMs = Math.max(longestWaitMs, waitMs(call));
  }
  return {
    callerKey,
    calls: latestFirst.length,
    longestWaitMs,
    oldestAt: last.waitBeginAt,
    latestAt: first.waitBeginAt,
    callerNo: first.callerNo,
    calleeNos: [...calleeNos],
    media: [...media.values()],
  };
}
