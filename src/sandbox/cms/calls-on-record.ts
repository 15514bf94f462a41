import type { Clock } from '../../clock.ts';
import { accessCodes, phoneNumber } from './made-up.ts';
import type { MissedCallsQuery } from './query.ts';
import {
  type Burst,
  burstSchema,
  defaultWaitMs,
  type RepeatCaller,
  type Ring,
  repeatCallerSchema,
  ringSchema,
  ringsOf,
} from './rings.ts';

/** A missed call as the contact centre keeps it. Times are epoch milliseconds, whole seconds. */
export interface CallOnRecord {
  vdn: number;
  callId: string;
  callerNo: string;
  calleeNo: string;
  waitBeginAt: number;
  callEndAt: number;
  /** Answers show the call from this time on. */
  appearsAt: number;
  mediaType: number | null;
  subMediaType: number | null;
}

/** Brings the calls that a VDN should have by now; asked before each look at it. */
export type Seed = (vdn: number, now: number) => readonly CallOnRecord[];

/** The calls of a stand-in contact centre. */
export interface CallsOnRecord {
  /** Puts one missed call on record. Throws a ZodError when it is not a possible one, an Error when its callId is taken. */
  ring(call: Ring): CallOnRecord;
  /** Many calls of different callers; oldest first. */
  burst(series: Burst): CallOnRecord[];
  /** Many calls of one caller; oldest first. */
  repeatCaller(series: RepeatCaller): CallOnRecord[];
  /** Takes a call away; false when there is none of that id. */
  remove(vdn: number, callId: string): boolean;
  /** Takes all calls of a VDN away, or of all VDNs, and seeds them no more; how many there were. */
  clear(vdn?: number): number;
  /** All calls of a VDN, visible or not, newest first. */
  list(vdn: number): readonly CallOnRecord[];
  /** What a query finds: calls that have ended and appeared, newest first. `lateMs`: they appear that much later. */
  matching(query: MissedCallsQuery, lateMs?: number): CallOnRecord[];
}

const newestFirst = (a: CallOnRecord, b: CallOnRecord): number =>
  b.waitBeginAt - a.waitBeginAt || (a.callId < b.callId ? 1 : -1);
const wholeSeconds = (ms: number) => Math.floor(ms / 1000) * 1000;
const voice = 5;

export const createCallsOnRecord = (clock: Clock, seed: Seed = () => []): CallsOnRecord => {
  /** By VDN and callId. */
  const records = new Map<number, Map<string, CallOnRecord>>();
  /** By VDN, newest first; only where nothing has changed since it was sorted. */
  const sorted = new Map<number, CallOnRecord[]>();
  const seedless = new Set<number>();
  let seeding = true;
  let rung = 0;
  let callers = 0;

  const put = (call: CallOnRecord) => {
    const calls = records.get(call.vdn) ?? new Map<string, CallOnRecord>();
    if (calls.has(call.callId)) throw new Error(`VDN ${call.vdn} has a call ${call.callId} already`);
    records.set(call.vdn, calls.set(call.callId, call));
    sorted.delete(call.vdn);
    return call;
  };

  const list = (vdn: number): CallOnRecord[] => {
    if (seeding && !seedless.has(vdn)) for (const call of seed(vdn, clock.now())) put(call);
    const calls = sorted.get(vdn) ?? [...(records.get(vdn)?.values() ?? [])].sort(newestFirst);
    sorted.set(vdn, calls);
    return calls;
  };

  const ring = (given: Ring): CallOnRecord => {
    const call = ringSchema.parse(given);
    const waitMs = call.waitMs ?? defaultWaitMs;
    const waitBeginAt = wholeSeconds(call.waitBeginAt ?? clock.now() - waitMs);
    const callEndAt = wholeSeconds(waitBeginAt + waitMs);
    rung += 1;
    return put({
      vdn: call.vdn,
      callId: call.callId ?? `${waitBeginAt / 1000}-${rung}`,
      callerNo: call.callerNo ?? phoneNumber(callers++),
      calleeNo: call.calleeNo ?? accessCodes[0] ?? '',
      waitBeginAt,
      callEndAt,
      appearsAt: callEndAt + (call.appearsAfterMs ?? 0),
      mediaType: call.mediaType === undefined ? voice : call.mediaType,
      subMediaType: call.subMediaType ?? null,
    });
  };

  return {
    ring,
    list,
    burst: (series) =>
      ringsOf(burstSchema.parse(series), () => phoneNumber(callers++), clock.now()).map(ring),
    repeatCaller(series) {
      const caller = phoneNumber(callers++);
      const { everyMs = 60_000, ...rest } = repeatCallerSchema.parse(series);
      return ringsOf({ ...rest, everyMs }, () => caller, clock.now()).map(ring);
    },
    remove(vdn, callId) {
      list(vdn);
      sorted.delete(vdn);
      return records.get(vdn)?.delete(callId) ?? false;
    },
    clear(vdn) {
      const vdns = vdn === undefined ? [...records.keys()] : [vdn];
      const count = vdns.reduce((sum, one) => sum + (records.get(one)?.size ?? 0), 0);
      for (const one of vdns) {
        records.delete(one);
        sorted.delete(one);
      }
      if (vdn === undefined) seeding = false;
      else seedless.add(vdn);
      return count;
    },
    matching({ vdn, beginAt, endAt }, lateMs = 0) {
      const now = clock.now();
      return list(vdn).filter(
        (call) =>
          call.appearsAt + lateMs <= now &&
          (beginAt === null || call.waitBeginAt >= beginAt) &&
          (endAt === null || call.waitBeginAt <= endAt),
      );
    },
  };
};
