import type { StoredCall } from '../../src/calls/missed-call.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Monday 2026-11-23 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12);

let made = 0;

/** A missed call of a made-up caller that ended an hour before noon after 10 s of waiting, unless told otherwise. */
export function madeUpCall(told: Partial<StoredCall> = {}): StoredCall {
  made += 1;
  const callEndAt =
    told.callEndAt ?? (told.waitBeginAt === undefined ? NOON - HOUR : told.waitBeginAt + 10_000);
  const callerKey = told.callerKey === undefined ? 'num:5550100' : told.callerKey;
  return {
    seq: made,
    vdn: 159,
    callId: `call-${made}`,
    callerNo: callerKey === null ? '' : callerKey.replace(/^\w+:/, ''),
    calleeNo: '5550199',
    waitBeginRaw: '',
    callEndRaw: '',
    waitBeginAt: callEndAt - 10_000,
    callEndAt,
    mediaType: 5,
    subMediaType: null,
    callerKey,
    callbackId: null,
    ...told,
  };
}
