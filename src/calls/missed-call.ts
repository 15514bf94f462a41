/** One row of queryMissedCalls as the contact centre sent it: strings untouched, absent media codes as null. */
export interface MissedCallRow {
  callId: string;
  /** A telephone number, or the user's id on a social platform; may be empty. */
  callerNo: string;
  calleeNo: string;
  /** `yyyy-MM-dd HH:mm:ss` in the zone that CMS_TIME_ZONE names. */
  waitBegin: string;
  callEnd: string;
  mediaType: number | null;
  subMediaType: number | null;
}

/** A missed call with its times derived; identified by (vdn, callId). */
export interface MissedCall {
  vdn: number;
  callId: string;
  callerNo: string;
  calleeNo: string;
  waitBeginRaw: string;
  callEndRaw: string;
  /** Epoch milliseconds, from the raw string and the contact centre's zone. */
  waitBeginAt: number;
  callEndAt: number;
  mediaType: number | null;
  subMediaType: number | null;
  /** Who called, comparable within the VDN (see caller.ts); null when the call carries no number. */
  callerKey: string | null;
}

/** A missed call that the desk keeps. */
export interface StoredCall extends MissedCall {
  /** Order of arrival at the desk: within a VDN, order of seq is order of commit. */
  seq: number;
  callbackId: number | null;
}
