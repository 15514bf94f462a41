import type { CallerDisplay, CallerSource } from '../calls/caller.ts';
import { groupByCaller } from '../calls/grouping.ts';
import type { StoredCall } from '../calls/missed-call.ts';
import type { Vdn } from '../calls/vdn.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { JoinedCalls } from './service.ts';

/** kind `joined-calls`: to the person who calls somebody back, when that caller has called again; several in one. */
export interface JoinedCallsData {
  vdn: { number: number; name: string | null };
  callers: { caller: CallerDisplay; callbackId: number; calls: number; latestAt: number }[];
}

export const JOINED_CALLS = 'joined-calls';

/** Turns what joined into messages. Pure: it runs inside the transaction that attaches the calls. */
export type JoinedDrafts = (
  joined: readonly JoinedCalls[],
  about: { teamId: string; vdn: Vdn },
) => OutboxDraft[];

export interface JoinedDraftParts {
  display(source: CallerSource, country: string | null): CallerDisplay;
  /** A new UUID. */
  newId(): string;
}

/** Writes one direct message to each owner, the callers who called last first. */
export const createJoinedDrafts =
  (parts: JoinedDraftParts): JoinedDrafts =>
  (joined, { teamId, vdn }) =>
    joined.map(({ ownerId, calls }) => ({
      id: parts.newId(),
      teamId,
      channelId: ownerId,
      kind: JOINED_CALLS,
      data: {
        vdn: { number: vdn.number, name: vdn.name },
        callers: [...Map.groupBy(calls, (call) => call.callbackId)]
          .flatMap(([callbackId, group]) =>
            callbackId === null ? [] : [callerOf(callbackId, group, vdn, parts)],
          )
          .sort((a, b) => b.latestAt - a.latestAt),
      } satisfies JoinedCallsData,
    }));

function callerOf(callbackId: number, calls: StoredCall[], vdn: Vdn, { display }: JoinedDraftParts) {
  // A callback's calls are one caller's.
  const [figures] = groupByCaller(calls);
  if (!figures) throw new RangeError('Nobody is told of no calls');
  const { mediaType = null, subMediaType = null } = figures.media[0] ?? {};
  const caller = display({ callerNo: figures.callerNo, mediaType, subMediaType }, vdn.country);
  return { caller, callbackId, calls: figures.calls, latestAt: figures.latestAt };
}
