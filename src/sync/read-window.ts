import { setImmediate } from 'node:timers/promises';
import type { CallStore } from '../calls/call-store.ts';
import type { MissedCall, MissedCallRow } from '../calls/missed-call.ts';
import type { MissedCallSource } from '../calls/source.ts';
import type { CountWatch } from './count-watch.ts';
import { missedCallOf } from './missed-call-of.ts';
import type { SyncWindow } from './record.ts';
import type { SyncReport } from './report.ts';
import type { ZoneWatch } from './zone-watch.ts';

export interface ReadPorts {
  source: MissedCallSource;
  calls: Pick<CallStore, 'insertNew'>;
  zoneWatch: ZoneWatch;
  countWatch: CountWatch;
}

export interface ReadRequest {
  teamId: string;
  vdn: number;
  window: SyncWindow;
  /** Of the contact centre's times. */
  timeZone: string;
  /** The VDN's. */
  country: string | null;
  /** Calls that ended before are not stored. */
  keepFromAt: number;
  /** How often to read again while the total moves. */
  rereads: number;
  signal: AbortSignal;
  onPage(): void;
}

/**
 * Reads a window into the store, a page at a time, so that memory does not grow with it (their ids apart). While the total
 * moves from page to page rows may slip between two of them: then it is read again, and what all the readings found stays.
 * Two steady readings in a row that list the same calls are complete, too, whatever the contact centre counts.
 * The caller holds the VDN's lock. Throws SourceError; the pages before it are stored.
 */
export async function readWindow(ports: ReadPorts, request: ReadRequest): Promise<SyncReport> {
  let inserted = 0;
  let before: Reading | undefined;
  for (let rereads = 0; ; rereads++) {
    const reading = await readOnce(ports, request);
    inserted += reading.report.inserted;
    const miscounts = !isFull(reading) && before !== undefined && isSame(before, reading);
    const complete = (reading.steady && isFull(reading)) || miscounts;
    if (miscounts) ports.countWatch(request.vdn, { total: reading.total, listed: reading.callIds.length });
    if (complete || rereads >= request.rereads) return { ...reading.report, complete, inserted };
    before = reading;
  }
}

/** One reading of all pages. */
interface Reading {
  report: Omit<SyncReport, 'complete'>;
  /** Each once. No set of them: of a million calls that is forty megabytes more, and hardly ever needed. */
  callIds: string[];
  /** What the first page counted. */
  total: number;
  /** Rows that a page had more than once: counted, but no calls of their own. */
  listedTwice: number;
  /** Every page counted the same, and none only repeated what had come before: that would be said by one who ignores the offset. */
  steady: boolean;
}

/** As many came and went between two pages: the total says nothing, but a row is missing. */
const isFull = ({ callIds, listedTwice, report, total }: Reading) =>
  callIds.length + listedTwice + report.malformed >= total;

const isSame = (before: Reading, now: Reading) =>
  before.steady &&
  now.steady &&
  now.total === before.total &&
  now.report.malformed === before.report.malformed &&
  now.callIds.length === before.callIds.length &&
  new Set(now.callIds).isSubsetOf(new Set(before.callIds));

async function readOnce(ports: ReadPorts, request: ReadRequest): Promise<Reading> {
  const { teamId, vdn, window, keepFromAt, signal, onPage } = request;
  const report = { endAt: window.endAt, fetched: 0, inserted: 0, malformed: 0, outsideWindow: 0 };
  const callIds: string[] = [];
  let total: number | undefined;
  let listedTwice = 0;
  let steady = true;
  let storing = Promise.resolve(0);
  try {
    for await (const page of ports.source.pages({ vdn, ...window, signal })) {
      signal.throwIfAborted();
      onPage();
      total ??= page.total;
      if (page.total !== total || (page.rows.length === 0 && page.repeated > 0)) steady = false;
      let outsideWindow = 0;
      for await (const part of derived(request, page.rows)) {
        outsideWindow += part.filter((call) => isOutside(call, window)).length;
        report.inserted += await storing;
        // Not waited for: what comes next is fetched and read meanwhile.
        storing = ports.calls.insertNew(
          teamId,
          vdn,
          part.filter(({ callEndAt }) => callEndAt >= keepFromAt),
        );
        storing.catch(() => {});
      }
      ports.zoneWatch.look(vdn, page.rows, window, outsideWindow);
      for (const { callId } of page.rows) callIds.push(callId);
      listedTwice += page.listedTwice;
      report.fetched += page.rows.length;
      report.malformed += page.malformed;
      report.outsideWindow += outsideWindow;
    }
  } finally {
    // However it ends: nothing is written after the turn is over.
    report.inserted += await storing;
  }
  return { report, callIds, total: total ?? 0, listedTwice, steady };
}

/** A page is stored in parts: while the database works on one, the next is read. */
const ROWS_A_PART = 1000;
/** Reading them takes a millisecond, and then others get their turn, the database's driver among them. */
const ROWS_AT_ONCE = 100;

/** The calls of a page, part by part. */
async function* derived(
  { vdn, window, timeZone, country }: ReadRequest,
  rows: readonly MissedCallRow[],
): AsyncGenerator<MissedCall[]> {
  const about = { vdn, timeZone, country, askedFromAt: window.beginAt };
  let part: MissedCall[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    if (from > 0) await setImmediate();
    for (const row of rows.slice(from, from + ROWS_AT_ONCE)) part.push(missedCallOf(row, about));
    if (part.length < ROWS_A_PART && from + ROWS_AT_ONCE < rows.length) continue;
    yield part;
    part = [];
  }
}

const isOutside = ({ waitBeginAt }: MissedCall, { beginAt, endAt }: SyncWindow) =>
  waitBeginAt < beginAt || waitBeginAt > endAt;
